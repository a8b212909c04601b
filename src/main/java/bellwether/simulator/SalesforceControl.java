package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a test or another process may see and change in the org beyond the vendor's API. */
final class SalesforceControl {
    final Org org;
    final Counts counts;
    final RowFaults rowFaults;
    final Person person;
    private final Tokens tokens;
    private final DailyLimit limit;

    SalesforceControl(Org org, Counts counts, RowFaults rowFaults, Tokens tokens, DailyLimit limit) {
        this.org = org;
        this.counts = counts;
        this.rowFaults = rowFaults;
        this.person = new Person(org);
        this.tokens = tokens;
        this.limit = limit;
    }

    /** Answers a request under {@code /__simulator/}, or null. */
    Answer answer(Request request, String what) {
        String[] parts = what.split("/");
        switch (request.method() + " " + parts[0]) {
            case "GET records":
                return Answer.lines(records(parts.length > 1 ? parts[1] : null));
            case "GET creations":
                return Answer.lines(creations(parts.length > 1 ? parts[1] : null));
            case "GET counters":
                return Answer.json(
                        200,
                        Map.of(
                                "created", counts.created(),
                                "updated", counts.updated(),
                                "logins", tokens.issued(),
                                "api_usage", limit.used()));
            case "DELETE tokens":
                tokens.revokeAll();
                return Answer.empty(204);
            case "POST people":
                return Answer.json(200, Map.of("id", people(SalesforceApi.body(request))));
            case "POST rows":
                JsonNode fault = SalesforceApi.body(request);
                rowFaults.add(
                        fault.path("key").asText(),
                        fault.path("code").asText(),
                        fault.path("times").asInt(1));
                return Answer.empty(204);
            case "POST fields":
                JsonNode field = SalesforceApi.body(request);
                addField(
                        field.path("object").asText(),
                        field.path("name").asText(),
                        field.path("type").asText(),
                        field.path("length").asInt(255));
                return Answer.empty(204);
            case "DELETE fields":
                removeField(
                        request.parameters().get("object"), request.parameters().get("name"));
                return Answer.empty(204);
            default:
                return null;
        }
    }

    void addField(String object, String name, String word, int length) {
        Field.Type type = Field.Type.of(word);
        type(object).add(type.number() ? Field.number(name, 18, length) : Field.text(name, type, length));
    }

    void removeField(String object, String name) {
        type(object).remove(String.valueOf(name));
    }

    void removeObject(String object) {
        org.schema.remove(object);
    }

    /** The object, an error when there is none of this name. */
    ObjectType type(String name) {
        ObjectType type = org.schema.type(name);
        if (type == null) {
            throw new IllegalArgumentException("the simulated org has no object " + name);
        }
        return type;
    }

    static Map<String, Object> shown(Row row) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("Id", row.id);
        shown.putAll(new TreeMap<>(row.fields));
        return shown;
    }

    List<Map<String, Object>> rows(String object) {
        ObjectType type = type(object);
        synchronized (org) {
            return org.rows(type).stream().map(SalesforceControl::shown).toList();
        }
    }

    private String people(JsonNode wish) {
        ObjectType type = type(wish.path("type").asText());
        String id = wish.path("id").asText(null);
        return switch (wish.path("action").asText("update")) {
            case "create" -> person.create(type, wish.path("fields"));
            case "delete" -> person.delete(type, id, wish.path("master").asText(null));
            default -> person.update(type, id, wish.path("fields"));
        };
    }

    private byte[] records(String object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Map<String, Object> row : rows(object)) {
            out.writeBytes(Json.bytes(row));
            out.write('\n');
        }
        return out.toByteArray();
    }

    private byte[] creations(String object) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        counts.records(type(object).name).forEach((key, times) -> {
            out.writeBytes(Json.bytes(Map.of("key", key, "created", times.created(), "updated", times.updated())));
            out.write('\n');
        });
        return out.toByteArray();
    }
}
