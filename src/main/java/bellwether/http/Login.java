package bellwether.http;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds a connection's credentials to a call and replaces a refused token once. One login serves all threads; it is renewed by age
 * before its end, and once on a 401.
 */
public final class Login {
    private final Wire wire;
    private final Address address;
    private final Tokens tokens;
    private final boolean bearer;

    private Login(Wire wire, Tokens tokens, boolean bearer) {
        this.wire = wire;
        this.address = new Address(wire);
        this.tokens = tokens;
        this.bearer = bearer;
    }

    /** Credentials as the wire declares them; a login goes over the same wire. */
    public static Login of(Wire wire, Sender sender, Clock clock) {
        return wire.auth() instanceof Auth.ClientCredentials oauth
                ? new Login(wire, new Tokens(wire.connection(), new OAuth(wire, oauth, sender, clock), clock), true)
                : new Login(wire, null, false);
    }

    /** For a wire that keeps its token to itself: here is only decided when it logs in. */
    public static Login inside(Wire wire, TokenSource source, Clock clock) {
        return new Login(wire, new Tokens(wire.connection(), source, clock), false);
    }

    /**
     * Makes the address absolute and adds the credentials, logging in first where that is due.
     *
     * @throws FaultException config when credentials or host are refused, transient when the login is out of reach
     */
    public void sign(Call call) {
        Token token = tokens == null ? null : tokens.valid();
        call.signed(signed(call.request(), address.of(call.request()), token), token);
    }

    private Request signed(Request request, URI target, Token token) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> {
            // headers of this prefix steer Camel itself
            if (!name.regionMatches(true, 0, "Camel", 0, 5)) {
                headers.put(name, value);
            }
        });
        if (address.trusted(target)) {
            if (wire.auth() instanceof Auth.Headers fixed) {
                fixed.headers().forEach((name, secret) -> headers.put(name, secret.value()));
            } else if (bearer) {
                headers.put("Authorization", "Bearer " + token.value());
            }
        }
        return new Request(
                request.method(),
                target.toString(),
                List.of(),
                headers,
                request.contentType(),
                request.body(),
                request.reads(),
                request.expects());
    }

    /** Follows a redirect of a GET: to declared hosts only, and with credentials only to our own. */
    Request redirected(Call call, Request from, String location) {
        URI target = address.redirected(URI.create(from.path()), location);
        return signed(call.request(), target, call.token());
    }

    /**
     * After an answer: the first 401 of a call drops the token and opens the call again, the second stands.
     *
     * @throws FaultException transient, when a limit was hit
     */
    public void settle(Call call) {
        if (call.answer() instanceof Answer.Failed failed && failed.fault() instanceof Fault.Transient) {
            // a limit is no ill health: it is thrown here, behind the breaker
            call.answer(null);
            throw new FaultException(failed.fault());
        }
        boolean refused = call.reply() != null && call.reply().status() == 401;
        if (refused && tokens != null && call.renew()) {
            tokens.refuse(call.token());
            call.answer(null);
        }
    }
}
