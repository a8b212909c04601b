package bellwether.contract;

import bellwether.http.Answer;
import bellwether.http.Call;
import bellwether.http.Classifier;
import bellwether.http.Courier;
import bellwether.http.Limiter;
import bellwether.http.Pause;
import bellwether.http.Reply;
import bellwether.http.Request;
import bellwether.http.Sleep;
import bellwether.http.Wire;
import bellwether.mapping.Configuration;
import bellwether.mapping.Template;
import bellwether.nps.Respondent;
import bellwether.source.Bookmark;
import bellwether.source.Connection;
import bellwether.source.Cursor;
import bellwether.source.Export;
import bellwether.source.Payloads;
import bellwether.source.Position;
import bellwether.source.Puller;
import bellwether.source.Step;
import bellwether.source.Tool;
import bellwether.source.Tools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;

/**
 * Pages of a shipped tool as its contract shows them, in the size it usually sends, and the two ways to read one: all that a run does
 * between the body of a reply and the accepted page, and Jackson alone.
 */
public final class ToolPages {
    private static final String BASE = "https://tool.example";
    private static final int USUAL = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Contract contract;
    private final Connection connection;
    private final Contract.Exchange exchange;
    private final JsonNode expected;
    private final List<byte[]> bodies = new ArrayList<>();
    private final Map<String, Respondent> known = new HashMap<>();
    private final Set<byte[]> asked = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Classifier classifier;
    private final Puller puller;
    private final Position start;
    private final int size;
    private final boolean exported;
    private final String pageMethod;
    private final Pattern pagePath;
    private final String pageCall;
    private byte[] body;

    private ToolPages(String name, Tool tool, Contract contract, int pages) throws IOException {
        this.contract = contract;
        contract.settings().remove("page_size");
        this.connection = ContractTrial.connection(name, tool, contract, BASE, ContractTrial.SECRET);
        this.expected = contract.expected().responses().stream()
                .filter(one -> one.hasNonNull("score") && one.hasNonNull("comment"))
                .findFirst()
                .orElseThrow();
        this.exchange = contract.exchanges().stream()
                .filter(one -> one.answer() != null && row(one) != null)
                .findFirst()
                .orElseThrow();
        Tool.Stream stream = tool.responses();
        Integer most = stream.cursor() instanceof Cursor.Ids ids
                ? ids.size()
                : stream.paging().most();
        this.size = most == null ? USUAL : most;
        this.exported = stream.export() != null;
        String declared = exported ? stream.export().download().path() : stream.path();
        this.pageMethod = exported ? "GET" : stream.method();
        this.pagePath = Pattern.compile(
                Template.of(declared).names().isEmpty() ? declared : declared.replaceAll("\\{[^}]*}", ".*"));
        this.pageCall = called(stream.body() == null ? null : stream.body().fill(word -> null));
        Cursor.Time time = stream.cursor() instanceof Cursor.Time cursor ? cursor : null;
        boolean descending = time != null && time.order() == Cursor.Order.DESCENDING;
        Varied varied = new Varied(row(exchange), expected, descending);
        for (int i = 0; i < pages; i++) bodies.add(body(varied.page(i, size)));
        Clock clock = Clock.fixed(Instant.parse(contract.now()), ZoneOffset.UTC);
        Wire wire = Wire.tool(name, URI.create(BASE), new bellwether.http.Auth.None(), bellwether.http.Limits.NONE)
                .judging(tool.errors());
        Pause pause = new Pause(wire, clock, Sleep.REAL, Duration.ZERO, () -> false);
        this.classifier = new Classifier(wire, new Limiter(wire, pause, clock, () -> null), clock);
        this.puller = new Puller(connection, this::answer, this::known, clock);
        this.start = start(time, clock);
    }

    /** So many pages of the tool with this name. */
    public static ToolPages of(String name, int pages) throws IOException {
        Tool tool = Tools.load(new Configuration(Path.of("."), variable -> null), name)
                .value();
        return new ToolPages(name, tool, Contract.load(name), pages);
    }

    public List<byte[]> bodies() {
        return bodies;
    }

    /** Rows on a page. */
    public int size() {
        return size;
    }

    /** Reads a page as a run does; how many rows were accepted or set aside. */
    public int read(byte[] page) {
        int rows = 0;
        body = page;
        Position position = start;
        for (Step step = puller.next(position); ; step = puller.next(position)) {
            if (!(step instanceof Step.Page read)) throw new IllegalStateException(connection.name() + ": " + step);
            rows += read.responses().size() + read.setAside().size();
            position = step.position();
            if (!exported || position.bookmark().job() == null) return rows;
        }
    }

