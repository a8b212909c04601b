package bellwether.source;

import bellwether.http.Caller;
import bellwether.mapping.JsonPlace;
import bellwether.mapping.Template;
import bellwether.mapping.Word;
import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Reads what a connection's tool tells by webhook: whether it is genuine, and what it brings. Thread-safe. */
public final class NoticeReader {
    /** What a notice is. */
    public sealed interface News {
        /** It does not come from the tool. */
        record Refused() implements News {}

        /** Nobody can read it; the text says why. */
        record Unreadable(String why) implements News {}

        /** An event that is not taken. */
        record Passed() implements News {}

        /** Responses, and records to be set aside; one without a date is both, as it may be part of a response that is known. */
        record Brought(List<Response> responses, List<Respondent> people, List<SetAside> setAside) implements News {}

        /** Responses that are gone in the tool, by its ids. */
        record Gone(List<String> ids) implements News {}

        /** A response that is to be asked for at this path. */
        record Fetch(String path) implements News {}

        /** Something is new: a pull is worth it. */
        record Hint() implements News {}
    }

    /** How long it is taken as known what a survey asks: asking again costs a call, of which some tools give few in a day. */
    private static final Duration KNOWN = Duration.ofHours(1);

    private final Connection connection;
    private final Webhook webhook;
    private final Records records;
    private final Records usual;
    private final Clock clock;
    private Parents surveys;
    private Instant learned;

    /** @param connection of a tool that has webhooks */
    public NoticeReader(Connection connection, Clock clock) {
        this.connection = connection;
        this.webhook = connection.tool().webhook();
        this.clock = clock;
        this.usual = new Records(connection, clock);
        this.records = usual.told();
    }

    /** Whether the tool has webhooks and the connection has every setting they need. */
    public static boolean ready(Connection connection) {
        Webhook webhook = connection.tool().webhook();
        return webhook != null
                && webhook.verify().settings().stream()
                        .allMatch(name -> connection.settings().setting(name) != null);
    }

    /** Whether it comes from the tool. */
    public boolean genuine(Notice notice) {
        return webhook.verify().accepts(notice, connection.settings()::setting, clock.instant());
    }

    /** What the notice says; nothing of it is looked at before it is known to be genuine. */
    public News read(Notice notice) {
        if (!genuine(notice)) return new News.Refused();
        if (webhook.hint() && webhook.event() == null) return new News.Hint();
        JsonNode body = NoticeBody.read(notice, webhook.bodies());
        if (body == null) return new News.Unreadable("The body is no " + String.join(" or ", webhook.bodies()) + ".");
        String event =
                webhook.event() == null ? null : text(body, webhook.event().at());
        if (event != null && webhook.event().deleted().contains(event)) return gone(body);
        if (webhook.event() != null
                && !webhook.event().take().isEmpty()
                && !webhook.event().take().contains(event)) return new News.Passed();
        if (!Select.all(webhook.select(), body)) return new News.Passed();
        if (webhook.hint()) return new News.Hint();
        if (webhook.thin() == null) return brought(body);
        String path = Template.of(webhook.thin()).path(place -> text(body, place));
        return path == null ? new News.Unreadable("The body does not name the response.") : new News.Fetch(path);
    }

    /** By what a notice is known if it comes again: its own id, where it has one, and its body. */
    public List<String> keys(Notice notice) {
        List<String> keys = new ArrayList<>();
        if (webhook.id() != null) {
            String id = notice.headers().get(webhook.id().toLowerCase(java.util.Locale.ROOT));
            JsonNode body = id == null ? NoticeBody.read(notice, webhook.bodies()) : null;
            if (body != null) id = text(body, webhook.id());
            if (id != null) keys.add("id:" + id);
        }
        keys.add("body:" + sha256(notice.body()));
        return keys;
    }

    /** What came of asking for a response: what it brought, or the fault for which it is to be asked for again. */
    public record Fetched(News.Brought brought, Fault fault) {}

    /**
     * A response that was asked for after its notice.
     *
     * @param caller by which it is learned what the survey asks, where only that tells the score
     */
    public synchronized Fetched fetched(JsonNode record, Caller caller) {
        String survey = usual.response(record).row().text(Word.SURVEY);
        if (connection.tool().parents() != null && survey != null) {
            if (surveys == null || learned.plus(KNOWN).isBefore(clock.instant())) {
                surveys = new Parents(connection, caller);
                learned = clock.instant();
            }
            Fault unknown = surveys.learn(survey);
            if (unknown != null) return new Fetched(null, unknown);
            Records.within(record, surveys.words(survey));
        }
        return new Fetched(brought(List.of(record), usual), null);
    }

    private News brought(JsonNode body) {
        JsonNode found = JsonPlace.of(webhook.record()).in(body);
        if (found == null || !found.isContainerNode())
            return new News.Unreadable("The body has no response at '" + webhook.record() + "'.");
        return brought(found.isArray() ? found : List.of(found), records);
    }

    private News.Brought brought(Iterable<JsonNode> found, Records records) {
        List<Response> responses = new ArrayList<>();
        List<Respondent> people = new ArrayList<>();
        List<SetAside> setAside = new ArrayList<>();
        for (JsonNode one : found) {
            if (records == usual && !Select.all(connection.tool().responses().select(), one)) continue;
            Records.Read<Response> read = records.response(one);
            Respondent person = read.value() == null ? null : records.inline(read.row());
            if (read.setAside() != null) setAside.add(read.setAside());
            if (read.value() != null) responses.add(read.value());
            if (person != null) people.add(person);
        }
        return new News.Brought(responses, people, setAside);
    }

    private News gone(JsonNode body) {
        String id = webhook.thin() == null ? null : text(body, lastPlace());
        if (id == null) {
            JsonNode found = JsonPlace.of(webhook.record()).in(body);
            id = found == null ? null : records.response(found).row().text(Word.ID);
        }
        return id == null ? new News.Unreadable("The body does not name the response.") : new News.Gone(List.of(id));
    }

    /** The last placeholder of the path is the response's id. */
    private String lastPlace() {
        String path = webhook.thin();
        return path.substring(path.lastIndexOf('{') + 1, path.lastIndexOf('}'));
    }

    private static String text(JsonNode body, String place) {
        JsonNode found = JsonPlace.of(place).in(body);
        return found == null || found.isNull() || found.isContainerNode() ? null : found.asText();
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
