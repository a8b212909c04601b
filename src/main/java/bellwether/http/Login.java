package bellwether.http;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * Adds a connection's credentials to a call and replaces a refused token once. One login serves all threads; it is renewed by age
 * before its end, and once when the other side refuses it.
 */
public final class Login {
    private final Signer signer;
    private final TokenSource source;
    private final Tokens tokens;

    private Login(Wire wire, TokenSource source, Clock clock) {
        this.signer = new Signer(wire);
        this.source = source;
        this.tokens = source == null ? null : new Tokens(wire.connection(), source, clock);
    }

    /**
     * Credentials as the wire declares them; a login goes over the same wire.
     *
     * @param kept asked for by those that keep something only
     */
    public static Login of(Wire wire, Sender sender, Supplier<KeptTokens> kept, Clock clock) {
        TokenSource source = null;
        if (wire.auth() instanceof Auth.Refresh refresh) {
            source = new Refreshing(wire, refresh, new OAuth(wire, refresh, sender, clock), kept.get(), clock);
        } else if (wire.auth() instanceof Auth.Grant grant) {
            source = new OAuth(wire, grant, sender, clock);
        } else if (wire.auth() instanceof Auth.Session session) {
            source = new SessionLogin(wire, session, sender, clock);
        }
        return new Login(wire, source, clock);
    }

    /** For a wire that keeps its token to itself: here is only decided when it logs in. */
    public static Login inside(Wire wire, TokenSource source, Clock clock) {
        return new Login(wire, source, clock);
    }

    /**
     * Makes the address absolute and adds the credentials, logging in first where that is due.
     *
     * @throws FaultException config when credentials or host are refused, transient when the login is out of reach
     */
    public void sign(Call call) {
        Token token = tokens == null ? null : tokens.valid();
        call.signed(signer.signed(call.request(), token), token);
    }

    Request redirected(Call call, Request from, String location) {
        return signer.redirected(call.request(), from, location, call.token());
    }

    /**
     * After an answer: the first refusal of a token in a call drops it and opens the call again, the second stands.
     *
     * @throws FaultException transient, when a limit was hit
     */
    public void settle(Call call) {
        if (call.answer() instanceof Answer.Failed failed && failed.fault() instanceof Fault.Transient) {
            // a limit is no ill health: it is thrown here, behind the breaker
            call.answer(null);
            throw new FaultException(failed.fault());
        }
        if (call.isRefused() && tokens != null && call.renew()) {
            tokens.refuse(call.token());
            call.answer(null);
        }
    }

    /** Closes what a login opened; nobody is told if that fails, since it ends by itself. */
    public void logout() {
        Token last = tokens == null ? null : tokens.last();
        if (last != null) {
            source.logout(last);
        }
    }
}
