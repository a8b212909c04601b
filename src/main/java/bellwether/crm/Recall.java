package bellwether.crm;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.CrmMapping;
import bellwether.nps.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes back what was written of a record of which nothing is known any more, or of a person nothing but when they were asked: its fields
 * are emptied, but for those that somebody has changed in the CRM since, which are theirs now.
 *
 * @param held what the CRM holds of the records, by id
 * @param fault why that could not be read, or null
 */
record Recall(Map<String, JsonNode> held, Fault fault) {
    /** Looks at these fields of these records. */
    static Recall of(Caller caller, CrmMapping.Kind kind, Collection<String> ids, Set<String> fields) {
        if (ids.isEmpty()) {
            return new Recall(Map.of(), null);
        }
        String soql = "SELECT Id," + String.join(",", fields) + " FROM " + kind.object() + " WHERE Id IN ('"
                + String.join("','", ids) + "')";
        Answer answer = caller.call(Request.read("/query", List.of(new Request.Parameter("q", soql))));
        if (answer instanceof Answer.Failed failed) {
            return new Recall(Map.of(), failed.fault());
        }
        JsonNode records = ((Answer.Ok) answer).json();
        records = records == null ? null : records.get("records");
        if (records == null || !records.isArray()) {
            return new Recall(Map.of(), Writing.strange(kind));
        }
        Map<String, JsonNode> held = new HashMap<>();
        records.forEach(record -> held.put(record.path("Id").asText(), record));
        return new Recall(held, null);
    }

    /**
     * Whether there was something and all of it is to be emptied; of a person, perhaps all but when they were asked.
     *
     * @param asked the fields for that
     */
    static boolean of(JsonNode acked, ObjectNode wanted, Set<String> asked) {
        return !known(wanted, asked) && known(acked, asked) || !known(wanted, Set.of()) && known(acked, Set.of());
    }

    /** Whether there is a value in any field but these. */
    static boolean known(JsonNode content, Set<String> but) {
        return content.properties().stream()
                .anyMatch(field -> !field.getValue().isNull() && !but.contains(field.getKey()));
    }

    /** Leaves out of a record what is no longer as we wrote it. Returns how many fields. */
    int leave(String id, ObjectNode payload, JsonNode acked) {
        JsonNode now = held.get(id);
        if (now == null) {
            return 0;
        }
        List<String> theirs = acked.properties().stream()
                .filter(field -> payload.path(field.getKey()).isNull())
                .filter(field -> !same(field.getValue(), now.path(field.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        payload.remove(theirs);
        return theirs.size();
    }

    /** A CRM may write a number or an instant otherwise, and ends lines and texts in its own way. */
    private static boolean same(JsonNode written, JsonNode now) {
        if (written.isNumber() && now.isNumber()) {
            return written.decimalValue().compareTo(now.decimalValue()) == 0;
        }
        if (written.isTextual() && now.isTextual()) {
            Instant at = instant(written.asText());
            return at == null
                    ? text(written).equals(text(now))
                    : at.truncatedTo(ChronoUnit.SECONDS).equals(PeopleReader.instant(now.asText()));
        }
        return written.equals(now);
    }

    private static String text(JsonNode node) {
        return node.asText().replace("\r\n", "\n").strip();
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
