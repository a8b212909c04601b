package bellwether.health;

import bellwether.nps.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer with the reason it does not count in any window, or null if it may.
 *
 * @param because the answer that makes this one a suspected duplicate; else null
 */
record Judged(Answer answer, Reason reason, Answer because) {
    boolean counts() {
        return reason == null;
    }

    /** All answers, earliest first. A suspected duplicate is measured from the answer that was kept, so a long series is not swallowed. */
    static List<Judged> all(List<Answer> answers, Rules rules) {
        if (answers.size() == 1) {
            return List.of(new Judged(answers.get(0), reason(answers.get(0)), null));
        }
        List<Answer> sorted = new ArrayList<>(answers);
        sorted.sort(Answer.BY_TIME);
        Map<Same, Answer> kept = new HashMap<>();
        List<Judged> judged = new ArrayList<>(sorted.size());
        for (Answer answer : sorted) {
            Reason reason = reason(answer);
            Answer first = null;
            if (reason == null && rules.duplicateWithin().toMillis() > 0) {
                Same same = new Same(answer.person(), answer.source(), answer.survey(), answer.score());
                first = kept.get(same);
                if (first != null
                        && !answer.answeredAt().isAfter(first.answeredAt().plus(rules.duplicateWithin()))) {
                    reason = Reason.SUSPECTED_DUPLICATE;
                } else {
                    kept.put(same, answer);
                    first = null;
                }
            }
            judged.add(new Judged(answer, reason, first));
        }
        return judged;
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

    /** A survey is known by its id within its source. */
    private record Same(String person, String source, String survey, Integer score) {}
}
