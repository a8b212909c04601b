package bellwether.health;

import bellwether.nps.Category;
import bellwether.nps.Dates;
import bellwether.nps.Policy;
import bellwether.nps.Rollup;
import bellwether.nps.Span;
import bellwether.nps.Tally;
import bellwether.nps.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One account's rollups with the answers behind them: every window of the rules, under both policies. */
public record Rollups(List<Detail> details) {
    /** A rollup with what it is made of, both lists earliest first; together they hold every answer given. */
    public record Detail(Window window, Rollup rollup, List<Answer> counted, List<Omitted> omitted) {}

    /**
     * An answer that does not count here.
     *
     * @param because the answer that counts in its place, or that it seems to repeat; else null
     */
    public record Omitted(Answer answer, Reason reason, Answer because) {}

    /**
     * @param answers all current responses of one account, in any order
     * @param today in the zone of the rules
     * @param dataSince the local date from which answers are complete; null if not known
     */
    public static Rollups of(List<Answer> answers, Rules rules, LocalDate today, LocalDate dataSince) {
        return judged(Judged.all(answers, rules), rules, today, dataSince);
    }

    /** One window under one policy, which need not be among those of the rules. */
    public static Detail of(
            List<Answer> answers, Rules rules, Window window, Policy policy, LocalDate today, LocalDate dataSince) {
        return detail(Judged.all(answers, rules), rules, window, policy, today, dataSince);
    }

    /** The rollup of a window by its name under a policy; it must be among those of the rules. */
    public Detail detail(String window, Policy policy) {
        return details.stream()
                .filter(detail -> detail.rollup().window().equals(window)
                        && detail.rollup().policy() == policy)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + window + "' is not a window of the rules."));
    }

    /** The rollup of the default window under the default policy. */
    public Detail main(Rules rules) {
        return detail(rules.window().name(), rules.policy());
    }

    static Rollups judged(List<Judged> judged, Rules rules, LocalDate today, LocalDate dataSince) {
        List<Detail> details = new ArrayList<>();
        for (Window window : rules.windows()) {
            for (Policy policy : Policy.values()) {
                details.add(detail(judged, rules, window, policy, today, dataSince));
            }
        }
        return new Rollups(List.copyOf(details));
    }

    static Detail detail(
            List<Judged> judged, Rules rules, Window window, Policy policy, LocalDate today, LocalDate dataSince) {
        Dates dates = window.dates(today);
        Span span = dates.in(rules.zone());
        Map<String, Answer> winners = policy == Policy.LATEST_PER_PERSON ? winners(judged, rules, span) : null;
        List<Answer> counted = new ArrayList<>();
        List<Omitted> omitted = new ArrayList<>();
        Tally tally = Tally.NONE;
        int noScore = 0;
        int unscored = 0;
        int excluded = 0;
        for (Judged one : judged) {
            Answer answer = one.answer();
            if (!span.contains(answer.answeredAt())) {
                omitted.add(new Omitted(answer, Reason.OUTSIDE_WINDOW, null));
            } else if (!candidate(one, rules)) {
                omitted.add(new Omitted(answer, one.reason(), one.because()));
                unscored += one.reason() == Reason.UNSCORED ? 1 : 0;
                excluded += one.reason() == Reason.UNSCORED ? 0 : 1;
            } else if (winners != null && winners.get(answer.person()) != answer) {
                omitted.add(new Omitted(answer, Reason.SUPERSEDED, winners.get(answer.person())));
            } else {
                counted.add(answer);
                Category category = answer.category();
                tally = category == null ? tally : tally.plus(category);
                noScore += category == null ? 1 : 0;
            }
        }
        boolean partial =
                dataSince != null && (dates.from() == null || dates.from().isBefore(dataSince));
        Rollup rollup =
                new Rollup(window.name(), policy, span, tally, noScore, unscored, excluded, partial ? dataSince : null);
        return new Detail(window, rollup, List.copyOf(counted), List.copyOf(omitted));
    }

    /** The answers that count in a span under a policy, earliest first. */
    static List<Answer> counted(List<Judged> judged, Rules rules, Span span, Policy policy) {
        Map<String, Answer> winners =
                policy == Policy.LATEST_PER_PERSON && judged.size() > 1 ? winners(judged, rules, span) : null;
        return judged.stream()
                .filter(one ->
                        candidate(one, rules) && span.contains(one.answer().answeredAt()))
                .map(Judged::answer)
                .filter(answer -> winners == null || winners.get(answer.person()) == answer)
                .toList();
    }

    /** Whether an answer may count in a rollup. */
    static boolean candidate(Judged one, Rules rules) {
        return one.counts() || one.reason() == Reason.UNSCORED && rules.countNoScore();
    }

    /** Each person's latest answer in the span; one without a score stands for its person only where there is none with. */
    private static Map<String, Answer> winners(List<Judged> judged, Rules rules, Span span) {
        Map<String, Answer> winners = new HashMap<>();
        for (Judged one : judged) {
            if (candidate(one, rules) && span.contains(one.answer().answeredAt())) {
                winners.merge(
                        one.answer().person(),
                        one.answer(),
                        (before, later) -> later.score() == null && before.score() != null ? before : later);
            }
        }
        return winners;
    }
}
