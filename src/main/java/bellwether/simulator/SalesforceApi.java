package bellwether.simulator;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST resources below {@code /services/data/vNN.0}; a request that is refused leaves nothing behind. */
final class SalesforceApi implements Resources {
    private static final Pattern BASE = Pattern.compile("(/services/data/v\\d{2}\\.0)(/.*)?");

    private final Org org;
    private final Writes writes;
    private final Batches batches;
    private final QueryPages pages;
    private final int rowsPerQuery;

    SalesforceApi(Org org, int rowsPerQuery) {
        this.org = org;
        this.rowsPerQuery = rowsPerQuery;
        this.writes = new Writes(org);
        this.batches = new Batches(org, writes);
        this.pages = new QueryPages(org);
    }

    /** The path without the version, e.g. {@code /query/}; null when it is not below a version. */
    static String resource(String path) {
        Matcher matcher = BASE.matcher(path);
        return matcher.matches() ? matcher.group(2) == null ? "/" : matcher.group(2) : null;
    }

    @Override
    public Counts counts() {
        return org.creations;
    }

    @Override
    public Answer answer(Request request, String by) {
        synchronized (org) {
            int mark = org.mark();
            try {
                Answer answer = part(request, by);
                org.commit();
                return answer;
            } catch (Problem.Failure refused) {
                org.rollback(mark);
                throw refused;
            }
        }
    }

    /** Does one request, or one of a composite, within the transaction. Throws {@link Problem.Failure} when it is refused. */
    Answer part(Request request, String by) {
        Matcher matcher = BASE.matcher(request.path());
        if (!matcher.matches()) {
            throw missing();
        }
        String base = matcher.group(1);
        String[] parts = (matcher.group(2) == null ? "" : matcher.group(2).substring(1)).split("/");
        return switch (parts[0]) {
            case "" ->
                Answer.json(
                        200,
                        Map.of(
                                "sobjects",
                                base + "/sobjects",
                                "query",
                                base + "/query",
                                "composite",
                                base + "/composite",
                                "limits",
                                base + "/limits"));
            case "query", "queryAll" -> query(request, parts, base);
            case "sobjects" -> sobjects(request, parts, base, by);
            case "composite" -> composite(request, parts, base, by);
            default -> throw missing();
        };
    }

    private Answer query(Request request, String[] parts, String base) {
        if (!request.method().equals("GET")) {
            throw wrongMethod(request);
        }
        if (parts.length > 1) {
            return Answer.json(200, pages.next(parts[1], base));
        }
        String soql = request.parameters().get("q");
        if (soql == null) {
            throw SoqlLexer.malformed("A query string has to be specified");
        }
        Query query = Soql.parse(org.schema, soql);
        List<Row> rows = query.rows(org.rows(query.type()), org, parts[0].equals("queryAll"));
        return Answer.json(200, pages.first(query, rows, batchSize(request), base));
    }

    private int batchSize(Request request) {
        String hint = request.header("sforce-query-options");
        Matcher matcher = Pattern.compile("batchSize=(\\d{1,5})").matcher(hint == null ? "" : hint);
        return matcher.find()
                ? Math.min(rowsPerQuery, Math.max(200, Integer.parseInt(matcher.group(1))))
                : rowsPerQuery;
    }

    private Answer sobjects(Request request, String[] parts, String base, String by) {
        if (parts.length == 1) {
            return Answer.json(200, Describe.all(org.schema, base));
        }
        ObjectType type = org.schema.type(parts[1]);
        if (type == null) {
            throw missing();
        }
        if (parts.length == 2) {
            return request.method().equals("POST")
                    ? Answer.json(
                            201,
                            RowResult.done(writes.create(type, body(request), by))
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
                JsonNode body = body(request);
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
                throw wrongMethod(request);
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
                    body(request).deepCopy();
            RowResult result = writes.upsert(type, key, record.put(key.name(), value), by);
            return Answer.json(result.created() ? 201 : 200, result.json());
        }
        if (row == null) {
            throw missing();
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

    private Answer composite(Request request, String[] parts, String base, String by) {
        if (parts.length == 1) {
            if (!request.method().equals("POST")) {
                throw wrongMethod(request);
            }
            return new Composite(this, org).answer(body(request), by);
        }
        if (!parts[1].equals("sobjects")) {
            throw missing();
        }
        switch (request.method() + " " + parts.length) {
            case "PATCH 2":
                return batches.update(body(request), by);
            case "POST 2":
                return batches.create(body(request), by);
            case "PATCH 4":
                return batches.upsert(parts[2], parts[3], body(request), by);
            default:
                throw wrongMethod(request);
        }
    }

    static JsonNode body(Request request) {
        try {
            JsonNode body = Json.MAPPER.readTree(request.body());
            if (body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            // told below, as for a body that is no object
        }
        throw Problem.of("JSON_PARSER_ERROR", "Unexpected character or end of input in the request body")
                .failure(400);
    }

    private static Problem.Failure missing() {
        return Problem.of("NOT_FOUND", "The requested resource does not exist").failure(404);
    }

    private static Problem.Failure wrongMethod(Request request) {
        return Problem.of("METHOD_NOT_ALLOWED", "HTTP Method '" + request.method() + "' not allowed.")
                .failure(405);
    }
}
