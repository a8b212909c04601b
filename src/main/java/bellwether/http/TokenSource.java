package bellwether.http;

/** Whoever can log in. {@link Tokens} sees to it that only one thread at a time does. */
public interface TokenSource {
    /**
     * Logs in.
     *
     * @param refused the token to be replaced, or null at the first login
     * @throws bellwether.nps.FaultException config when the credentials are refused, transient when nobody is there
     */
    Token login(Token refused);
}
