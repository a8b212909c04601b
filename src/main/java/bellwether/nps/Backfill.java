package bellwether.nps;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** How far back a new connection reads. */
public final class Backfill {
    private Backfill() {}

    /**
     * Local midnight of today minus so many calendar months, clamped to that month's end: one day before the trailing window of as many
     * months begins, so the backfill always covers it. Six months before 31 August 2026 is 28 February.
     */
    public static Instant start(LocalDate today, int months, ZoneId zone) {
        return today.minusMonths(months).atStartOfDay(zone).toInstant();
    }
}
