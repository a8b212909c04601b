package bellwether.nps;

import java.math.BigDecimal;

/** A Net Promoter Score: 100·(promoters − detractors)/n, exact, from −100 to 100. Where n is 0 there is none, which is null. */
public record Nps(Fraction points) implements Comparable<Nps> {
    private static final Fraction HUNDRED = Fraction.of(100, 1);

    public Nps {
        if (points.compareTo(HUNDRED) > 0 || points.compareTo(Fraction.of(-100, 1)) < 0) {
            throw new IllegalArgumentException("An NPS lies between -100 and 100, not at " + points.rounded(1) + ".");
        }
    }

    /** The NPS of exact counts, or null for no answers. */
    public static Nps of(Tally tally) {
        return tally.n() == 0 ? null : new Nps(Fraction.of(100L * (tally.promoters() - tally.detractors()), tally.n()));
    }

    /** Rounded once, half away from zero: 46.875 is 46.9 with one decimal and 47 with none, −12.5 is −13. */
    public BigDecimal rounded(int decimals) {
        return points.rounded(decimals);
    }

    /** One decimal, as shown to people. */
    public String display() {
        return rounded(1).toPlainString();
    }

    /** True if at or above a whole threshold. */
    public boolean atLeast(int threshold) {
        return points.compareTo(Fraction.of(threshold, 1)) >= 0;
    }

    @Override
    public int compareTo(Nps other) {
        return points.compareTo(other.points);
    }
}
