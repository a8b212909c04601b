package bellwether.nps;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Where a figure plausibly lies, given how few answers it rests on. Points for an NPS, percent for a rate. */
public record Interval(double low, double high) {
    /** The normal quantile of a two-sided 95 % interval. */
    public static final double Z95 = 1.96;

    /** The adjusted 95 % interval of an NPS; null where n is 0. */
    public static Interval adjusted(Tally tally) {
        return adjusted(tally, Z95);
    }

    /** The adjusted interval, clipped to [−100, 100] and widened if needed to contain the plain NPS; null where n is 0. */
    public static Interval adjusted(Tally tally, double z) {
        Estimate estimate = Estimate.adjusted(tally);
        if (estimate == null) {
            return null;
        }
        double nps = Estimate.wald(tally).centre();
        Interval clipped = clipped(estimate, z);
        return new Interval(Math.min(clipped.low, nps), Math.max(clipped.high, nps));
    }

    /** The plain interval, clipped to [−100, 100]; null where n is 0. For comparison: it is nonsense when all agree. */
    public static Interval wald(Tally tally, double z) {
        Estimate estimate = Estimate.wald(tally);
        return estimate == null ? null : clipped(estimate, z);
    }

    private static Interval clipped(Estimate estimate, double z) {
        double half = estimate.halfWidth(z);
        return new Interval(Math.max(-100, estimate.centre() - half), Math.min(100, estimate.centre() + half));
    }

    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    public BigDecimal lowRounded(int decimals) {
        return BigDecimal.valueOf(low).setScale(decimals, RoundingMode.HALF_UP);
    }

    public BigDecimal highRounded(int decimals) {
        return BigDecimal.valueOf(high).setScale(decimals, RoundingMode.HALF_UP);
    }

    /** As shown to people, one decimal: {@code -19.1 to 65.2}. */
    public String display() {
        return lowRounded(1).toPlainString() + " to " + highRounded(1).toPlainString();
    }
}
