package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/** The endpoints of Wootric that a puller needs. */
final class WootricApi implements Service {
    private static final String RESPONSES = "/v1/responses";
    private static final String END_USERS = "/v1/end_users";

    final Tokens tokens;
    private final Company company;
    private final WootricSimulator.Options options;
    private final Clock clock;
    private final RateLimit limit;
    private final WootricList responses;
    private final WootricList endUsers;
    private final Rows endUserRows;

    WootricApi(
            Company company,
            WootricSimulator.Options options,
            WootricList responses,
            WootricList endUsers,
            Rows endUserRows) {
        this.company = company;
        this.options = options;
        this.clock = options.clock();
        this.tokens = new Tokens(clock, options.tokenLife(), false);
        this.limit = options.callsPerMinute() > 0 ? new RateLimit(clock, options.callsPerMinute()) : null;
        this.responses = responses;
        this.endUsers = endUsers;
        this.endUserRows = endUserRows;
    }

    @Override
    public String endpoint(Request request) {
        String path = request.path();
        return request.method() + " " + (path.startsWith(END_USERS + "/") ? END_USERS + "/{id}" : path);
    }

    @Override
    public Object error(int status) {
        return Map.of("error", status == 401 ? "The access token is invalid" : "status " + status);
    }

    @Override
    public Answer answer(Request request) {
        if (request.path().equals("/oauth/token")) {
            return request.method().equals("POST") ? login(request) : WootricSimulator.refusal(404, "Not found");
        }
        if (!tokens.good(request.bearer())) {
            return Answer.json(401, error(401))
                    .with("WWW-Authenticate", "Bearer realm=\"Doorkeeper\", error=\"invalid_token\"");
        }
        if (limit == null) {
            return served(request);
        }
        RateLimit.Left left = limit.spend(endpoint(request));
        return left.on(left.exceeded() ? WootricSimulator.refusal(429, "Too many requests") : served(request));
    }

    private Answer login(Request request) {
        Map<String, String> form = request.form();
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return Answer.json(401, Map.of("error", "unsupported_grant_type"));
        }
        if (!options.clientId().equals(form.get("client_id"))
                || !options.clientSecret().equals(form.get("client_secret"))) {
            return Answer.json(
                    401, Map.of("error", "invalid_client", "error_description", "Client authentication failed"));
        }
        return Answer.json(
                200,
                Map.of(
                        "access_token", tokens.issue("sim"),
                        "token_type", "bearer",
                        "expires_in", options.tokenLife().toSeconds(),
                        "scope", "admin",
                        "created_at", clock.instant().getEpochSecond()));
    }

    private Answer served(Request request) {
        String path = request.path();
        if (!request.method().equals("GET")) {
            return WootricSimulator.refusal(404, "Not found");
        }
        if (path.equals(RESPONSES)) {
            return responses.page(request.parameters());
        }
        if (path.equals(END_USERS)) {
            return endUsers.page(request.parameters());
        }
        if (path.startsWith(END_USERS + "/")) {
            String who = java.net.URLDecoder.decode(
                    path.substring(END_USERS.length() + 1).replace("+", "%2B"),
                    java.nio.charset.StandardCharsets.UTF_8);
            int index = "true".equals(request.parameters().get("lookup_by_email")) ? byEmail(who) : byId(who);
            if (index >= 0) {
                return Answer.json(200, endUserRows.row(index));
            }
        }
        return WootricSimulator.refusal(404, "Not found");
    }

    private int byId(String text) {
        if (!text.matches("\\d{1,9}")) {
            return -1;
        }
        int index = Company.endUserIndex(Integer.parseInt(text));
        return index >= 0 && index < endUserRows.size() && !endUserRows.hidden(index) ? index : -1;
    }

    private int byEmail(String email) {
        String wanted = email.toLowerCase(Locale.ROOT);
        for (int i = 0; i < endUserRows.size(); i++) {
            if (endUserRows.email(i).equals(wanted) && !endUserRows.hidden(i)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Answer control(Request request, String what) {
        switch (request.method() + " " + what) {
            case "GET responses":
                return WootricSimulator.lines(company.responseCount(), i -> WootricJson.truth(company.response(i)));
            case "GET end_users":
                return WootricSimulator.lines(company.endUserCount(), i -> WootricJson.truth(company.endUser(i)));
            case "GET counters":
                return Answer.json(
                        200,
                        Map.of(
                                "responses",
                                company.responseCount(),
                                "end_users",
                                company.endUserCount(),
                                "logins",
                                tokens.issued()));
            case "DELETE tokens":
                tokens.revokeAll();
                return Answer.empty(204);
            case "POST grow":
                return Answer.json(200, grow(request));
            default:
                return null;
        }
    }

    private Object grow(Request request) {
        try {
            JsonNode wish = Json.MAPPER.readTree(request.body().length == 0 ? "{}".getBytes() : request.body());
            return company.grow(
                    clock.instant(),
                    wish.path("responses").asInt(1),
                    wish.path("edits").asInt(0),
                    wish.path("contacts").asInt(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
