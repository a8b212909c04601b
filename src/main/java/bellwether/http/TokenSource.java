package bellwether.http;

import java.io.IOException;
import java.time.Duration;

/** Whoever can log in. {@link Tokens} sees to it that only one thread at a time does. */
public interface TokenSource {
    /**
     * Logs in.
     *
     * @param refused the token to be replaced, or null at the first login
     * @throws IOException when there is no whole answer
     * @throws bellwether.nps.FaultException config when the credentials are refused, transient when the answer is of no use
     */
    Token login(Token refused) throws IOException;

    /** Ends what the login began, as far as that can be done. */
    default void logout(Token token) {}

    /** Where it logs in, as a fault names it. */
    default String place() {
        return "login";
    }

    /** How long refused credentials are not tried again: some tools lock the door after three attempts. */
    default Duration rest() {
        return Duration.ZERO;
    }
}
