package bellwether.http;

import bellwether.http.KeptTokens.Kept;
import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Trades a refresh token for an access token. The tool may give each refresh token once only, so one process at a time trades, and
 * the new one is kept durably before the access token is used: whatever happens then, the connection can go on.
 */
final class Refreshing implements TokenSource {
    /** Longer than any answer may take; after a crash the others wait so long. */
    private static final Duration CLAIM = Duration.ofMinutes(4);

    private final Wire wire;
    private final Auth.Refresh auth;
    private final OAuth oauth;
    private final KeptTokens store;
    private final Clock clock;
    private final String origin;
    /** Traded, but the store would not take it: the first thing to be done at the next login. */
    private Kept unkept;

    Refreshing(Wire wire, Auth.Refresh auth, OAuth oauth, KeptTokens store, Clock clock) {
        this.wire = wire;
        this.auth = auth;
        this.oauth = oauth;
        this.store = store;
        this.clock = clock;
        this.origin = digest(auth.first().value());
    }

    @Override
    public String place() {
        return oauth.place();
    }

    @Override
    public Duration rest() {
        return Duration.ofMinutes(1);
    }

    /** One thread at a time: see {@link Tokens}. */
    @Override
    public Token login(Token refused) throws IOException {
        if (unkept != null) {
            return keep(unkept);
        }
        Optional<Token> kept = usable(refused);
        if (kept.isPresent()) {
            return kept.get();
        }
        if (!store.claim(wire.connection(), clock.instant().plus(CLAIM))) {
            throw new FaultException(new Fault.Transient(
                    "auth",
                    "LOGIN_UNDERWAY",
                    wire.connection() + ": another process is asking for a new token just now.",
                    "Nothing to do: it goes on by itself.",
                    clock.instant().plusSeconds(2)));
        }
        boolean claimed = true;
        try {
            kept = usable(refused); // another process may have been quicker than the claim
            if (kept.isPresent()) {
                return kept.get();
            }
            String refresh = ours().map(Kept::refresh).orElse(auth.first().value());
            OAuth.Granted granted = oauth.granted(
                    auth.fields(refresh), List.of(new Secret(auth.first().setting(), refresh)));
            String next = granted.refresh() == null ? refresh : granted.refresh();
            claimed = false;
            return keep(new Kept(
                    origin, next, granted.token().value(), granted.token().renewAt()));
        } finally {
            if (claimed) {
                store.release(wire.connection());
            }
        }
    }

    private Token keep(Kept kept) {
        unkept = kept;
        try {
            store.keep(wire.connection(), kept);
        } catch (RuntimeException e) {
            throw new FaultException(new Fault.Transient(
                    "auth",
                    "TOKEN_NOT_KEPT",
                    wire.connection() + ": the new refresh token could not be stored ("
                            + e.getClass().getSimpleName() + "), so nothing is asked with it yet.",
                    "See that the store can be written; it is tried again, and must be before Bellwether is stopped.",
                    null));
        }
        unkept = null;
        return token(kept);
    }

    private Optional<Token> usable(Token refused) {
        Instant now = clock.instant();
        return ours().filter(kept -> kept.renewAt() == null || now.isBefore(kept.renewAt()))
                .filter(kept -> refused == null || !kept.access().equals(refused.value()))
                .map(Refreshing::token);
    }

    /** What began with the refresh token that is set now; another one set since then counts from the start. */
    private Optional<Kept> ours() {
        return store.kept(wire.connection()).filter(kept -> kept.origin().equals(origin));
    }

    private static Token token(Kept kept) {
        return new Token(kept.access(), kept.renewAt());
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
