package bellwether.simulator;

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

    private final Org org;
    final Tokens tokens;
    final DailyLimit limit;
    private final SalesforceSimulator.Options options;
    private final Resources resources;
    private final Supplier<String> baseUrl;
    final SalesforceControl control;

    SalesforceService(
            Org org,
            Resources resources,
            RowFaults rowFaults,
            SalesforceSimulator.Options options,
            Supplier<String> baseUrl) {
        this.org = org;
        this.options = options;
        this.baseUrl = baseUrl;
        this.tokens = new Tokens(options.clock(), null, options.newLoginEndsOthers());
        this.limit = new DailyLimit(options.clock(), options.callsPerDay());
        this.resources = resources;
        this.control = new SalesforceControl(org, resources.counts(), rowFaults, tokens, limit);
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
        return control.answer(request, what);
    }
}
