package bellwether.http;

import java.time.Duration;
import java.time.Instant;

/**
 * An even stream of places with room for a small burst: no stretch of time holds more than its share of the stream and one burst
 * (the generic cell rate algorithm, ITU-T I.371). It goes by the instants it is given, so that a test may let time pass as it likes;
 * the limiters of Resilience4j go by the machine's own.
 */
final class Pace {
    private final Duration spacing;
    private final Duration room;
    private Instant next = Instant.MIN;

    /** @param burst places that may be taken at once, at least 1 */
    Pace(int calls, Duration time, int burst) {
        this.spacing = time.dividedBy(calls);
        this.room = spacing.multipliedBy(Math.max(1, Math.min(burst, calls)) - 1L);
    }

    /**
     * Takes the next place and says when it is, or leaves it where that is further off than the longest wait. Nobody sits in a place
     * further off than that, so that it can only be there because the clock was set back: then the stream begins anew.
     */
    synchronized Instant take(Instant now, Duration longest) {
        if (next.isAfter(now.plus(longest).plus(room).plus(spacing))) {
            next = now;
        }
        Instant place = next.isAfter(now.plus(room)) ? next.minus(room) : now;
        if (!place.isAfter(now.plus(longest))) {
            next = (next.isAfter(now) ? next : now).plus(spacing);
        }
        return place;
    }
}
