package bellwether.http;

import java.time.Instant;
import java.util.Optional;

/** Tokens that must survive a restart, because the tool gives each of them only once. */
public interface KeptTokens {
    /**
     * What the last refresh gave.
     *
     * @param origin stands for the setting it began with, so that a setting that was changed counts again
     * @param refresh the refresh token to be used next
     * @param access the token calls are signed with
     * @param renewAt when to ask for the next one, or null if only a refusal tells
     */
    record Kept(String origin, String refresh, String access, Instant renewAt) {
        @Override
        public String toString() {
            return "***";
        }
    }

    /** The newest, from whichever process; empty if there is none. */
    Optional<Kept> kept(String connection);

    /** Reserves the refreshing for this process until then, so that no other spends the same refresh token; false if one has. */
    boolean claim(String connection, Instant until);

    /** Keeps it durably, whatever happens next, and ends the reservation. */
    void keep(String connection, Kept kept);

    /** Ends this process's reservation. */
    void release(String connection);
}
