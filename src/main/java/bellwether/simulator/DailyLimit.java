package bellwether.simulator;

import java.time.Clock;

/** So many calls in 24 hours, counted from the first. */
final class DailyLimit {
    private static final long DAY = 86_400_000L;

    private final Clock clock;
    private volatile int most;
    private long end;
    private int used;

    DailyLimit(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /** Counts a call; false when it is one too many. */
    synchronized boolean spend() {
        long now = clock.millis();
        if (now >= end) {
            end = now + DAY;
            used = 0;
        }
        if (used >= most) {
            return false;
        }
        used++;
        return true;
    }

    void most(int calls) {
        most = calls;
    }

    int most() {
        return most;
    }

    synchronized int used() {
        return used;
    }

    synchronized int remaining() {
        return Math.max(0, most - used);
    }

    Answer on(Answer answer) {
        return answer.with("Sforce-Limit-Info", "api-usage=" + used() + "/" + most);
    }
}
