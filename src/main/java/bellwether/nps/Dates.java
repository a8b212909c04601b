package bellwether.nps;

import java.time.LocalDate;
import java.time.ZoneId;

/** Local dates from {@code from} up to, but without, {@code until}; null on either side is open. */
public record Dates(LocalDate from, LocalDate until) {
    public boolean contains(LocalDate date) {
        return (from == null || !date.isBefore(from)) && (until == null || date.isBefore(until));
    }

    /** The same between local midnights of a zone, so that a day of 23 or 25 hours is one day. */
    public Span in(ZoneId zone) {
        return new Span(
                from == null ? null : from.atStartOfDay(zone).toInstant(),
                until == null ? null : until.atStartOfDay(zone).toInstant());
    }
}
