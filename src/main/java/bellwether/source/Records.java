package bellwether.source;

import bellwether.mapping.FieldMap;
import bellwether.mapping.FieldRule;
import bellwether.mapping.Row;
import bellwether.mapping.Times;
import bellwether.mapping.Word;
import bellwether.nps.Email;
import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.ResponseBuilder;
import bellwether.nps.Send;
import bellwether.nps.Surveyed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a connection's records mean: a response or a person, or a record to be set aside. Thread-safe; used for replay too. */
public final class Records {
    private record Meant(Word word, Response.Field field) {}

    private static final Meant[] FIELDS = {
        new Meant(Word.SURVEY, Response.Field.SURVEY),
        new Meant(Word.METRIC, Response.Field.METRIC),
        new Meant(Word.SCORE, Response.Field.SCORE),
        new Meant(Word.COMMENT, Response.Field.COMMENT),
        new Meant(Word.ANSWERED_AT, Response.Field.ANSWERED_AT),
        new Meant(Word.DATE_ONLY, Response.Field.DATE_ONLY),
        new Meant(Word.CREATED_AT, Response.Field.CREATED_AT),
        new Meant(Word.UPDATED_AT, Response.Field.UPDATED_AT),
        new Meant(Word.EXCLUDED, Response.Field.EXCLUDED),
        new Meant(Word.COMPLETED, Response.Field.COMPLETED),
        new Meant(Word.CHANNEL, Response.Field.CHANNEL),
        new Meant(Word.TAGS, Response.Field.TAGS),
        new Meant(Word.PROPERTIES, Response.Field.PROPERTIES)
    };

    private static final Word[] PERSON = {Word.EMAIL, Word.NAME, Word.PHONE, Word.EXTERNAL_ID, Word.CRM_ID};

    private static final List<Word> SURVEYED =
            List.of(Word.LAST_SURVEYED_AT, Word.DO_NOT_SURVEY_UNTIL, Word.EXCLUDED_REASON);

    private final Connection connection;
    private final String source;
    private final FieldMap responses;
    private final FieldMap respondents;
    private final FieldMap sends;
    private final boolean withinSurvey;
    private final boolean rows;
    private final Clock clock;

    public Records(Connection connection, Clock clock) {
        this(
                connection,
                map(connection, connection.tool().responses(), clock),
                map(connection, connection.tool().respondents(), clock),
                map(connection, connection.tool().sends(), clock),
                false,
                clock);
    }

    private Records(
            Connection connection,
            FieldMap responses,
            FieldMap respondents,
            FieldMap sends,
            boolean rows,
            Clock clock) {
        this.connection = connection;
        this.source = connection.source();
        this.responses = responses;
        this.respondents = respondents;
        this.sends = sends;
        this.withinSurvey = "survey".equals(connection.tool().responses().uniqueWithin());
        this.rows = rows;
        this.clock = clock;
    }

    /** The same connection's records as its tool tells them by webhook. */
    public Records told() {
        Webhook webhook = connection.tool().webhook();
        return webhook == null || webhook.map() == null
                ? this
                : new Records(
                        connection,
                        map(webhook.map(), connection.tool().timeFormats()),
                        respondents,
                        sends,
                        false,
                        clock);
    }

    /** The same connection's records as rows of a file; one without an id is known by who, when and in which survey. */
    Records filed(Tool.RowFile file) {
        List<String> told = file.timeFormats().isEmpty() ? connection.tool().timeFormats() : file.timeFormats();
        // as the dates of a workbook come
        List<String> formats =
                Stream.concat(told.stream(), Stream.of("iso")).distinct().toList();
        return new Records(
                connection,
                map(file.map(), formats),
                respondents,
                file.sends() == null ? null : map(file.sends(), formats),
                true,
                clock);
    }

    private FieldMap map(Map<Word, FieldRule> map, List<String> formats) {
        ZoneId zone = connection.zone();
        return FieldMap.of(map, new Times(formats, zone), zone, clock, Asking.settings(connection));
    }

    private static FieldMap map(Connection connection, Tool.Stream stream, Clock clock) {
        return stream == null
                ? null
                : map(connection.tool(), stream, connection.zone(), clock, Asking.settings(connection));
    }

    /** Compiles a stream's field map; an IllegalArgumentException says in a sentence what is wrong with it. */
    static FieldMap map(Tool tool, Tool.Stream stream, ZoneId zone, Clock clock, Function<String, String> settings) {
        return FieldMap.of(stream.map(), new Times(tool.timeFormats(), zone), zone, clock, settings);
    }

    /** Puts the words of its parent into a record, under {@code parent}, so that it can be mapped, and replayed, by itself. */
    static void within(JsonNode record, JsonNode parent) {
        if (parent != null && record instanceof ObjectNode row) row.set("parent", parent);
    }

    /**
     * One record read: exactly one of value and setAside is there, but for a response that lacks nothing but a date, which may be part
     * of one that is known; the row tells what could be read in either case.
     */
    public record Read<T>(Row row, T value, SetAside setAside) {}

