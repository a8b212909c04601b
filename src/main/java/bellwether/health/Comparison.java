package bellwether.health;

import bellwether.nps.Rounding;
import bellwether.nps.Span;
import bellwether.nps.Tally;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How our figure for one source comes from the figure that the tool itself shows.
 *
 * @param span the window in our zone
 * @param steps from everything the tool could count to our figure, one difference after another
 * @param explanations ways of counting that give their number, the nearest to ours first; none is part of another. Empty if no way does
 * @param ours the figure of this source here
 * @param all the company's figure, which other sources are part of
 */
public record Comparison(
        BigDecimal theirs,
        Rounding rounding,
        Span span,
        List<Step> steps,
        List<Explanation> explanations,
        Tally ours,
        Tally all) {
    private static final int MOST = 5;

    /**
     * One step.
     *
     * @param difference what was taken away by it; null for the first two: everything with rounded percentages, and rounded once
     * @param shown as the tool would show it
     * @param met true if that is their number
     */
    public record Step(Difference difference, Tally tally, BigDecimal shown, boolean met) {}

    /**
     * A way of counting that gives their number.
     *
     * @param differences in what it differs from ours
     * @param percentagesRounded true if percentages are rounded before they are subtracted
     */
    public record Explanation(Set<Difference> differences, boolean percentagesRounded) {
        private int size() {
            return differences.size() + (percentagesRounded ? 1 : 0);
        }

        private boolean within(Explanation other) {
            return other.differences.containsAll(differences) && (!percentagesRounded || other.percentagesRounded);
        }
    }

    /** @param counted the tally of each set of differences, by the sum of their bits */
    static Comparison of(
            BigDecimal theirs, Rounding rounding, Span span, Set<Difference> possible, Tally[] counted, Tally all) {
        return new Comparison(
                theirs,
                rounding,
                span,
                steps(theirs, rounding, possible, counted),
                explanations(theirs, rounding, counted),
                counted[0],
                all);
    }

    private static List<Step> steps(BigDecimal theirs, Rounding rounding, Set<Difference> possible, Tally[] counted) {
        int left = possible.stream().mapToInt(Difference::bit).sum();
        List<Step> steps = new ArrayList<>();
        steps.add(step(null, counted[left], rounding.ofPercentages(counted[left]), theirs));
        steps.add(step(null, counted[left], rounding.once(counted[left]), theirs));
        for (Difference difference : possible) {
            left -= difference.bit();
            steps.add(step(difference, counted[left], rounding.once(counted[left]), theirs));
        }
        return steps;
    }

    private static Step step(Difference difference, Tally tally, BigDecimal shown, BigDecimal theirs) {
        return new Step(difference, tally, shown, same(shown, theirs));
    }

    private static List<Explanation> explanations(BigDecimal theirs, Rounding rounding, Tally[] counted) {
        List<Explanation> all = new ArrayList<>();
        for (int bits = 0; bits < counted.length; bits++) {
            if (counted[bits] != null && same(rounding.once(counted[bits]), theirs)) {
                all.add(new Explanation(differences(bits), false));
            }
            if (counted[bits] != null && same(rounding.ofPercentages(counted[bits]), theirs)) {
                all.add(new Explanation(differences(bits), true));
            }
        }
        all.sort(Comparator.comparingInt(Explanation::size));
        List<Explanation> kept = new ArrayList<>();
        for (Explanation one : all) {
            if (kept.size() < MOST && kept.stream().noneMatch(smaller -> smaller.within(one))) {
                kept.add(one);
            }
        }
        return kept;
    }

    private static Set<Difference> differences(int bits) {
        Set<Difference> differences = EnumSet.noneOf(Difference.class);
        for (Difference difference : Difference.values()) {
            if ((bits & difference.bit()) != 0) {
                differences.add(difference);
            }
        }
        return differences;
    }

    private static boolean same(BigDecimal shown, BigDecimal theirs) {
        return shown != null && shown.compareTo(theirs) == 0;
    }
}
