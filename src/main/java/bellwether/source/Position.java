package bellwether.source;

import java.time.Instant;

/**
 * How far one scan of one connection has come. Everything in [from, coveredUntil) is read; the open window is [coveredUntil, to).
 *
 * @param parent the survey or form a scan is about, or empty
 * @param scan {@code parents}, {@code persons}, {@code sends}, {@code backfill}, {@code incremental} or {@code rescan:<tier>}
 * @param coveredUntil moves only when a window has been read to its end
 * @param from where the scan began; of the backfill, since when there is data
 * @param to where it ends; equal to {@code coveredUntil} when it is done
 * @param token where to go on within the open window, see {@link Bookmark}; or null for its start
 * @param boundary the last instant read in this window, or null
 * @param notBefore the earliest next request, or null
 * @param seen rows read by this scan, repeated ones too
 */
public record Position(
        String connection,
        String parent,
        String scan,
        Instant coveredUntil,
        Instant from,
        Instant to,
        String token,
        Boundary boundary,
        Instant notBefore,
        long seen) {

    public static final String PERSONS = "persons";
    public static final String BACKFILL = "backfill";
    public static final String INCREMENTAL = "incremental";
    public static final String PARENTS = "parents";
    public static final String SENDS = "sends";

    /** What the name of every re-scan begins with. */
    public static final String RESCAN = "rescan:";

    /** A scan of [from, to) of which nothing is read yet. */
    public static Position open(String connection, String scan, Instant from, Instant to) {
        return new Position(connection, "", scan, from, from, to, null, null, null, 0);
    }

    /** True while something is left to read. */
    public boolean open() {
        return coveredUntil.isBefore(to);
    }

    /** How much of the time span is read, from 0 to 1. */
    public double progress() {
        if (!open()) return 1;
        Instant reached = boundary == null || boundary.at().isBefore(coveredUntil) ? coveredUntil : boundary.at();
        double span = to.toEpochMilli() - from.toEpochMilli();
        return span <= 0 ? 0 : Math.min(1, (reached.toEpochMilli() - from.toEpochMilli()) / span);
    }

    /** The open window once more from its start; what was read of it is read again. */
    Position restarted() {
        return new Position(
                connection,
                parent,
                scan,
                coveredUntil,
                from,
                to,
                bookmark().lasting().text(),
                null,
                null,
                seen);
    }

    /** The same scan of a parent. */
    public Position of(String parentId) {
        return new Position(connection, parentId, scan, coveredUntil, from, to, token, boundary, notBefore, seen);
    }

    /** Where reading goes on within the open window. */
    public Bookmark bookmark() {
        return Bookmark.of(token);
    }

    Position waiting(Instant until) {
        return new Position(connection, parent, scan, coveredUntil, from, to, token, boundary, until, seen);
    }

    /** On to the next page of the window. */
    Position at(Bookmark next, Boundary nextBoundary, int rows) {
        return new Position(
                connection, parent, scan, coveredUntil, from, to, next.text(), nextBoundary, null, seen + rows);
    }

    /** On to a new window that begins at the boundary, whose rows are read again and recognised. */
    Position window(Boundary nextBoundary, int rows) {
        return new Position(
                connection, parent, scan, nextBoundary.at(), from, to, null, nextBoundary, null, seen + rows);
    }

    /** The window is read. What the tool's own cursor says is kept. */
    Position covered(Instant end, int rows) {
        String kept = Bookmark.START.own(bookmark().own()).text();
        return new Position(connection, parent, scan, end, from, to, kept, null, null, seen + rows);
    }

    /** All read. */
    Position done(int rows) {
        return covered(to, rows);
    }

    /** A new window after what is covered, beginning so much earlier. */
    Position reopened(Instant begin, Instant end) {
        return new Position(connection, parent, scan, begin, from, end, token, null, null, seen);
    }
}