    /** A response, or the reason why the record cannot be one. */
    public Read<Response> response(JsonNode record) {
        Row row = responses.map(record);
        String id = id(row, Word.ANSWERED_AT);
        Fault.Record fault = row.fault();
        if (fault == null && id == null) fault = missingId("response");
        Response response = fault == null ? build(row, id) : null;
        if (response != null) fault = response.problem(clock.instant());
        return fault == null
                ? new Read<>(row, response, null)
                : new Read<>(
                        row,
                        response != null && response.answeredAt() == null ? response : null,
                        new SetAside(fault, "response", whole(row, id), Raw.of(record)));
    }

    /** The record's own id; a row of a file may have none, and is the same row when it says so of the same person, time and survey. */
    private String id(Row row, Word when) {
        String id = row.text(Word.ID);
        if (id != null || !rows) return id;
        String person = person(row);
        return person == null || row.instant(when) == null
                ? null
                : "row:" + Digests.sha256(person + "\n" + row.instant(when) + "\n" + row.text(Word.SURVEY));
    }

    /** The id as it stands in dead letters. */
    private String whole(Row row, String id) {
        String survey = row.text(Word.SURVEY);
        return withinSurvey && id != null && survey != null ? survey + ":" + id : id;
    }

    /** A person, or the reason why the record cannot be one. */
    public Read<Respondent> respondent(JsonNode record) {
        Row row = respondents.map(record);
        String id = row.text(Word.ID);
        Fault.Record fault = row.fault();
        if (fault == null && id == null) fault = missingId("person");
        if (fault != null) return new Read<>(row, null, new SetAside(fault, "respondent", id, Raw.of(record)));
        Respondent person = new Respondent(
                source,
                id,
                row.text(Word.EMAIL),
                row.text(Word.NAME),
                row.text(Word.PHONE),
                row.text(Word.EXTERNAL_ID),
                row.text(Word.CRM_ID),
                row.map(Word.PROPERTIES),
                row.instant(Word.UPDATED_AT),
                surveyed(row));
        return new Read<>(row, person, null);
    }

    private static Surveyed surveyed(Row row) {
        return SURVEYED.stream().anyMatch(row::has)
                ? new Surveyed(
                        row.instant(Word.LAST_SURVEYED_AT),
                        row.instant(Word.DO_NOT_SURVEY_UNTIL),
                        row.text(Word.EXCLUDED_REASON))
                : null;
    }

    /** A survey that was sent, or the reason why the record cannot be one. */
    public Read<Send> send(JsonNode record) {
        Row row = sends.map(record);
        String id = id(row, Word.SENT_AT);
        Fault.Record fault = row.fault();
        if (fault == null && id == null) fault = missingId("send");
        Send send = null;
        try {
            String status = row.text(Word.STATUS);
            send = new Send(
                    source,
                    id,
                    person(row),
                    row.text(Word.SURVEY),
                    row.text(Word.CHANNEL),
                    row.instant(Word.SENT_AT),
                    status == null ? Send.Status.SENT : Send.Status.parse(status));
        } catch (IllegalArgumentException e) {
            if (fault == null)
                fault = new Fault.Record(
                        "pull", "FIELD_UNREADABLE", e.getMessage(), "Name what it means in 'lookup' of the mapping.");
        }
        return fault == null
                ? new Read<>(row, send, null)
                : new Read<>(row, null, new SetAside(fault, "send", id, Raw.of(record)));
    }

    /** Who answered, as far as the row of a response or send says so itself; null if it says nothing. */
    public Respondent inline(Row row) {
        return inline(row, person(row));
    }

    /** @param id the person's, as the response or send that was read of the row has it */
    Respondent inline(Row row, String id) {
        if (id == null || !tells(row)) return null;
        return new Respondent(
                source,
                id,
                row.text(Word.EMAIL),
                row.text(Word.NAME),
                row.text(Word.PHONE),
                row.text(Word.EXTERNAL_ID),
                row.text(Word.CRM_ID),
                null,
                null);
    }

    private static boolean tells(Row row) {
        for (Word word : PERSON) if (row.value(word) != null) return true;
        return false;
    }

    /** The tool's own id of the person; where there is none, a key that stays the same for an e-mail address and does not show it. */
    private static String person(Row row) {
        String id = row.text(Word.RESPONDENT);
        if (id != null) return id;
        String email = Email.normalised(row.text(Word.EMAIL));
        return email == null ? null : "mail:" + Digests.sha256(email);
    }

    /** A person of whom nothing is left but the id. */
    Respondent gone(String id) {
        return new Respondent(source, id, null, null, null, null, null, null, null);
    }

    private Response build(Row row, String id) {
        ResponseBuilder builder = Response.of(source, withinSurvey ? row.text(Word.SURVEY) : null, id);
        for (Meant meant : FIELDS) {
            if (row.has(meant.word)) builder.set(meant.field, row.value(meant.word));
        }
        String person = person(row);
        if (person != null || row.has(Word.RESPONDENT)) builder.set(Response.Field.RESPONDENT, person);
        return builder.build();
    }

    private static Fault.Record missingId(String kind) {
        return new Fault.Record(
                "pull",
                "ID_MISSING",
                "A " + kind + " came without an id.",
                "See the line 'id' of the tool's mapping, or ask the tool's vendor.");
    }
}
