package bellwether.daemon;

import bellwether.nps.Fault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line what broke a turn of a route; a bug with its stack, anything else without. */
public final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);

    private static final Duration REPEAT = Duration.ofMinutes(5);

    private final Map<String, Instant> said = new ConcurrentHashMap<>();
    private final Clock clock;

    FaultLog(Clock clock) {
        this.clock = clock;
    }

    /** Notes what a route threw; the same again is said every five minutes only. */
    public void note(String route, Throwable thrown) {
        Fault fault = Broken.fault(route, thrown);
        Instant now = clock.instant();
        Instant before = said.get(route + fault.code());
        if (before != null && now.isBefore(before.plus(REPEAT))) {
            return;
        }
        said.put(route + fault.code(), now);
        if (fault instanceof Fault.Bug) {
            // The message may hold what a person wrote; the stack does not.
            Throwable bug = Broken.unwrapped(thrown);
            var stack = new Throwable(bug.getClass().getName());
            stack.setStackTrace(bug.getStackTrace());
            LOG.error("{}: {}: {} {}", route, fault.code(), fault.message(), fault.advice(), stack);
        } else {
            LOG.warn("{}: {}: {} {}", route, fault.code(), fault.message(), fault.advice());
        }
    }
}
