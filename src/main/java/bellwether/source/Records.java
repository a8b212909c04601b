package bellwether.source;

import bellwether.mapping.FieldMap;
import bellwether.mapping.Row;
import bellwether.mapping.Times;
import bellwether.mapping.Word;
import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.ResponseBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Map;

/** What a connection's records mean: a response or a person, or a record to be set aside. Thread-safe; used for replay too. */
public final class Records {
    private static final Map<Word, Response.Field> FIELDS = Map.ofEntries(
            Map.entry(Word.SURVEY, Response.Field.SURVEY),
            Map.entry(Word.RESPONDENT, Response.Field.RESPONDENT),
            Map.entry(Word.SCORE, Response.Field.SCORE),
            Map.entry(Word.COMMENT, Response.Field.COMMENT),
            Map.entry(Word.ANSWERED_AT, Response.Field.ANSWERED_AT),
            Map.entry(Word.CREATED_AT, Response.Field.CREATED_AT),
            Map.entry(Word.UPDATED_AT, Response.Field.UPDATED_AT),
            Map.entry(Word.EXCLUDED, Response.Field.EXCLUDED),
            Map.entry(Word.COMPLETED, Response.Field.COMPLETED),
            Map.entry(Word.CHANNEL, Response.Field.CHANNEL),
            Map.entry(Word.TAGS, Response.Field.TAGS),
            Map.entry(Word.PROPERTIES, Response.Field.PROPERTIES));

    private final String source;
    private final FieldMap responses;
    private final FieldMap respondents;
    private final Clock clock;

    public Records(Connection connection, Clock clock) {
        Tool tool = connection.tool();
        this.source = connection.source();
        this.clock = clock;
        this.responses = map(tool, tool.responses(), clock);
        this.respondents = tool.respondents() == null ? null : map(tool, tool.respondents(), clock);
    }

    /** Compiles a stream's field map; an IllegalArgumentException says in a sentence what is wrong with it. */
    static FieldMap map(Tool tool, Tool.Stream stream, Clock clock) {
        return FieldMap.of(stream.map(), new Times(tool.timeFormats(), tool.naiveZone()), tool.naiveZone(), clock);
    }

    /** One record read: exactly one of value and setAside is there; the row tells what could be read in either case. */
    public record Read<T>(Row row, T value, SetAside setAside) {}

    /** A response, or the reason why the record cannot be one. */
    public Read<Response> response(JsonNode record) {
        Row row = responses.map(record);
        String id = row.text(Word.ID);
        Fault.Record fault = row.fault();
        if (fault == null && id == null) fault = missingId("response");
        Response response = fault == null ? build(row, id) : null;
        if (response != null) fault = response.problem(clock.instant());
        return fault == null
                ? new Read<>(row, response, null)
                : new Read<>(row, null, new SetAside(fault, "response", id, record.toString()));
    }

    /** A person, or the reason why the record cannot be one. */
    public Read<Respondent> respondent(JsonNode record) {
        Row row = respondents.map(record);
        String id = row.text(Word.ID);
        Fault.Record fault = row.fault();
        if (fault == null && id == null) fault = missingId("person");
        if (fault != null) return new Read<>(row, null, new SetAside(fault, "respondent", id, record.toString()));
        Respondent person = new Respondent(
                source,
                id,
                row.text(Word.EMAIL),
                row.text(Word.NAME),
                row.text(Word.PHONE),
                row.text(Word.EXTERNAL_ID),
                row.text(Word.CRM_ID),
                row.map(Word.PROPERTIES),
                row.instant(Word.UPDATED_AT));
        return new Read<>(row, person, null);
    }

    /** A person of whom nothing is left but the id. */
    Respondent gone(String id) {
        return new Respondent(source, id, null, null, null, null, null, null, null);
    }

    private Response build(Row row, String id) {
        ResponseBuilder builder = Response.of(source, null, id);
        FIELDS.forEach((word, field) -> {
            if (row.has(word)) builder.set(field, row.value(word));
        });
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
