package bellwether.nps;

/**
 * The difference between two NPS of separate answers: plain points, and how many standard errors they are away from no change.
 *
 * @param points after minus before, exact, from −200 to 200
 * @param standardError of the difference, in points
 */
public record Change(Tally before, Tally after, Fraction points, double standardError) {
    private static final Fraction FALL = Fraction.of(-20, 1);
    private static final double FALL_Z = -1.64;

    /** With the plain standard errors; null unless both have answers. */
    public static Change plain(Tally before, Tally after) {
        return of(before, after, Estimate.wald(before), Estimate.wald(after));
    }

    /** With the adjusted standard errors, which are never 0: for the falling signal; null unless both have answers. */
    public static Change adjusted(Tally before, Tally after) {
        return of(before, after, Estimate.adjusted(before), Estimate.adjusted(after));
    }

    /** As shown to people: plain, but adjusted where one side is of one mind, which the plain form takes for certainty. */
    public static Change shown(Tally before, Tally after) {
        Change plain = plain(before, after);
        return plain == null
                        || Estimate.wald(before).standardError() > 0
                                && Estimate.wald(after).standardError() > 0
                ? plain
                : adjusted(before, after);
    }

    /** Points over standard error. */
    public double z() {
        return points.signum() == 0 ? 0 : points.toDouble() / standardError;
    }

    /** True if such a difference is unlikely to be chance, at 95 %. */
    public boolean distinguishable() {
        return Math.abs(z()) >= Interval.Z95;
    }

    /** True if this is a fall to act upon: at least {@code minN} answers on both sides, 20 points or more, z of −1.64 or less. */
    public boolean falling(int minN) {
        return before.n() >= minN && after.n() >= minN && points.compareTo(FALL) <= 0 && z() <= FALL_Z;
    }

    private static Change of(Tally before, Tally after, Estimate first, Estimate second) {
        if (first == null || second == null) {
            return null;
        }
        Fraction points = after.nps().points().minus(before.nps().points());
        return new Change(before, after, points, Math.hypot(first.standardError(), second.standardError()));
    }
}
