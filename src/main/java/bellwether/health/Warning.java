package bellwether.health;

import bellwether.mapping.Roles.Role;
import bellwether.mapping.SignalSettings.Silence;
import bellwether.mapping.SignalSettings.Warnings;
import bellwether.nps.Category;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An early warning that holds.
 *
 * @param rule such as {@code dropped_to_detractor}
 * @param at when it began to hold
 */
public record Warning(String rule, String reason, Instant at) {
    static final String SILENCE = "silence";
    static final String FALLING = "account_falling";
    /** Of two at once, a sponsor's silence comes after a key contact's. */
    static final Comparator<Warning> BY_TIME =
            Comparator.comparing(Warning::at).thenComparing(Warning::rule).thenComparing(Warning::reason);

    /** As shown to people, such as "Dropped to detractor". */
    public String word() {
        return Words.capital(rule);
    }

    /** The latest warning that a person's state on a date is; null if none. */
    static Warning of(PersonState person, Rules rules, LocalDate today, LocalDate dataSince) {
        LocalDate silent = silentOn(person, rules);
        return Stream.of(
                        drop(person, rules, dataSince),
                        silent == null || silent.isAfter(today) ? null : silence(person, silent, rules))
                .filter(Objects::nonNull)
                .max(BY_TIME)
                .orElse(null);
    }

    /** What the latest answer is a warning of; null if of nothing. */
    static Warning drop(PersonState person, Rules rules, LocalDate dataSince) {
        Warnings warnings = rules.signals().warnings();
        Category now = person.category();
        if (person.previous() == null) {
            return now == Category.DETRACTOR && warnings.firstAnswerDetractor()
                    ? new Warning(
                            "first_answer_detractor",
                            "first answer" + since(dataSince) + " is a detractor (" + person.score() + ")",
                            person.latestAt())
                    : null;
        }
        if (person.bandChange() >= 0) {
            return null;
        }
        boolean passive = now == Category.PASSIVE;
        return (passive ? warnings.droppedToPassive() : warnings.droppedToDetractor())
                ? new Warning(passive ? "dropped_to_passive" : "dropped_to_detractor", move(person), person.latestAt())
                : null;
    }

    /** The first day on which the silence after the latest answer is one; null if it never is. */
    static LocalDate silentOn(PersonState person, Rules rules) {
        Silence silence = rules.signals().warnings().silence();
        Role role = rules.signals().roles().of(person.latest().role());
        boolean meant =
                silence.afterDays() > 0 && role != null && silence.roles().contains(role);
        return meant ? last(person, rules).plusDays(silence.afterDays() + 1L) : null;
    }

    /** The first day after a date on which another of these people falls silent; null if none does. */
    static LocalDate nextSilence(Collection<PersonState> people, Rules rules, LocalDate date) {
        return people.stream()
                .map(person -> silentOn(person, rules))
                .filter(silent -> silent != null && silent.isAfter(date))
                .min(LocalDate::compareTo)
                .orElse(null);
    }

    static Warning silence(PersonState person, LocalDate silentOn, Rules rules) {
        return new Warning(
                SILENCE,
                rules.signals().roles().of(person.latest().role()).text() + " has not answered since "
                        + last(person, rules),
                silentOn.atStartOfDay(rules.zone()).toInstant());
    }

    /** Such as "promoter (9) to detractor (3)". */
    static String move(PersonState person) {
        return word(person.previous()) + " to " + word(person.latest());
    }

    /** What is known begins somewhere: " since 2026-05-22", or nothing. */
    static String since(LocalDate dataSince) {
        return dataSince == null ? "" : " since " + dataSince;
    }

    private static String word(Answer answer) {
        return answer.category().label().toLowerCase(Locale.ROOT) + " (" + answer.score() + ")";
    }

    private static LocalDate last(PersonState person, Rules rules) {
        return person.latestAt().atZone(rules.zone()).toLocalDate();
    }
}