    /** Reads the same bytes with Jackson alone, out of what they are packed in. */
    public JsonNode plain(byte[] page) throws IOException {
        Contract.Exchange.Packed packed = exchange.packed();
        if (packed == null) return JSON.readTree(page);
        if (packed.at() != null)
            return JSON.readTree(Base64.getMimeDecoder()
                    .decode(JSON.readTree(page).get(packed.at()).textValue()));
        ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(page));
        zip.getNextEntry();
        return JSON.readTree(zip);
    }

    private Position start(Cursor.Time time, Clock clock) throws IOException {
        Instant at = time == null
                ? clock.instant()
                : Instant.parse(expected.get(time.word().word()).asText());
        Position position = Position.open(
                        connection.name(),
                        Position.BACKFILL,
                        at.minus(Duration.ofDays(5)),
                        clock.instant().plusSeconds(60))
                .of(parent());
        Export export = connection.tool().responses().export();
        if (export == null) return position;
        String ready = contract.exchanges().stream()
                .filter(one -> export.poll()
                        .done()
                        .contains(Payloads.text(one.answer(), export.poll().state())))
                .map(one -> one.path().substring(one.path().lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow();
        String token = JSON.writeValueAsString(
                new Bookmark(null, 0, 0, 0, null, null, new Bookmark.Job(ready, clock.millis())));
        return new Position(
                position.connection(),
                position.parent(),
                position.scan(),
                position.coveredUntil(),
                position.from(),
                position.to(),
                token,
                null,
                null,
                0);
    }

    private String parent() {
        return contract.expected().positions().stream()
                .filter(one -> one.path("scan").asText().equals(Position.BACKFILL))
                .findFirst()
                .orElseThrow()
                .path("parent")
                .asText();
    }

    /** Everybody is known, so that nobody is asked for; who is on a page is written down once. */
    private Map<String, Respondent> known(String source, Collection<String> ids) {
        if (asked.add(body))
            for (String id : ids) known.put(id, new Respondent(source, id, null, null, null, null, null, null, null));
        return known;
    }

    /** As the daemon's routes call, without what waits and what sends. */
    private Answer answer(Request request) {
        Call call = new Call(request);
        new Courier(signed -> reply(request), null).send(call);
        classifier.classify(call);
        return call.answer();
    }

    private Reply reply(Request request) throws IOException {
        JsonNode asked = request.body() == null ? null : JSON.readTree(request.body());
        byte[] answer = body;
        if (!isPage(request.method(), request.path(), asked)) {
            Contract.Exchange other = contract.exchanges().stream()
                    .filter(one ->
                            one.method().equals(request.method()) && one.path().equals(request.path()))
                    .filter(one -> called(one.body()).equals(called(asked)))
                    .findFirst()
                    .orElseThrow(() -> new IOException(request.method() + " " + request.path()));
            answer = JSON.writeValueAsBytes(other.answer());
        }
        return new Reply(200, Map.of("content-type", "application/json; charset=utf-8"), answer);
    }

    private boolean isPage(String method, String path, JsonNode asked) {
        return method.equals(pageMethod)
                && pagePath.matcher(path).matches()
                && called(asked).equals(pageCall);
    }

    /** The method of a JSON-RPC call, whose path is always the same. */
    private static String called(JsonNode body) {
        return body == null ? "" : body.path("method").asText();
    }

    /** The row of an answer from which {@link #expected} comes, or null. */
    private JsonNode row(Contract.Exchange one) {
        String id = expected.get("id").asText();
        for (JsonNode row : rows(one.answer(), one.packed()))
            for (JsonNode value : row) if (value.asText().equals(id)) return row;
        return null;
    }

    private JsonNode rows(JsonNode answer, Contract.Exchange.Packed packed) {
        JsonNode at = packed == null || packed.at() == null ? answer : answer.path(packed.at());
        String place = connection.tool().responses().records();
        return place.equals("$") ? at : at.at("/" + place.replace('.', '/'));
    }

    private byte[] body(ArrayNode rows) throws IOException {
        JsonNode answer = exchange.answer().deepCopy();
        ((ArrayNode) rows(answer, exchange.packed())).removeAll().addAll(rows);
        return new ContractAnswers() {
            @Override
            String base() {
                return BASE;
            }

            @Override
            String other() {
                return BASE;
            }
        }.reply(exchange.answering(answer)).body();
    }
}
