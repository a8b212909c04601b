package bellwether.http;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a token address for a token (RFC 6749 §4 to §6, id and secret in the form body). */
final class OAuth implements TokenSource {
    private final Wire wire;
    private final Auth.Grant auth;
    private final Sender sender;
    private final Clock clock;

    OAuth(Wire wire, Auth.Grant auth, Sender sender, Clock clock) {
        this.wire = wire;
        this.auth = auth;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * What the token address answered.
     *
     * @param refresh the refresh token to be used next time, or null
     */
    record Granted(Token token, String refresh) {}

    @Override
    public String place() {
        return "login at " + host();
    }

    @Override
    public Token login(Token refused) throws IOException {
        return granted(auth.fields(), List.of()).token();
    }

    /** @param secrets beside those of the settings, never to be repeated */
    Granted granted(Map<String, String> fields, List<Secret> secrets) throws IOException {
        Instant asked = clock.instant();
        Reply reply = sender.ask(request(fields));
        if (reply.status() != 200) {
            String said = new Said(wire.secrets(secrets)).by(reply, null);
            throw new FaultException(Faults.login(wire, host(), reply, said, asked));
        }
        JsonNode json = Json.parse(reply);
        String value = json == null ? "" : json.path("access_token").asText("");
        if (value.isEmpty()) {
            throw new FaultException(new Fault.Transient(
                    "auth",
                    "UNUSABLE_ANSWER",
                    "The login of " + wire.connection() + " at " + host() + " answered 200 without a token.",
                    "Wait; if it stays, check the login address.",
                    null));
        }
        Instant end = renewAt(asked, json.path("expires_in").asLong(0));
        return new Granted(new Token(value, end), json.path("refresh_token").asText(null));
    }

    /** Before its end by a tenth of its life, at most five minutes. */
    static Instant renewAt(Instant asked, long seconds) {
        return seconds <= 0 ? null : asked.plusMillis(seconds * 1000 - Math.min(seconds * 100, 300_000));
    }

    private Request request(Map<String, String> fields) {
        String body = auth.whole(fields).entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return new Request(
                "POST",
                auth.tokenAddress().toString(),
                List.of(),
                Map.of("Accept", "application/json"),
                "application/x-www-form-urlencoded",
                body.getBytes(StandardCharsets.UTF_8));
    }

    private String host() {
        return auth.tokenAddress().getHost();
    }
}
