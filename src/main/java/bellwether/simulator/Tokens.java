package bellwether.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The access tokens a simulator has given out. */
final class Tokens {
    private final Clock clock;
    private final Duration life;
    private final boolean newKillsOld;
    private final Map<String, Instant> ends = new HashMap<>();
    private long issued;

    /** {@code life} null: a token ends only when it is revoked. {@code newKillsOld}: a new login ends all earlier tokens. */
    Tokens(Clock clock, Duration life, boolean newKillsOld) {
        this.clock = clock;
        this.life = life;
        this.newKillsOld = newKillsOld;
    }

    /** A new token that begins with {@code prefix}. */
    synchronized String issue(String prefix) {
        if (newKillsOld) {
            ends.clear();
        }
        String token = prefix + Long.toHexString(Dice.mix(clock.millis(), 5, issued)) + "." + ++issued;
        ends.put(token, life == null ? Instant.MAX : clock.instant().plus(life));
        return token;
    }

    synchronized boolean good(String token) {
        Instant end = token == null ? null : ends.get(token);
        return end != null && clock.instant().isBefore(end);
    }

    synchronized void revoke(String token) {
        ends.remove(token);
    }

    synchronized void revokeAll() {
        ends.clear();
    }

    synchronized long issued() {
        return issued;
    }
}
