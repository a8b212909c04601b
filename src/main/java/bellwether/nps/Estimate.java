package bellwether.nps;

/**
 * An NPS seen as a sample mean of +1, 0 and −1, in points: centre and standard error. The plain (Wald) form claims certainty when all
 * agree; the adjusted form adds ¾ promoters, ¾ detractors and 1½ passives first (Rocks 2016; Sauro and Lewis) and covers small samples.
 */
public record Estimate(double centre, double standardError) {
    /** Null where n is 0. */
    public static Estimate wald(Tally tally) {
        return tally.n() == 0 ? null : of(tally.promoters(), tally.detractors(), tally.n());
    }

    /** Null where n is 0. */
    public static Estimate adjusted(Tally tally) {
        return tally.n() == 0 ? null : of(tally.promoters() + 0.75, tally.detractors() + 0.75, tally.n() + 3.0);
    }

    public double halfWidth(double z) {
        return z * standardError;
    }

    private static Estimate of(double promoters, double detractors, double n) {
        double mean = (promoters - detractors) / n;
        double variance = Math.max(0, (promoters + detractors) / n - mean * mean);
        return new Estimate(100 * mean, 100 * Math.sqrt(variance / n));
    }
}
