package bellwether.nps;

import java.math.BigDecimal;
import java.util.Locale;

/** How a tool shows its own NPS, so that ours can be compared with it. Bellwether itself shows one decimal, rounded once. */
public enum Rounding {
    INTEGER(0),
    ONE_DECIMAL(1);

    private final int decimals;

    Rounding(int decimals) {
        this.decimals = decimals;
    }

    /** The name used in REST and on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what {@link #label()} writes; anything else is refused. */
    public static Rounding parse(String label) {
        for (Rounding rounding : values()) {
            if (rounding.label().equals(label.strip())) {
                return rounding;
            }
        }
        throw new IllegalArgumentException("'" + label + "' is not a rounding: use integer or one_decimal.");
    }

    /** The way a shown number seems to have been rounded: {@code 41} is an integer, {@code 41.3} has one decimal. */
    public static Rounding of(BigDecimal shown) {
        return shown.stripTrailingZeros().scale() > 0 ? ONE_DECIMAL : INTEGER;
    }

    /** True if a number can have been shown by it. */
    public boolean fits(BigDecimal shown) {
        return shown.stripTrailingZeros().scale() <= decimals;
    }

    /** Rounded once, half away from zero; null where n is 0. */
    public BigDecimal once(Tally tally) {
        return tally.n() == 0 ? null : tally.nps().rounded(decimals);
    }

    /** As many tools do it: percentages of promoters and detractors rounded first, then subtracted; null where n is 0. */
    public BigDecimal ofPercentages(Tally tally) {
        return tally.n() == 0
                ? null
                : Fraction.of(100L * tally.promoters(), tally.n())
                        .rounded(decimals)
                        .subtract(Fraction.of(100L * tally.detractors(), tally.n())
                                .rounded(decimals));
    }
}
