package bellwether.oracle;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The naive recomputation of a further health: how many of the answers to another question than the NPS one are satisfied ones. */
final class Satisfied {
    private static final List<String> WORST_FIRST = List.of("Poor", "Average", "Good", "Unknown");

    private Satisfied() {}

    /** Each metric is judged by itself; the worst that is known counts, of equal ones the first. */
    static String of(Law.Named rule, List<Answer> answers, Law law, ZoneId zone, LocalDate today) {
        String worst = null;
        for (Law.Asked asked : rule.metrics()) {
            String health = of(asked, rule, answers, law, zone, today);
            worst = worst == null || rank(health) < rank(worst) ? health : worst;
        }
        return worst;
    }

    private static int rank(String health) {
        return WORST_FIRST.indexOf(health.substring(0, health.indexOf(':')));
    }

    private static String of(
            Law.Asked asked, Law.Named rule, List<Answer> answers, Law law, ZoneId zone, LocalDate today) {
        LocalDate[] days = Naive.days(rule.window(), today, law.fiscalMonth());
        LocalDate last = null;
        Map<String, Answer> kept = new LinkedHashMap<>();
        for (Answer answer : answers) {
            if (!asked.metric().equals(answer.metric()) || answer.excluded() || answer.score() == null) {
                continue;
            }
            last = LocalDate.ofInstant(answer.at(), zone);
            if (days[0] == null || !last.isBefore(days[0]) && !last.isAfter(days[1])) {
                kept.put(law.latest() ? answer.who() : answer.key(), answer);
            }
        }
        String none = "Unknown: no " + asked.metric() + " answer";
        if (last == null) {
            return none;
        } else if (last.plusDays(rule.staleDays()).isBefore(today)) {
            return none + " since " + last;
        } else if (kept.isEmpty()) {
            return none + " in the window " + rule.window();
        }
        int satisfied = 0;
        int dissatisfied = 0;
        for (Answer answer : kept.values()) {
            satisfied += answer.score() >= asked.satisfiedFrom() ? 1 : 0;
            dissatisfied += answer.score() <= asked.dissatisfiedTo() ? 1 : 0;
        }
        String health = 100 * satisfied < rule.poor() * kept.size()
                ? "Poor"
                : 100 * satisfied < rule.good() * kept.size() ? "Average" : "Good";
        return health + ": " + asked.metric() + ": " + satisfied + " of " + kept.size() + " satisfied, " + dissatisfied
                + " dissatisfied";
    }
}
