package bellwether.http;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a session by a request of the tool's own, JSON-RPC for example, and closes it at the stop. */
final class SessionLogin implements TokenSource {
    private static final Logger LOG = LoggerFactory.getLogger(SessionLogin.class);

    private final Wire wire;
    private final Auth.Session auth;
    private final Sender sender;
    private final Clock clock;
    private final Signer signer;

    SessionLogin(Wire wire, Auth.Session auth, Sender sender, Clock clock) {
        this.wire = wire;
        this.auth = auth;
        this.sender = sender;
        this.clock = clock;
        this.signer = new Signer(wire);
    }

    @Override
    public String place() {
        return "login at " + wire.base().getHost();
    }

    @Override
    public Duration rest() {
        return Duration.ofMinutes(10);
    }

    @Override
    public Token login(Token refused) throws IOException {
        Instant asked = clock.instant();
        Reply reply = sender.ask(signer.signed(auth.login(), null));
        JsonNode json = Json.parse(reply);
        ErrorRule rule = ErrorRule.first(wire.errors(), reply.status(), json);
        String said = new Said(wire.secrets(List.of())).by(reply, auth.login(), json, rule);
        String what = "The login of " + wire.connection() + " at " + wire.base().getHost() + " answered "
                + reply.status() + Faults.quoted(said) + ".";
        if (rule != null && rule.kind() == ErrorRule.Kind.TRANSIENT || reply.status() / 100 == 2 && json == null) {
            throw new FaultException(new Fault.Transient(
                    "auth", "UNUSABLE_ANSWER", what, "It is tried again; if it stays, check the base address.", null));
        }
        if (reply.status() / 100 != 2) {
            throw new FaultException(Faults.login(wire, wire.base().getHost(), reply, said, asked));
        }
        JsonNode key = rule == null ? auth.token().in(json) : null;
        if (key == null || !key.isValueNode() || key.asText().isBlank() || key.isNull()) {
            throw new FaultException(new Fault.Config(
                    "auth",
                    "CREDENTIALS_REFUSED",
                    what,
                    "Correct " + wire.settings() + ". It is not tried again for " + rest().toMinutes()
                            + " minutes, because such tools lock out whoever tries often."));
        }
        long seconds = auth.lasts() == null ? 0 : auth.lasts().toSeconds();
        return new Token(key.asText(), OAuth.renewAt(asked, seconds));
    }

    @Override
    public void logout(Token token) {
        if (auth.logout() == null) {
            return;
        }
        try {
            sender.ask(signer.signed(auth.logout(), token));
        } catch (IOException | RuntimeException e) {
            LOG.info(
                    "{}: the logout failed ({})",
                    wire.connection(),
                    e.getClass().getSimpleName());
        }
    }
}
