package bellwether.simulator;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The resources below {@code /sobjects}: what objects there are, and single records of them. */
final class ObjectResources {
    private final Org org;
    private final Writes writes;

    ObjectResources(Org org, Writes writes) {
        this.org = org;
        this.writes = writes;
    }

    Answer answer(Request request, String[] parts, String base, String by) {
        if (parts.length == 1) {
            return Answer.json(200, Describe.all(org.schema, base));
        }
        ObjectType type = org.schema.type(parts[1]);
        if (type == null) {
            throw SalesforceApi.missing();
        }
        if (parts.length == 2) {
            return request.method().equals("POST")
                    ? Answer.json(
                            201,
                            RowResult.done(writes.create(type, SalesforceApi.body(request), by))
                                    .json())
                    : Answer.json(200, Map.of("objectDescribe", Describe.brief(type, base), "recentItems", List.of()));
        }
        if (parts[2].equals("describe")) {
            return Answer.json(200, Describe.full(type, base));
        }
        return parts.length == 3 ? one(request, type, parts[2], base, by) : oneByKey(request, type, parts, base, by);
    }

    private Answer one(Request request, ObjectType type, String id, String base, String by) {
        Row row = SalesforceId.normal(id)
                .map(normal -> org.find(type, normal))
                .filter(found -> !found.deleted())
                .orElseThrow(() -> Problem.of(
                                "NOT_FOUND", "Provided external ID field does not exist or is not accessible: " + id)
                        .failure(404));
        switch (request.method()) {
            case "GET":
                return Answer.json(200, shown(row, request.parameters().get("fields"), base));
            case "PATCH":
                JsonNode body = SalesforceApi.body(request);
                if (body.has("Id") || body.has("id")) {
                    throw Problem.of("INVALID_FIELD", "The Id field should not be specified in the sobject data.", "Id")
                            .failure(400);
                }
                writes.update(row, body, by);
                return Answer.empty(204);
            case "DELETE":
                org.delete(row, by, null);
                return Answer.empty(204);
            default:
                throw SalesforceApi.wrongMethod(request);
        }
    }

    /** {@code /sobjects/Type/ExternalIdField/value}. */
    private Answer oneByKey(Request request, ObjectType type, String[] parts, String base, String by) {
        Field key = type.field(parts[2]);
        if (key == null || !key.externalId() || parts.length != 4) {
            throw Problem.of("NOT_FOUND", "Provided external ID field does not exist or is not accessible: " + parts[2])
                    .failure(404);
        }
        String value =
                java.net.URLDecoder.decode(parts[3].replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
        Row row = org.find(type, key, value);
        if (request.method().equals("PATCH")) {
            com.fasterxml.jackson.databind.node.ObjectNode record =
                    SalesforceApi.body(request).deepCopy();
            RowResult result = writes.upsert(type, key, record.put(key.name(), value), by);
            return Answer.json(result.created() ? 201 : 200, result.json());
        }
        if (row == null) {
            throw SalesforceApi.missing();
        }
        return one(request, type, row.id, base, by);
    }

    private byte[] shown(Row row, String names, String base) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(out)) {
            json.writeStartObject();
            QueryPages.attributes(json, row, base);
            for (Field field : row.type.fields()) {
                if (names == null || List.of(names.split(",")).contains(field.name())) {
                    QueryPages.value(json, field, row.value(field.name()));
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
