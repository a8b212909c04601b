package bellwether.admin;

import bellwether.nps.Interval;
import bellwether.nps.Nps;
import java.math.BigDecimal;

/** Figures as they are shown: rounded once, to one decimal, half away from zero, as in the CRM. */
final class Figures {
    /** From low to high, in points. */
    public record Range(BigDecimal low, BigDecimal high) {}

    static BigDecimal shown(Nps nps) {
        return nps == null ? null : nps.rounded(1);
    }

    static Range range(Interval interval) {
        return interval == null ? null : new Range(interval.lowRounded(1), interval.highRounded(1));
    }

    private Figures() {}
}
