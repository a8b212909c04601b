package bellwether.health;

import bellwether.nps.Metric;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An answer with the reason it does not count in any window, or null if it may.
 *
 * @param because the answer that this one repeats; else null
 */
record Judged(Answer answer, Reason reason, Answer because) {
    boolean counts() {
        return reason == null;
    }

    /**
     * All answers, earliest first. A suspected duplicate is measured from the answer that was kept, so a long series is not swallowed.
     * Answers that count by the passing of time are compared with all others, lest one of them takes the place of a later one that was
     * counted all the while.
     */
    static List<Judged> all(List<Answer> answers, Rules rules) {
        if (answers.size() == 1) {
            return List.of(new Judged(answers.get(0), reason(answers.get(0)), null));
        }
        List<Answer> sorted = new ArrayList<>(answers);
        sorted.sort(Answer.BY_TIME);
        Map<Same, List<Answer>> kept = new HashMap<>();
        List<Judged> judged = new ArrayList<>(sorted.size());
        boolean late = false;
        for (Answer answer : sorted) {
            boolean waited = answer.countsFrom() != null;
            late |= waited;
            judged.add(waited ? null : of(answer, kept, rules));
        }
        for (int i = 0; late && i < sorted.size(); i++) {
            if (judged.get(i) == null) {
                judged.set(i, of(sorted.get(i), kept, rules));
            }
        }
        return judged;
    }

    /** @param kept those judged before that count */
    private static Judged of(Answer answer, Map<Same, List<Answer>> kept, Rules rules) {
        Reason reason = reason(answer);
        if (reason != null || rules.duplicateWithin().isZero()) {
            return new Judged(answer, reason, null);
        }
        Same same = Same.of(answer, rules);
        List<Answer> theirs = kept.computeIfAbsent(same, s -> new ArrayList<>(1));
        Answer first = repeated(answer, theirs, rules);
        if (first == null) {
            theirs.add(answer);
            return new Judged(answer, null, null);
        }
        return new Judged(
                answer,
                first.source().equals(answer.source()) ? Reason.SUSPECTED_DUPLICATE : Reason.HANDED_OVER,
                first);
    }

    private static Answer repeated(Answer answer, List<Answer> kept, Rules rules) {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (repeats(answer, kept.get(i), rules)) {
                return kept.get(i);
            }
        }
        return null;
    }

    /** Surveys are known by their ids within a source; another source has other ids for them, and may know no more than the day. */
    static boolean repeats(Answer answer, Answer first, Rules rules) {
        boolean soon =
                Duration.between(first.answeredAt(), answer.answeredAt()).abs().compareTo(rules.duplicateWithin()) <= 0;
        return answer.source().equals(first.source())
                ? soon && Objects.equals(answer.survey(), first.survey())
                : soon
                        || (answer.dateOnly() || first.dateOnly())
                                && day(answer, rules).equals(day(first, rules));
    }

    private static LocalDate day(Answer answer, Rules rules) {
        return LocalDate.ofInstant(answer.answeredAt(), rules.zone());
    }

    private static Reason reason(Answer answer) {
        if (answer.excluded() != null) {
            return answer.excluded();
        }
        if (answer.metric() != Metric.NPS) {
            return Reason.OTHER_METRIC;
        }
        return answer.score() == null ? Reason.UNSCORED : null;
    }

    /** Who said what: answers in which this differs never repeat each other. */
    record Same(String person, String family, Integer score) {
        static Same of(Answer answer, Rules rules) {
            return new Same(answer.person(), rules.family(answer.source()), answer.score());
        }
    }
}
