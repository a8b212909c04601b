package bellwether.simulator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Resources for measuring: collections are counted and acknowledged row by row without being checked or kept, queries for
 * accounts and contacts are answered from pages prepared at their first call. Everything else goes to the full API.
 */
final class PreparedResources implements Resources, Counts {
    private static final String UPDATE = "/composite/sobjects";

    private final Resources full;
    private final PreparedQueries queries;
    private final Schema schema;
    private final Map<String, KeySet> keys = new ConcurrentHashMap<>();
    private final Map<String, Long> created = new ConcurrentHashMap<>();
    private final Map<String, Long> updated = new ConcurrentHashMap<>();
    private final boolean counting;

    /** {@code counting} false: every upserted row counts and answers as created, without remembering its key. */
    PreparedResources(Resources full, PreparedQueries queries, Schema schema, boolean counting) {
        this.full = full;
        this.queries = queries;
        this.schema = schema;
        this.counting = counting;
    }

    @Override
    public Answer answer(Request request, String by) {
        String resource = SalesforceApi.resource(request.path());
        if (resource != null && request.method().equals("PATCH") && resource.startsWith(UPDATE)) {
            String[] parts = resource.substring(UPDATE.length()).split("/");
            return parts.length == 3
                    ? collection(request, schema.type(parts[1]), parts[2])
                    : collection(request, null, null);
        }
        if (resource != null && (resource.equals("/query") || resource.startsWith("/query/"))) {
            Answer answer = queries.answer(request, resource.replaceFirst("/query/?", ""));
            return answer != null ? answer : full.answer(request, by);
        }
        return full.answer(request, by);
    }

    @Override
    public Counts counts() {
        return this;
    }

    @Override
    public Map<String, Long> created() {
        return new TreeMap<>(created);
    }

    @Override
    public Map<String, Long> updated() {
        return new TreeMap<>(updated);
    }

    /** Always empty: keys are not kept. No record can be created twice here. */
    @Override
    public Map<String, Times> records(String type) {
        return Map.of();
    }

    private Answer collection(Request request, ObjectType type, String key) {
        StringBuilder results = new StringBuilder(16_384).append('[');
        try (JsonParser json = Json.MAPPER.getFactory().createParser(request.body())) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME
                        && json.currentName().equals("records")) {
                    json.nextToken();
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        results.append(results.length() > 1 ? "," : "");
                        record(json, type, key, results);
                    }
                }
            }
        } catch (IOException e) {
            throw Problem.of("JSON_PARSER_ERROR", "Unexpected character or end of input in the request body")
                    .failure(400);
        }
        return Answer.json(200, results.append(']').toString().getBytes(StandardCharsets.UTF_8));
    }

    private void record(JsonParser json, ObjectType type, String key, StringBuilder results) throws IOException {
        String value = null;
        String wanted = key == null ? "id" : key;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean found = json.currentName().equalsIgnoreCase(wanted);
            json.nextToken();
            if (found) {
                value = json.getText();
            } else {
                json.skipChildren();
            }
        }
        if (value == null) {
            results.append("{\"success\":false,\"errors\":[{\"statusCode\":\"MISSING_ARGUMENT\",\"message\":\"")
                    .append(wanted)
                    .append(" not specified\",\"fields\":[]}]}");
            return;
        }
        if (key == null) {
            updated.merge(
                    value.startsWith("001") ? "Account" : value.startsWith("003") ? "Contact" : "other", 1L, Long::sum);
            results.append("{\"id\":\"").append(value).append("\",\"success\":true,\"errors\":[]}");
            return;
        }
        int number =
                counting ? keys.computeIfAbsent(type.name, t -> new KeySet()).add(value) : -1;
        (number < 0 ? created : updated).merge(type.name, 1L, Long::sum);
        results.append("{\"id\":\"")
                .append(SalesforceId.of(type.prefix, 7_000_000L + Math.abs(number)))
                .append("\",\"success\":true,\"errors\":[],\"created\":")
                .append(number < 0)
                .append('}');
    }
}
