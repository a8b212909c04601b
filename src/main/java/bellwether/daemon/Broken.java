package bellwether.daemon;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import bellwether.store.Runs;
import bellwether.store.StoreTrouble;

/** Sorts what is thrown on our own side. */
public final class Broken {
    /** What is to be said of something that was thrown: a fault that is known, or a bug with the place where it arose. */
    public static Fault fault(String step, Throwable wrapped) {
        Throwable thrown = unwrapped(wrapped);
        if (thrown instanceof FaultException known) {
            return known.fault();
        }
        if (thrown instanceof Runs.Superseded) {
            return new Fault.Transient(step, "SUPERSEDED", thrown.getMessage() + ".", "Nothing to do.", null);
        }
        return StoreTrouble.fault(step, thrown)
                .orElseGet(() -> new Fault.Bug(
                        step,
                        "UNEXPECTED",
                        "Something unexpected happened: " + thrown.getClass().getName() + " at " + place(thrown) + ".",
                        "Report it with the log lines of the same time; it is tried again at the next run."));
    }

    /** Camel wraps what a bean throws inside an expression. */
    static Throwable unwrapped(Throwable thrown) {
        return thrown.getClass().getPackageName().startsWith("org.apache.camel") && thrown.getCause() != null
                ? unwrapped(thrown.getCause())
                : thrown;
    }

    private static String place(Throwable thrown) {
        for (StackTraceElement element : thrown.getStackTrace()) {
            if (element.getClassName().startsWith("bellwether")) {
                return element.toString();
            }
        }
        return thrown.getStackTrace().length == 0 ? "?" : thrown.getStackTrace()[0].toString();
    }

    private Broken() {}
}
