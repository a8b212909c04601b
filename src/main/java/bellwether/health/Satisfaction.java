package bellwether.health;

import bellwether.mapping.SignalSettings.Bands;
import bellwether.mapping.SignalSettings.Named;
import bellwether.nps.Fraction;
import bellwether.nps.Metric;
import bellwether.nps.Policy;
import bellwether.nps.Window;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A health from answers to another question, such as CSAT: the percentage of satisfied ones. Metrics are never blended: each is judged
 * by itself, and the worst that is known counts.
 */
public record Satisfaction(Health health, String reason) {
    private static final Comparator<Satisfaction> WORST_FIRST = Comparator.comparing(s ->
            List.of(Health.POOR, Health.AVERAGE, Health.GOOD, Health.UNKNOWN).indexOf(s.health));

    static Satisfaction of(List<Judged> judged, String name, Rules rules, LocalDate today) {
        Named rule = rules.signals().named().get(name);
        return rule.metrics().entrySet().stream()
                .map(metric -> of(answers(judged, metric.getKey()), metric, rule, window(name, rules), rules, today))
                .min(WORST_FIRST)
                .orElseThrow();
    }

    private static Satisfaction of(
            List<Answer> answers,
            Map.Entry<Metric, Bands> metric,
            Named rule,
            Window window,
            Rules rules,
            LocalDate today) {
        LocalDate last = last(answers, rules);
        if (last == null) {
            return new Satisfaction(Health.UNKNOWN, "no " + metric.getKey() + " answer");
        }
        if (last.plusDays(rule.unknownAfterDays()).isBefore(today)) {
            return new Satisfaction(Health.UNKNOWN, "no " + metric.getKey() + " answer since " + last);
        }
        List<Answer> counted = counted(answers, window, rules, today);
        if (counted.isEmpty()) {
            return new Satisfaction(Health.UNKNOWN, "no " + metric.getKey() + " answer in the window " + window.name());
        }
        long satisfied = counted.stream()
                .filter(answer -> answer.score() >= metric.getValue().satisfiedFrom())
                .count();
        long dissatisfied = counted.stream()
                .filter(answer -> answer.score() <= metric.getValue().dissatisfiedTo())
                .count();
        Fraction percent = Fraction.of(100 * satisfied, counted.size());
        Health health = percent.compareTo(Fraction.of(rule.poorBelow(), 1)) < 0
                ? Health.POOR
                : percent.compareTo(Fraction.of(rule.goodFrom(), 1)) < 0 ? Health.AVERAGE : Health.GOOD;
        return new Satisfaction(
                health,
                metric.getKey() + ": " + satisfied + " of " + counted.size() + " satisfied, " + dissatisfied
                        + " dissatisfied");
    }

    /** Under the default policy. */
    private static List<Answer> counted(List<Answer> answers, Window window, Rules rules, LocalDate today) {
        Map<Object, Answer> counted = new LinkedHashMap<>();
        for (Answer answer : answers) {
            if (window.contains(answer.answeredAt(), today, rules.zone())) {
                counted.put(rules.policy() == Policy.LATEST_PER_PERSON ? answer.person() : answer.id(), answer);
            }
        }
        return new ArrayList<>(counted.values());
    }

    /** The days on which this may be different without new data, some of them past. */
    static Stream<LocalDate> changes(List<Judged> judged, String name, Rules rules, LocalDate today) {
        Named rule = rules.signals().named().get(name);
        return rule.metrics().keySet().stream().flatMap(metric -> {
            List<Answer> answers = answers(judged, metric);
            Stream<LocalDate> windows =
                    answers.stream().map(answer -> window(name, rules).changesOn(today, date(answer, rules)));
            LocalDate last = last(answers, rules);
            return Stream.concat(
                    windows, Stream.ofNullable(last == null ? null : last.plusDays(rule.unknownAfterDays() + 1L)));
        });
    }

    private static Window window(String name, Rules rules) {
        return rules.judgedOver().get(name);
    }

    private static List<Answer> answers(List<Judged> judged, Metric metric) {
        return judged.stream()
                .filter(one -> counts(one, metric))
                .map(Judged::answer)
                .toList();
    }

    private static boolean counts(Judged one, Metric metric) {
        return one.reason() == Reason.OTHER_METRIC
                && one.answer().metric() == metric
                && one.answer().score() != null;
    }

    /** Whether an answer is one of those that a health is made of, whatever the window. */
    static boolean asks(String name, Judged one, Rules rules) {
        return rules.signals().named().get(name).metrics().keySet().stream().anyMatch(metric -> counts(one, metric));
    }

    private static LocalDate last(List<Answer> answers, Rules rules) {
        return answers.isEmpty() ? null : date(answers.get(answers.size() - 1), rules);
    }

    private static LocalDate date(Answer answer, Rules rules) {
        return answer.answeredAt().atZone(rules.zone()).toLocalDate();
    }
}
