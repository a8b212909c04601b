package bellwether.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The faults still to come, in the order they were planned; a call is hit by the first that matches it. */
final class Faults {
    private static final class Planned {
        private final Fault fault;
        private int skip;
        private int left;

        Planned(Fault fault) {
            this.fault = fault;
            this.skip = fault.skip();
            this.left = fault.times();
        }
    }

    private final List<Planned> planned = new ArrayList<>();
    private volatile boolean none = true;

    synchronized void add(Fault fault) {
        planned.add(new Planned(fault));
        none = false;
    }

    synchronized void clear() {
        planned.clear();
        none = true;
    }

    boolean none() {
        return none;
    }

    synchronized List<Fault> pending() {
        return planned.stream().map(p -> p.fault.after(p.skip).times(p.left)).toList();
    }

    /** The fault that hits this call, or null. */
    synchronized Fault hit(String method, String path) {
        for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
            Planned p = all.next();
            boolean matches = path.startsWith(p.fault.path())
                    && (p.fault.method() == null || p.fault.method().equals(method));
            if (!matches) {
                continue;
            }
            if (p.skip > 0) {
                p.skip--;
                continue;
            }
            if (p.left > 0 && --p.left == 0) {
                all.remove();
                none = planned.isEmpty();
            }
            return p.fault;
        }
        return null;
    }
}
