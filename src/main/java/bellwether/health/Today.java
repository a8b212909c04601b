package bellwether.health;

import bellwether.nps.Policy;
import bellwether.nps.Window;
import bellwether.store.Subject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A subject's answers as the rules see them on its local date: the one view behind what is written to CRMs and what is explained.
 *
 * @param rules in the subject's own zone
 * @param dataSince the local date from which answers are complete; null if not known
 * @param attributes of the account in the CRM, by name
 */
public record Today(
        Rules rules, LocalDate date, LocalDate dataSince, List<Answer> answers, Map<String, String> attributes) {
    public static Today of(Subject subject, Rules rules, Instant now) {
        Rules own = rules.in(zone(subject.zone(), rules));
        return new Today(
                own,
                LocalDate.ofInstant(now, own.zone()),
                subject.dataSince() == null ? null : firstWhole(subject.dataSince(), own.zone()),
                Answers.of(subject, own, now),
                subject.attributes());
    }

    /** The first local date that lies wholly after an instant: data that begin within a day leave that day incomplete. */
    private static LocalDate firstWhole(Instant since, ZoneId zone) {
        LocalDate date = LocalDate.ofInstant(since, zone);
        return date.atStartOfDay(zone).toInstant().isBefore(since) ? date.plusDays(1) : date;
    }

    /** Where an account's days begin. A zone that the CRM spells in a way nobody knows is the installation's. */
    public static ZoneId zone(String name, Rules rules) {
        try {
            return name == null ? rules.zone() : ZoneId.of(name);
        } catch (DateTimeException e) {
            return rules.zone();
        }
    }

    /** All that follows from the answers: every window of the rules, the people, the relationship. */
    public AccountState state() {
        return AccountState.of(answers, attributes, rules, date, dataSince);
    }

    /** Our keys of the answers that do not count as long as they are not completed. */
    Set<Long> awaited() {
        return partial().map(Answer::id).collect(Collectors.toUnmodifiableSet());
    }

    /** The beginning of a day, or the instant before it from which another answer counts although it is not completed; null for never. */
    public Instant nextChange(LocalDate day) {
        return Stream.concat(
                        partial().map(Answer::countsFrom),
                        Stream.ofNullable(day)
                                .map(date -> date.atStartOfDay(rules.zone()).toInstant()))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private Stream<Answer> partial() {
        return answers.stream().filter(answer -> answer.excluded() == Reason.PARTIAL);
    }

    /** One window under one policy, which need not be among those of the rules. */
    public Rollups.Detail detail(Window window, Policy policy) {
        return Rollups.of(answers, rules, window, policy, date, dataSince);
    }
}
