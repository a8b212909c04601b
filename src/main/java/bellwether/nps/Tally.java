package bellwether.nps;

/** How many promoters, passives and detractors there are: the exact counts every NPS figure is made of. */
public record Tally(int promoters, int passives, int detractors) {
    public static final Tally NONE = new Tally(0, 0, 0);

    public Tally {
        if (promoters < 0 || passives < 0 || detractors < 0) {
            throw new IllegalArgumentException(
                    "Counts are never negative: " + promoters + ", " + passives + ", " + detractors + ".");
        }
    }

    /** The tally of scores of 0 to 10. */
    public static Tally of(Iterable<Integer> scores) {
        Tally tally = NONE;
        for (int score : scores) {
            tally = tally.plus(Category.of(score));
        }
        return tally;
    }

    public Tally plus(Tally other) {
        return new Tally(
                Math.addExact(promoters, other.promoters),
                Math.addExact(passives, other.passives),
                Math.addExact(detractors, other.detractors));
    }

    /** One answer more. */
    public Tally plus(Category category) {
        return switch (category) {
            case PROMOTER -> new Tally(Math.addExact(promoters, 1), passives, detractors);
            case PASSIVE -> new Tally(promoters, Math.addExact(passives, 1), detractors);
            case DETRACTOR -> new Tally(promoters, passives, Math.addExact(detractors, 1));
        };
    }

    /** All answers counted. */
    public int n() {
        return Math.addExact(Math.addExact(promoters, passives), detractors);
    }

    /** Null where n is 0. */
    public Nps nps() {
        return Nps.of(this);
    }

    /** The adjusted 95 % interval; null where n is 0. */
    public Interval interval() {
        return Interval.adjusted(this);
    }
}
