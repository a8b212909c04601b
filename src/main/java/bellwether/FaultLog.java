package bellwether;

import bellwether.nps.Fault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line what broke a turn of a route; a bug with its stack, anything else without. */
public final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(FaultLog.class);

    /** Notes what a route threw. */
    public void note(String route, Throwable thrown) {
        Fault fault = Broken.fault(route, thrown);
        if (fault instanceof Fault.Bug) {
            // The message may hold what a person wrote; the stack does not.
            Throwable cause = Broken.cause(thrown);
            var stack = new Throwable(cause.getClass().getName());
            stack.setStackTrace(cause.getStackTrace());
            LOG.error("{}: {}: {} {}", route, fault.code(), fault.message(), fault.advice(), stack);
        } else {
            LOG.warn("{}: {}: {} {}", route, fault.code(), fault.message(), fault.advice());
        }
    }
}
