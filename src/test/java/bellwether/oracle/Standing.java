package bellwether.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How an account stands by its answers: each of its healths, whether it falls, and since when that is so.
 *
 * @param weighed null if there is no composite health
 * @param fields what the CRM knows of it
 * @param naive the answers
 */
record Standing(Law law, Law.Composite weighed, Map<String, String> fields, Naive naive, ZoneId zone) {
    static final String FALLING = "account_falling";
    static final String COMPOSITE = "composite_health";

    /** What is said of it. */
    List<String> names() {
        List<String> names = new ArrayList<>(List.of("relationship_health", FALLING));
        law.named().forEach(rule -> names.add(rule.name() + "_health"));
        if (weighed != null) {
            names.add(COMPOSITE);
        }
        return names;
    }

    /** What is said on a day, and why. */
    String on(String name, LocalDate day) {
        if (name.equals(FALLING)) {
            return Falls.of(naive, law, zone, day);
        } else if (name.equals(COMPOSITE)) {
            return weighing(day).health();
        }
        for (Law.Named rule : law.named()) {
            if (name.equals(rule.name() + "_health")) {
                return Satisfied.of(rule, naive.answers, law, zone, day);
            }
        }
        return naive.health(count(law.windows().get(0), day), zone, day);
    }

    Weighing weighing(LocalDate day) {
        return Weighing.of(weighed, count(weighed.window(), day), fields);
    }

    Naive.Count count(String window, LocalDate day) {
        return naive.count(Naive.days(window, day, law.fiscalMonth()), zone, law.latest());
    }

    /**
     * Since when the same is said without a break, found by going back from day to day with what had been answered by then: the last
     * answer of the day on which that began, of those it is made of, or its midnight.
     */
    Instant since(String name, LocalDate today) {
        LocalDate first = naive.answers.isEmpty() ? today : day(naive.answers.get(0));
        String now = value(on(name, today));
        LocalDate began = today;
        while (began.isAfter(first)
                && value(until(began.minusDays(1)).on(name, began.minusDays(1))).equals(now)) {
            began = began.minusDays(1);
        }
        Instant since = began.atStartOfDay(zone).toInstant();
        for (Answer answer : naive.answers) {
            since = day(answer).equals(began) && part(name, answer) ? answer.at() : since;
        }
        return since;
    }

    /** Whether what is said is made of an answer, among others. */
    private boolean part(String name, Answer answer) {
        for (Law.Named rule : law.named()) {
            if (name.equals(rule.name() + "_health")) {
                return !answer.excluded()
                        && answer.score() != null
                        && rule.metrics().stream()
                                .anyMatch(asked -> asked.metric().equals(answer.metric()));
            }
        }
        boolean unscored = law.noScore() && answer.score() == null && !name.equals(FALLING);
        return naive.counted.contains(answer) || unscored && answer.usable();
    }

    /** The same with what had been answered by the end of a day. */
    private Standing until(LocalDate last) {
        List<Answer> then = naive.answers.stream()
                .filter(answer -> !day(answer).isAfter(last))
                .toList();
        return new Standing(law, weighed, fields, new Naive(law, then), zone);
    }

    private LocalDate day(Answer answer) {
        return LocalDate.ofInstant(answer.at(), zone);
    }

    /** What is said without the reason. */
    static String value(String said) {
        return said.substring(0, said.indexOf(':')).toLowerCase();
    }
}
