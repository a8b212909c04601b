package bellwether.health;

import bellwether.nps.Category;
import bellwether.nps.Nps;
import bellwether.nps.Rollup;
import bellwether.nps.Tally;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How the relationship with an account is by its answers, with the reason in words that hold no date relative to now. */
public record Relationship(Health health, String reason) {
    /** The four states a CRM's picklist shows. */
    public enum Health {
        GOOD,
        AVERAGE,
        POOR,
        UNKNOWN;

        /** The value pushed, such as {@code good}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Over all current responses of one account; {@code today} in the zone of the rules. */
    public static Relationship of(List<Answer> answers, Rules rules, LocalDate today) {
        List<Judged> judged = Judged.all(answers, rules);
        Rollup rollup = Rollups.judged(judged, rules, today, null).main(rules).rollup();
        return of(PersonState.judged(judged), rollup, rules, today);
    }

    /**
     * Unknown without a scored answer or with the last one too old; else poor if a sponsor's or key contact's latest answer is a
     * detractor or the NPS is low; else good or average by the NPS. The rollup is that of the default window and policy.
     */
    public static Relationship of(Map<String, PersonState> people, Rollup rollup, Rules rules, LocalDate today) {
        LocalDate last = lastAnswer(people.values(), rules);
        if (last == null) {
            return new Relationship(Health.UNKNOWN, "no scored answer");
        }
        if (last.plusDays(rules.unknownAfterDays()).isBefore(today)) {
            return new Relationship(Health.UNKNOWN, "no answer since " + last);
        }
        Optional<String> alarm = alarm(people.values(), rules);
        if (alarm.isPresent()) {
            return new Relationship(Health.POOR, alarm.get());
        }
        Nps nps = rollup.nps();
        if (nps == null) {
            return new Relationship(Health.UNKNOWN, "no answer in the window " + rollup.window());
        }
        Health health =
                !nps.atLeast(rules.poor()) ? Health.POOR : nps.atLeast(rules.good()) ? Health.GOOD : Health.AVERAGE;
        return new Relationship(health, reason(rollup));
    }

    /** The first day on which the last answer is too old; null without answers. */
    static LocalDate unknownOn(Collection<PersonState> people, Rules rules) {
        LocalDate last = lastAnswer(people, rules);
        return last == null ? null : last.plusDays(rules.unknownAfterDays() + 1L);
    }

    private static LocalDate lastAnswer(Collection<PersonState> people, Rules rules) {
        return people.stream()
                .map(PersonState::latestAt)
                .max(Comparator.naturalOrder())
                .map(at -> at.atZone(rules.zone()).toLocalDate())
                .orElse(null);
    }

    private static Optional<String> alarm(Collection<PersonState> people, Rules rules) {
        List<PersonState> detractors = people.stream()
                .filter(person -> person.category() == Category.DETRACTOR)
                .toList();
        if (detractors.stream()
                .anyMatch(person -> rules.isSponsor(person.latest().role()))) {
            return Optional.of("sponsor is a detractor");
        }
        return detractors.stream()
                        .anyMatch(person -> rules.isKeyContact(person.latest().role()))
                ? Optional.of("key contact is a detractor")
                : Optional.empty();
    }

    private static String reason(Rollup rollup) {
        Tally tally = rollup.tally();
        if (rollup.n() > 1) {
            return "NPS " + rollup.nps().display() + " from " + rollup.n() + " answers";
        }
        return tally.promoters() == 1
                ? "1 promoter"
                : tally.passives() == 1
                        ? "1 passive"
                        : tally.detractors() == 1 ? "1 detractor" : "1 answer without a score";
    }
}
