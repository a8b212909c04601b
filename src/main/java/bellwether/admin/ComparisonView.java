package bellwether.admin;

import bellwether.health.Comparison;
import bellwether.health.Difference;
import bellwether.health.Rules;
import bellwether.nps.Tally;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How our figure of one connection comes from the figure its tool shows.
 *
 * @param theirs the number the tool shows
 * @param rounding how it is rounded there
 * @param ours the figure of this connection here
 * @param company the figure of all connections, or null if there is no other
 * @param agree true if ours, rounded as theirs, is theirs
 * @param explained true if some way of counting gives their number
 * @param steps from everything the tool could count to ours, one difference after another
 * @param explanations the ways of counting that give their number, the nearest to ours first
 * @param check what else to look at; empty if the numbers agree
 */
public record ComparisonView(
        String connection,
        AccountNps.Bounds window,
        LocalDate today,
        BigDecimal theirs,
        String rounding,
        boolean agree,
        boolean explained,
        Figure ours,
        Figure company,
        List<Step> steps,
        List<Way> explanations,
        List<String> check) {
    /**
     * One step.
     *
     * @param step a stable word
     * @param label for people
     * @param nps to one decimal, rounded once
     * @param shown as the tool would show it
     * @param met true if that is their number
     */
    public record Step(
            String step, String label, @JsonUnwrapped Figure figure, BigDecimal shown, boolean met) {}

    /**
     * A way of counting that gives their number.
     *
     * @param differences stable words of what is done otherwise there
     * @param text for people
     */
    public record Way(List<String> differences, String text) {}

    static ComparisonView of(
            String connection,
            AccountNps.Bounds window,
            LocalDate today,
            Comparison comparison,
            Rules rules,
            List<String> check) {
        List<Step> steps = new ArrayList<>();
        for (Comparison.Step step : comparison.steps()) {
            steps.add(step(step, steps.size(), rules));
        }
        Tally ours = comparison.ours();
        BigDecimal shown = comparison.rounding().once(ours);
        boolean agree = shown != null && shown.compareTo(comparison.theirs()) == 0;
        return new ComparisonView(
                connection,
                window,
                today,
                comparison.theirs(),
                comparison.rounding().label(),
                agree,
                !comparison.explanations().isEmpty(),
                Figure.of(ours, rules),
                comparison.all().equals(ours) ? null : Figure.of(comparison.all(), rules),
                steps,
                comparison.explanations().stream().map(ComparisonView::way).toList(),
                agree ? List.of() : check);
    }

    private static Step step(Comparison.Step step, int number, Rules rules) {
        Difference difference = step.difference();
        return new Step(
                difference != null ? difference.label() : number == 0 ? "everything" : "rounding",
                difference != null ? difference.ours() : number == 0 ? "all, rounded percentages" : "rounded once",
                Figure.of(step.tally(), rules),
                step.shown(),
                step.met());
    }

    private static Way way(Comparison.Explanation way) {
        List<String> words =
                way.differences().stream().map(Difference::label).collect(Collectors.toCollection(ArrayList::new));
        List<String> texts =
                way.differences().stream().map(Difference::theirs).collect(Collectors.toCollection(ArrayList::new));
        if (way.percentagesRounded()) {
            words.add("rounding");
            texts.add("it subtracts percentages that are rounded already");
        }
        return new Way(words, texts.isEmpty() ? "it counts as we do" : String.join("; ", texts));
    }
}
