package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The whole of the simulated Salesforce: login, limits, the API, and what the simulator tells beyond it. */
final class SalesforceService implements Service {
    static final int LONGEST_HEAD = 16_384;
    private static final String ORG_ID = SalesforceId.of("00D", 1);
    private static final Set<String> NAMED = Set.of("describe", "sobjects", "composite", "query", "queryAll", "limits");

    final Org org;
    final Tokens tokens;
    final DailyLimit limit;
    private final SalesforceSimulator.Options options;
    private final Resources resources;
    private final Supplier<String> baseUrl;

    SalesforceService(Org org, Resources resources, SalesforceSimulator.Options options, Supplier<String> baseUrl) {
        this.org = org;
        this.options = options;
        this.baseUrl = baseUrl;
        this.tokens = new Tokens(options.clock(), null, options.newLoginEndsOthers());
        this.limit = new DailyLimit(options.clock(), options.callsPerDay());
        this.resources = resources;
    }

    @Override
    public String endpoint(Request request) {
        String resource = SalesforceApi.resource(request.path());
        if (resource == null) {
            return request.method() + " " + request.path();
        }
        StringBuilder name = new StringBuilder(request.method()).append(' ');
        String[] parts = resource.split("/");
        for (int i = 1; i < parts.length; i++) {
            boolean known = NAMED.contains(parts[i]) || org.schema.type(parts[i]) != null || parts[i].endsWith("__c");
            name.append('/').append(known ? parts[i] : "{id}");
        }
        return parts.length < 2 ? name.append('/').toString() : name.toString();
    }

    @Override
    public Object error(int status) {
        Problem problem =
                switch (status) {
                    case 401 -> Problem.of("INVALID_SESSION_ID", "Session expired or invalid");
                    case 403, 429 -> Problem.of("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
                    case 503 -> Problem.of("SERVER_UNAVAILABLE", "The server is temporarily unavailable");
                    default -> Problem.of("UNKNOWN_EXCEPTION", "An unexpected error occurred.");
                };
        return List.of(problem.asError());
    }

    @Override
    public Answer answer(Request request) {
        switch (request.path()) {
            case "/services/oauth2/token":
                return login(request);
            case "/services/oauth2/revoke":
                String token = request.parameters()
                        .getOrDefault("token", request.form().get("token"));
                tokens.revoke(token);
                return Answer.empty(200);
            case "/services/data", "/services/data/":
                return Answer.json(
                        200, List.of(Map.of("label", "Spring '26", "url", "/services/data/v66.0", "version", "66.0")));
            default:
        }
        if (request.headBytes() > LONGEST_HEAD) {
            int line = request.path().length()
                    + (request.query() == null ? 0 : request.query().length());
            return Answer.empty(line > LONGEST_HEAD / 2 ? 414 : 431);
        }
        if (!tokens.good(request.bearer())) {
            return Answer.json(401, error(401));
        }
        if (!limit.spend()) {
            return limit.on(Answer.json(403, error(403)));
        }
        return limit.on(served(request));
    }

    private Answer served(Request request) {
        if ("/limits".equals(SalesforceApi.resource(request.path()))) {
            return Answer.json(
                    200, Map.of("DailyApiRequests", Map.of("Max", limit.most(), "Remaining", limit.remaining())));
        }
        try {
            return resources.answer(request, Org.INTEGRATION_USER);
        } catch (Problem.Failure refused) {
            return refused.answer();
        }
    }

    private Answer login(Request request) {
        Map<String, String> form = request.form();
        if (!request.method().equals("POST") || !"client_credentials".equals(form.get("grant_type"))) {
            return Answer.json(
                    400, Map.of("error", "unsupported_grant_type", "error_description", "grant type not supported"));
        }
        if (!options.clientId().equals(form.get("client_id"))) {
            return Answer.json(
                    400, Map.of("error", "invalid_client_id", "error_description", "client identifier invalid"));
        }
        if (!options.clientSecret().equals(form.get("client_secret"))) {
            return Answer.json(
                    400, Map.of("error", "invalid_client", "error_description", "invalid client credentials"));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", tokens.issue(ORG_ID.substring(0, 15) + "!"));
        answer.put("instance_url", baseUrl.get());
        answer.put("id", baseUrl.get() + "/id/" + ORG_ID + "/" + Org.INTEGRATION_USER);
        answer.put("token_type", "Bearer");
        answer.put("issued_at", String.valueOf(options.clock().millis()));
        answer.put("scope", "api");
        return Answer.json(200, answer);
    }

    @Override
    public Answer control(Request request, String what) {
        String[] parts = what.split("/");
        switch (request.method() + " " + parts[0]) {
            case "GET records":
                return records(parts.length > 1 ? parts[1] : null);
            case "GET creations":
                return creations(parts.length > 1 ? parts[1] : null);
            case "GET counters":
                return Answer.json(
                        200,
                        Map.of(
                                "created",
                                resources.counts().created(),
                                "updated",
                                resources.counts().updated(),
                                "logins",
                                tokens.issued(),
                                "api_usage",
                                limit.used()));
            case "DELETE tokens":
                tokens.revokeAll();
                return Answer.empty(204);
            case "POST people":
                return people(SalesforceApi.body(request));
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
        Field field = type.number()
                ? Field.number(name, 18, Math.min(length, 4))
                : new Field(name, type, length, 0, 0, true, false, false, List.of(), null);
        typeNamed(object).add(field);
    }

    void removeField(String object, String name) {
        typeNamed(object).remove(String.valueOf(name));
    }

    /** Does what a person in the org would: update, or delete, or merge into another record. */
    String asPerson(String action, String typeName, String id, JsonNode fields, String master) {
        ObjectType type = typeNamed(typeName);
        String person = People.OWNERS.get(0);
        Writes writes = new Writes(org);
        synchronized (org) {
            int mark = org.mark();
            try {
                String changed = id;
                switch (action) {
                    case "create" -> changed = writes.create(type, fields, person);
                    case "delete" -> org.delete(writes.existing(type, id), person, master);
                    default -> writes.update(writes.existing(type, id), fields, person);
                }
                org.commit();
                return changed;
            } catch (Problem.Failure refused) {
                org.rollback(mark);
                throw new IllegalArgumentException(refused.problem.code() + ": " + refused.problem.message(), refused);
            }
        }
    }

    private Answer people(JsonNode wish) {
        String id = asPerson(
                wish.path("action").asText("update"),
                wish.path("type").asText(),
                wish.path("id").asText(null),
                wish.path("fields"),
                wish.path("master").asText(null));
        return Answer.json(200, Map.of("id", id));
    }

    private Answer records(String typeName) {
        ObjectType type = typeNamed(typeName);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        synchronized (org) {
            for (Row row : org.rows(type)) {
                out.writeBytes(Json.bytes(shown(row)));
                out.write('\n');
            }
        }
        return Answer.lines(out.toByteArray());
    }

    private Answer creations(String typeName) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        resources.counts().records(typeNamed(typeName).name).forEach((key, times) -> {
            try {
                out.write(Json.bytes(Map.of("key", key, "created", times.created(), "updated", times.updated())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            out.write('\n');
        });
        return Answer.lines(out.toByteArray());
    }

    static Map<String, Object> shown(Row row) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("Id", row.id);
        shown.putAll(new java.util.TreeMap<>(row.fields));
        return shown;
    }

    ObjectType typeNamed(String name) {
        ObjectType type = org.schema.type(name);
        if (type == null) {
            throw new IllegalArgumentException("the simulated org has no object " + name);
        }
        return type;
    }
}
