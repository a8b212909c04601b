package bellwether.oracle;

import bellwether.oracle.World.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Some answers that are counted together, earliest first, and which of them count. */
final class Ballot {
    private static final Comparator<Answer> BY_TIME = Comparator.comparing(Answer::at)
            .thenComparing(a -> a.told().get("updated") == null
                    ? Instant.MIN
                    : (Instant) a.told().get("updated"))
            .thenComparing(Answer::source)
            .thenComparing(Answer::id);

    final List<Answer> answers;
    private final Law law;
    private final Set<Answer> repeated = new HashSet<>();

    Ballot(Law law, Collection<Answer> answers) {
        this.law = law;
        this.answers = answers.stream().sorted(BY_TIME).toList();
        List<Answer> kept = new ArrayList<>();
        for (Answer answer : this.answers) {
            for (Answer before : kept) {
                if (counts(answer) && repeats(answer, before)) {
                    repeated.add(answer);
                }
            }
            if (counts(answer)) {
                kept.add(answer);
            }
        }
    }

    private boolean repeats(Answer answer, Answer before) {
        Duration apart = Duration.between(before.at(), answer.at());
        return law.duplicateMinutes() > 0
                && apart.compareTo(Duration.ofMinutes(law.duplicateMinutes())) <= 0
                && before.who().equals(answer.who())
                && survey(before).equals(survey(answer))
                && before.score().equals(answer.score());
    }

    private static String survey(Answer answer) {
        return answer.source() + "/" + answer.told().get("survey");
    }

    private boolean usable(Answer answer) {
        return !Boolean.TRUE.equals(answer.told().get("excluded"))
                && "NPS".equals(answer.metric())
                && !repeated.contains(answer);
    }

    boolean counts(Answer answer) {
        return usable(answer) && answer.score() != null;
    }

    List<Answer> counted() {
        return answers.stream().filter(this::counts).toList();
    }

    /** What is counted from the first to the last date; of the others inside, how many are left out goes into {@code out}. */
    Collection<Answer> counted(ZoneId zone, LocalDate[] dates, boolean latest, int[] out) {
        List<Answer> counted = new ArrayList<>();
        for (Answer answer : answers) {
            LocalDate date = LocalDate.ofInstant(answer.at(), zone);
            if (dates[0] != null && (date.isBefore(dates[0]) || date.isAfter(dates[1]))) {
                continue;
            }
            if (!usable(answer)) {
                out[1]++;
            } else if (answer.score() == null && !law.noScore()) {
                out[0]++;
            } else {
                counted.add(answer);
            }
        }
        return latest ? newest(counted).values() : counted;
    }

    /** Each person's latest; one without a score only where there is none with. */
    private static Map<String, Answer> newest(List<Answer> answers) {
        Map<String, Answer> newest = new HashMap<>();
        for (Answer answer : answers) {
            Answer before = newest.get(answer.who());
            if (before == null || before.score() == null || answer.score() != null) {
                newest.put(answer.who(), answer);
            }
        }
        return newest;
    }

    /**
     * The relationship and why, such as {@code good: 1 promoter}; {@code n} are promoters, passives and detractors, {@code scored} how many
     * of them gave a score.
     */
    String health(World world, int[] n, int scored, ZoneId zone, LocalDate today) {
        List<Answer> counted = counted();
        if (counted.isEmpty()) {
            return "unknown: no scored answer";
        }
        LocalDate last = LocalDate.ofInstant(counted.get(counted.size() - 1).at(), zone);
        if (last.plusDays(law.staleDays()).isBefore(today)) {
            return "unknown: no answer since " + last;
        }
        for (String role : List.of("sponsor", "key contact")) {
            for (Answer answer : newest(counted).values()) {
                if (answer.score() <= 6 && role.equalsIgnoreCase(world.role(answer))) {
                    return "poor: " + role + " is a detractor";
                }
            }
        }
        int all = n[0] + n[1] + n[2];
        int points = 100 * (n[0] - n[2]);
        if (all == 0) {
            return "unknown: no answer in the window " + law.windows().get(0);
        }
        String health = points < law.poor() * all ? "poor" : points >= law.good() * all ? "good" : "average";
        String one = n[0] == 1 ? "1 promoter" : n[1] == 1 ? "1 passive" : "1 detractor";
        return health + ": "
                + (all > 1
                        ? "NPS " + nps(n) + " from " + all + " answers"
                        : scored == 0 ? "1 answer without a score" : one);
    }

    static String nps(int[] n) {
        return BigDecimal.valueOf(100L * (n[0] - n[2]))
                .divide(BigDecimal.valueOf((long) n[0] + n[1] + n[2]), 1, RoundingMode.HALF_UP)
                .toString();
    }
}
