package bellwether.http;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits that are worth sitting out, and only those. */
public final class Pause {
    private static final Duration SLICE = Duration.ofMillis(100);

    private final String connection;
    private final String step;
    private final Clock clock;
    private final Sleep sleep;
    private final Duration longest;
    private final BooleanSupplier stopping;

    /**
     * @param sleep how time is let pass
     * @param longest a longer wait is not slept: it ends the call with a transient fault that names the instant
     * @param stopping true once the daemon stops; whoever waits then gives up
     */
    public Pause(Wire wire, Clock clock, Sleep sleep, Duration longest, BooleanSupplier stopping) {
        this.connection = wire.connection();
        this.step = wire.step();
        this.clock = clock;
        this.sleep = sleep;
        this.longest = longest;
        this.stopping = stopping;
    }

    Duration longest() {
        return longest;
    }

    /** Whether a wait until then is too long to be slept. */
    public boolean tooLong(Instant then) {
        return Duration.between(clock.instant(), then).compareTo(longest) > 0;
    }

    /** Sleeps until then, or throws the fault that says why not. */
    void until(Instant then, String code, String why) {
        if (tooLong(then)) {
            throw waiting(code, why, then);
        }
        for (Instant now = clock.instant(); now.isBefore(then); now = clock.instant()) {
            Duration left = Duration.between(now, then);
            sleep(left.compareTo(SLICE) < 0 ? left : SLICE, then);
        }
    }

    /** Looks again and again until the way is free, unless that may take too long: then it throws the fault that says why not. */
    void until(BooleanSupplier free, Duration atMost, String code, String why) {
        Instant end = clock.instant().plus(longest);
        boolean worthwhile = atMost.compareTo(longest) <= 0;
        while (!free.getAsBoolean()) {
            if (!worthwhile || !clock.instant().isBefore(end)) {
                throw waiting(code, why, clock.instant().plus(atMost));
            }
            sleep(SLICE, end);
        }
    }

    FaultException waiting(String code, String why, Instant then) {
        return new FaultException(new Fault.Transient(
                step, code, connection + ": " + why + ".", "Nothing to do: it goes on by itself.", then));
    }

    private void sleep(Duration slice, Instant then) {
        try {
            this.sleep.pass(slice);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Thread.currentThread().isInterrupted() || stopping.getAsBoolean()) {
            throw waiting("STOPPED", "the call was given up because Bellwether stops", then);
        }
    }
}
