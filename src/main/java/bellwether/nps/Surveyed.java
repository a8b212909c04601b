package bellwether.nps;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * When a person was asked, and whether they may be asked again; null is not known. A copy of a tool's says all of it: what it leaves out is
 * taken back, but for the latest instant.
 *
 * @param lastAt the latest instant at which they were asked
 * @param notUntil before when they are not to be asked
 * @param excludedReason why they are not to be asked at all
 */
public record Surveyed(Instant lastAt, Instant notUntil, String excludedReason) {
    public static final Surveyed UNKNOWN = new Surveyed(null, null, null);

    private static final String BETWEEN = "; ";

    /** Of one person who is known from two sides: the later instants and every reason, each once. */
    public Surveyed and(Surveyed other) {
        return new Surveyed(
                later(lastAt, other.lastAt),
                later(notUntil, other.notUntil),
                both(excludedReason, other.excludedReason));
    }

    private static String both(String one, String other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<String> reasons = new TreeSet<>(List.of(one.split(BETWEEN)));
        reasons.addAll(List.of(other.split(BETWEEN)));
        return String.join(BETWEEN, reasons);
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }
}
