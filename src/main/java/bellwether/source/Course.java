package bellwether.source;

import bellwether.nps.Fault;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The scans of one run in their order; those of surveys follow when the list of surveys is read. */
public final class Course {
    private final Connection connection;
    private final Puller puller;
    private final Supplier<List<Position>> stored;
    private final Instant now;
    private final ZoneId zone;
    private final Map<String, Fault> refused = new LinkedHashMap<>();
    private Iterator<Position> scans;
    private Position begun;
    private boolean fanned;

    /**
     * @param plan of this run
     * @param stored what the store remembers of this connection
     * @param now the beginning of the run
     */
    public Course(
            Connection connection,
            Puller puller,
            Plan plan,
            Supplier<List<Position>> stored,
            Instant now,
            ZoneId zone) {
        this.connection = connection;
        this.puller = puller;
        this.scans = plan.scans().iterator();
        this.stored = stored;
        this.now = now;
        this.zone = zone;
    }

    /** The next scan, or null at the end of the run. */
    public Position next() {
        while (true) {
            if (!scans.hasNext() && !fanned && puller.parents() != null) fan();
            if (!scans.hasNext()) return null;
            Position scan = scans.next();
            if (!refused.containsKey(scan.parent())) return scan;
        }
    }

    private void fan() {
        fanned = true;
        List<Position> plan =
                Plan.fan(connection, stored.get(), puller.parents(), now, zone).scans();
        begun = plan.stream()
                .filter(scan -> scan.parent().isEmpty() && scan.scan().equals(Position.BACKFILL))
                .findFirst()
                .orElse(null);
        scans = plan.iterator();
    }

    /** A backfill of the connection as a whole that has just begun, once, so that it is known to be under way; else null. */
    public Position begun() {
        Position first = begun;
        begun = null;
        return first;
    }

    /** Leaves out what is left of a parent in this run. */
    public void skip(Step.Skip skip) {
        refused.put(skip.position().parent(), skip.fault());
    }

    /** The parents left out, and why. */
    public Map<String, Fault> refused() {
        return Map.copyOf(refused);
    }

    /** A reason to stop: every parent was refused. Null if one was answered. */
    public Fault.Config refusal() {
        boolean all = fanned && !refused.isEmpty() && refused.keySet().containsAll(puller.parents());
        return all ? Faults.stopping(refused.values().iterator().next()) : null;
    }
}
