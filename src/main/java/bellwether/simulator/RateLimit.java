package bellwether.simulator;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** So many calls in a minute per class of endpoints; a minute begins with the first call after the last one ended. */
final class RateLimit {
    /** What is left of the minute: {@code remaining} is negative for a call too many, {@code reset} is unix seconds. */
    record Left(int limit, int remaining, long reset) {
        boolean exceeded() {
            return remaining < 0;
        }

        Answer on(Answer answer) {
            return answer.with("X-Rate-Limit-Limit", limit)
                    .with("X-Rate-Limit-Remaining", Math.max(0, remaining))
                    .with("X-Rate-Limit-Reset", reset);
        }
    }

    private static final class Minute {
        private long end;
        private int used;
    }

    private final Clock clock;
    private final int limit;
    private final Map<String, Minute> minutes = new HashMap<>();

    RateLimit(Clock clock, int limit) {
        this.clock = clock;
        this.limit = limit;
    }

    synchronized Left spend(String kind) {
        long now = clock.instant().getEpochSecond();
        Minute minute = minutes.computeIfAbsent(kind, k -> new Minute());
        if (now >= minute.end) {
            minute.end = now + 60;
            minute.used = 0;
        }
        if (minute.used < limit) {
            minute.used++;
            return new Left(limit, limit - minute.used, minute.end);
        }
        return new Left(limit, -1, minute.end);
    }
}
