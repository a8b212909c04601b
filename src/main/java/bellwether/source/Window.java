package bellwether.source;

import bellwether.mapping.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The part of a scan that is asked for at once: rows in [from, to). Its bounds are written so wide that no row at an edge is lost,
 * whatever the tool includes and however coarsely it tells time; what lies beyond them is left out here.
 *
 * @param end everything before it is covered once the window is read
 * @param step the smallest that its bounds can tell
 */
record Window(Instant from, Instant to, Instant end, Cursor.Time cursor, ZoneId zone, Duration step) {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** @param zone of bounds that are written without one */
    static Window of(Position position, Bookmark at, Cursor.Time cursor, ZoneId zone) {
        Instant from = position.coveredUntil();
        Instant end = position.to();
        if (cursor.window() != null && from.plus(cursor.window()).isBefore(end)) end = from.plus(cursor.window());
        Instant top = at.top() == null ? end : Instant.ofEpochMilli(at.top());
        Instant to = top.isBefore(end) ? top : end;
        return new Window(
                from, to, cursor.order() == Cursor.Order.DESCENDING ? end : to, cursor, zone, Times.step(cursor.as()));
    }

    /** The lower bound as it is sent. */
    String lower() {
        return Times.write(cursor.fromIncluded() ? from : from.minus(step()), cursor.as(), zone);
    }

    /** The upper bound as it is sent: not before {@code to}. */
    String upper() {
        Instant up = to.plus(step()).minusNanos(1).truncatedTo(ChronoUnit.MILLIS);
        return Times.write(up, cursor.as(), zone);
    }

    boolean holds(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    /** True for a row that a tool which heeds its bounds would not have sent. */
    boolean impossible(Instant at, boolean lowerSent, boolean upperSent) {
        Duration margin = step.plus(step);
        return lowerSent && at.isBefore(from) && at.isBefore(from.minus(margin))
                || upperSent && !at.isBefore(to) && !at.isBefore(to.plus(margin));
    }

    /** The instant as exactly as the bounds can tell it. */
    Instant floor(Instant at) {
        if (at.getNano() == 0 && step.compareTo(SECOND) <= 0) return at;
        if (step.compareTo(SECOND) < 0) return at.truncatedTo(ChronoUnit.MILLIS);
        if (step.equals(SECOND)) return at.truncatedTo(ChronoUnit.SECONDS);
        ChronoUnit unit =
                step.toDays() > 0 ? ChronoUnit.DAYS : step.toHours() > 0 ? ChronoUnit.HOURS : ChronoUnit.MINUTES;
        return zone.equals(ZoneOffset.UTC)
                ? at.truncatedTo(unit)
                : at.atZone(zone).truncatedTo(unit).toInstant();
    }
}
