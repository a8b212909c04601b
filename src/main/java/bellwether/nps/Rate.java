package bellwether.nps;

import java.math.BigDecimal;

/** A share of a whole in percent, such as a response rate; a part larger than its whole is a data error and refused. */
public record Rate(long part, long whole) {
    public Rate {
        if (part < 0 || whole <= 0 || part > whole) {
            throw new IllegalArgumentException("A rate is a part of a whole, not " + part + " of " + whole + ".");
        }
    }

    /** Null where the whole is 0. */
    public static Rate of(long part, long whole) {
        return part == 0 && whole == 0 ? null : new Rate(part, whole);
    }

    public Fraction percent() {
        return Fraction.of(Math.multiplyExact(100, part), whole);
    }

    /** Percent, rounded once, half away from zero. */
    public BigDecimal rounded(int decimals) {
        return percent().rounded(decimals);
    }

    /** The Wilson score interval at 95 %, in percent. */
    public Interval wilson() {
        double z = Interval.Z95;
        double n = whole;
        double share = part / n;
        double scale = 1 + z * z / n;
        double centre = (share + z * z / (2 * n)) / scale;
        double half = z / scale * Math.sqrt(share * (1 - share) / n + z * z / (4 * n * n));
        return new Interval(100 * Math.max(0, centre - half), 100 * Math.min(1, centre + half));
    }
}
