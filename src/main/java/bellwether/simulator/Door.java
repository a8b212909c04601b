package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Who may ask a declared tool: whoever proves it in the way that its file declares. */
final class Door {
    static final String LOGIN = "/oauth/token";
    private static final Duration LIFE = Duration.ofHours(2);

    private final Declaration declaration;
    private final Refusal refusal;
    private final JsonNode auth;
    private final String kind;
    private final Tokens tokens;
    private String refresh;

    Door(Declaration declaration, Refusal refusal, Clock clock) {
        this.declaration = declaration;
        this.refusal = refusal;
        this.auth = declaration.auth();
        this.kind = auth.path("kind").asText();
        this.tokens = new Tokens(clock, LIFE, false);
        this.refresh = declaration.setting("refresh_token");
    }

    /** The answer to a login or logout; null if the request is none. */
    Answer login(Request request, String path) {
        if (kind.startsWith("oauth2_")) {
            boolean asked = request.path().equals(LOGIN) && request.method().equals("POST");
            return asked ? token(request.form()) : null;
        }
        if (!kind.equals("session")) {
            return null;
        }
        Map<String, String> credentials = new HashMap<>();
        Function<String, String> open = name -> isCredential(name) ? null : declaration.setting(name);
        Asked in = Asked.of(request, path, auth.path("login"), "POST", open);
        if (in != null) {
            boolean known = in.found().entrySet().stream()
                    .allMatch(given -> given.getValue().equals(declaration.setting(given.getKey())));
            return known ? session() : refusal.login();
        }
        Asked out = Asked.of(request, path, auth.path("logout"), "POST", declaration::setting);
        if (out != null && auth.has("logout")) {
            tokens.revoke(out.found().get("session"));
            return Answer.json(200, Map.of("result", "OK"));
        }
        return null;
    }

    /** What names who logs in, in contrast to where. */
    private boolean isCredential(String name) {
        return auth.path("login").path("body").toString().contains("{" + name + "}");
    }

    private Answer session() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        Places.put(answer, auth.path("token").asText(), TextNode.valueOf(tokens.issue("session-")));
        return Answer.json(200, answer);
    }

    private synchronized Answer token(Map<String, String> form) {
        boolean known = declaration.setting("client_id").equals(form.get("client_id"))
                && declaration.setting("client_secret").equals(form.get("client_secret"))
                && switch (kind) {
                    case "oauth2_password" ->
                        form.get("grant_type").equals("password")
                                && declaration.setting("username").equals(form.get("username"))
                                && declaration.setting("password").equals(form.get("password"));
                    case "oauth2_refresh" ->
                        form.get("grant_type").equals("refresh_token") && refresh.equals(form.get("refresh_token"));
                    default -> form.get("grant_type").equals("client_credentials");
                };
        if (!known) {
            return Answer.json(401, Map.of("error", "invalid_client"));
        }
        Map<String, Object> answer = new HashMap<>();
        answer.put("access_token", tokens.issue("sim-"));
        answer.put("token_type", "bearer");
        answer.put("expires_in", LIFE.toSeconds());
        if (kind.equals("oauth2_refresh")) {
            refresh = "refresh-" + Long.toHexString(Dice.mix(tokens.issued(), 5, 9));
            answer.put("refresh_token", refresh);
        }
        return Answer.json(200, answer);
    }

    /**
     * Null if the request may be answered.
     *
     * @param session the key that stands in it where {session} is declared, or null
     */
    Answer check(Request request, String session) {
        boolean known =
                switch (kind) {
                    case "header" ->
                        filled(auth.path("value"))
                                .equals(request.header(
                                        auth.path("name").asText().toLowerCase(java.util.Locale.ROOT)));
                    case "query" ->
                        filled(auth.path("value"))
                                .equals(request.parameters()
                                        .get(auth.path("name").asText()));
                    case "basic" -> basic().equals(request.header("authorization"));
                    case "session" -> tokens.good(session);
                    default -> tokens.good(request.bearer());
                };
        return known ? null : kind.equals("session") ? refusal.session() : refusal.credentials();
    }

    private String basic() {
        String pair = filled(auth.path("user")) + ":" + filled(auth.path("password"));
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String filled(JsonNode template) {
        return String.valueOf(Blanks.fill(template.asText(), declaration::setting));
    }
}
