package bellwether.http;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The token of one connection. However many threads find it missing, old or refused, one of them logs in and the others share what
 * came of it, failure included, so that wrong credentials are not tried once per thread, nor again before the source has rested.
 */
final class Tokens {
    private final String connection;
    private final TokenSource source;
    private final Clock clock;
    private Token token;
    private boolean refused;
    private CompletableFuture<Token> login;
    private Fault shut;
    private Instant shutUntil;

    Tokens(String connection, TokenSource source, Clock clock) {
        this.connection = connection;
        this.source = source;
        this.clock = clock;
    }

    Token valid() {
        CompletableFuture<Token> flight;
        Token old;
        synchronized (this) {
            if (usable()) {
                return token;
            }
            if (shut != null && clock.instant().isBefore(shutUntil)) {
                throw new FaultException(shut);
            }
            old = token;
            flight = login;
            if (flight == null) {
                login = new CompletableFuture<>();
            }
        }
        return flight == null ? login(old) : join(flight);
    }

    /** The token as it is, without a login; null if there is none. */
    synchronized Token last() {
        return refused ? null : token;
    }

    /** The other side refused this token; a newer one that another thread fetched meanwhile stays. */
    synchronized void refuse(Token spent) {
        if (spent == token) {
            refused = true;
        }
    }

    private boolean usable() {
        return token != null
                && !refused
                && (token.renewAt() == null || clock.instant().isBefore(token.renewAt()));
    }

    private Token login(Token old) {
        Token fresh = null;
        Throwable failure = null;
        try {
            fresh = ask(old);
            return fresh;
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        } finally {
            CompletableFuture<Token> flight;
            synchronized (this) {
                flight = login;
                login = null;
                if (fresh != null) {
                    token = fresh;
                    refused = false;
                    shut = null;
                } else if (failure instanceof FaultException e && e.fault() instanceof Fault.Config config) {
                    shut = config;
                    shutUntil = clock.instant().plus(source.rest());
                }
            }
            if (fresh != null) {
                flight.complete(fresh);
            } else {
                flight.completeExceptionally(failure);
            }
        }
    }

    private Token ask(Token old) {
        try {
            return source.login(old);
        } catch (IOException e) {
            throw new FaultException(Faults.broken("auth", connection, source.place(), e));
        }
    }

    private static Token join(CompletableFuture<Token> flight) {
        try {
            return flight.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof FaultException shared) {
                throw new FaultException(shared.fault());
            }
            throw e;
        }
    }
}
