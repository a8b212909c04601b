package bellwether.http;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a token address for a token by client credentials (RFC 6749 §4.4.2). */
final class OAuth implements TokenSource {
    private final Wire wire;
    private final Auth.ClientCredentials auth;
    private final Sender sender;
    private final Clock clock;

    OAuth(Wire wire, Auth.ClientCredentials auth, Sender sender, Clock clock) {
        this.wire = wire;
        this.auth = auth;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public Token login(Token refused) throws IOException {
        Instant asked = clock.instant();
        Reply reply = sender.ask(request());
        if (reply.status() != 200) {
            throw new FaultException(Faults.login(wire.connection(), host(), settings(), reply, said(reply), asked));
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
        return new Token(value, renewAt(asked, json.path("expires_in").asLong(0)));
    }

    /** Before its end by a tenth of its life, at most five minutes. */
    private static Instant renewAt(Instant asked, long seconds) {
        return seconds <= 0 ? null : asked.plusMillis(seconds * 1000 - Math.min(seconds * 100, 300_000));
    }

    private Request request() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", auth.id().value());
        form.put("client_secret", auth.secret().value());
        form.putAll(auth.form());
        String body = form.entrySet().stream()
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

    private String said(Reply reply) {
        return new Said(wire.auth().secrets()).by(reply, null);
    }

    private String settings() {
        return auth.id().setting() + " and " + auth.secret().setting();
    }

    private String host() {
        return auth.tokenAddress().getHost();
    }
}
