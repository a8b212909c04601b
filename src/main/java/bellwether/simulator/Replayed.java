package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A journaled change read back. */
record Replayed(String op, ObjectType type, String id, String by, Instant at, Map<String, Object> fields) {
    static Replayed of(JsonNode line, Schema schema) {
        Map<String, Object> fields = new HashMap<>();
        line.path("fields").fields().forEachRemaining(entry -> {
            JsonNode value = entry.getValue();
            fields.put(
                    entry.getKey(),
                    value.isNull()
                            ? null
                            : value.isBoolean()
                                    ? (Object) value.booleanValue()
                                    : value.isNumber() ? value.decimalValue() : value.textValue());
        });
        return new Replayed(
                line.path("op").asText(),
                schema.type(line.path("type").asText()),
                line.path("id").asText(),
                line.path("by").asText(),
                Instant.parse(line.path("at").asText()),
                fields);
    }
}
