package bellwether.admin;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * The two times a figure can be asked for: the day it is about, and the instant whose knowledge is taken.
 *
 * @param validAt the last instant of the day, or of today the present one
 * @param knownAt never after now
 */
record Moment(Instant validAt, Instant knownAt) {
    /** What a request says of them, before it is known in which zone the account's days begin; all null for the present. */
    record Asked(LocalDate asOf, LocalDate knownOn, Instant knownAt) {
        /** Null for the present. A day known of is taken to its end; without {@code as_of} the figure is about that time. */
        Moment in(ZoneId zone, Instant now) {
            if (asOf == null && knownOn == null && knownAt == null) {
                return null;
            }
            Instant known = knownAt != null ? knownAt : knownOn != null ? end(knownOn, zone, now) : now;
            return new Moment(asOf == null ? known : end(asOf, zone, now), known);
        }

        private static Instant end(LocalDate day, ZoneId zone, Instant now) {
            Instant end = day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1);
            return end.isAfter(now) ? now : end;
        }
    }

    /** Reads {@code as_of} and {@code known_at}. */
    static Asked asked(Ask ask, Clock clock, ZoneId zone) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        LocalDate asOf = ask.value("as_of", text -> day(text, today), null);
        Asked known = ask.value("known_at", text -> known(text, today, clock.instant()), new Asked(null, null, null));
        return new Asked(asOf, known.knownOn(), known.knownAt());
    }

    private static Asked known(String text, LocalDate today, Instant now) {
        try {
            if (!text.contains("T")) {
                return new Asked(null, notAfter(LocalDate.parse(text), today), null);
            }
            Instant at = OffsetDateTime.parse(text).toInstant();
            if (at.isAfter(now)) {
                throw new IllegalArgumentException("It lies in the future.");
            }
            return new Asked(null, null, at);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Write a date (2026-01-01) or an instant (2026-01-01T00:00:00Z).", e);
        }
    }

    private static LocalDate notAfter(LocalDate day, LocalDate today) {
        if (day.isAfter(today)) {
            throw new IllegalArgumentException("It lies in the future.");
        }
        return day;
    }

    private static LocalDate day(String text, LocalDate today) {
        try {
            return notAfter(LocalDate.parse(text), today);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Write a date, such as 2026-01-31.", e);
        }
    }
}
