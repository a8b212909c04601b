package bellwether.source;

import bellwether.nps.Fault;
import java.util.HashSet;
import java.util.Set;

/** The pages seen of a window, by which a tool is found out that leads back to one of them, to none, or to empty ones without end. */
final class Trail {
    private static final int BARREN = 20;

    private final Set<String> seen = new HashSet<>();

    /** A page that cannot be gone on from: the tool says there is more and not where, goes in a circle, or sends nothing for long. */
    Fault.Transient lost(Paging.After after, Tool.Stream stream, Position position, int rows) {
        if (after instanceof Paging.After.Lost) return Faults.lost(stream);
        if (!(after instanceof Paging.After.On on)) return null;
        Bookmark at = position.bookmark();
        if (at.page() == null) seen.clear();
        else seen.add(key(position, at.page()));
        if (rows == 0 && at.barren() >= BARREN) return Faults.barren(stream);
        return rows > 0 && seen.contains(key(position, on.page())) ? Faults.circle(stream) : null;
    }

    /** True for an empty page that leads to one seen before: there is nothing behind it. */
    boolean repeats(Paging.After after, Position position, int rows) {
        return rows == 0 && after instanceof Paging.After.On on && seen.contains(key(position, on.page()));
    }

    void forget() {
        seen.clear();
    }

    private static String key(Position position, String page) {
        return String.join(
                "\n",
                position.parent(),
                position.scan(),
                "" + position.coveredUntil(),
                "" + position.bookmark().top(),
                page);
    }
}
