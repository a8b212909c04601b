package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST resources below {@code /services/data/vNN.0}; a request that is refused leaves nothing behind. */
final class SalesforceApi implements Resources {
    private static final Pattern BASE = Pattern.compile("(/services/data/v\\d{2}\\.0)(/.*)?");

    private final Org org;
    private final ObjectResources objects;
    private final Batches batches;
    private final QueryPages pages;
    private final int rowsPerQuery;

    SalesforceApi(Org org, RowFaults faults, int rowsPerQuery) {
        this.org = org;
        this.rowsPerQuery = rowsPerQuery;
        Writes writes = new Writes(org, faults);
        this.objects = new ObjectResources(org, writes);
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
            case "sobjects" -> objects.answer(request, parts, base, by);
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

    static Problem.Failure missing() {
        return Problem.of("NOT_FOUND", "The requested resource does not exist").failure(404);
    }

    static Problem.Failure wrongMethod(Request request) {
        return Problem.of("METHOD_NOT_ALLOWED", "HTTP Method '" + request.method() + "' not allowed.")
                .failure(405);
    }
}
