package bellwether.health;

import bellwether.mapping.Roles.Role;
import bellwether.mapping.SignalSettings;
import bellwether.nps.Category;
import bellwether.nps.Nps;
import bellwether.nps.Rollup;
import bellwether.nps.Tally;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How the relationship with an account is by its answers, with the reason in words that hold no date relative to now. */
public record Relationship(Health health, String reason) {
    /** Over all current responses of one account; {@code today} in the zone of the rules. */
    public static Relationship of(List<Answer> answers, Rules rules, LocalDate today) {
        List<Judged> judged = Judged.all(answers, rules);
        return of(PersonState.judged(judged), rollup(judged, rules, today), rules, today);
    }

    /**
     * Unknown without a scored answer or with the last one too old; else poor if the latest answer of someone in an alarming role is a
     * detractor or the NPS is low; else good or average by the NPS. The rollup is that of the rule's window under the default policy.
     */
    public static Relationship of(Map<String, PersonState> people, Rollup rollup, Rules rules, LocalDate today) {
        LocalDate last = lastAnswer(people.values(), rules);
        if (last == null) {
            return new Relationship(Health.UNKNOWN, "no scored answer");
        }
        SignalSettings.Relationship rule = rules.signals().relationship();
        if (last.plusDays(rule.unknownAfterDays()).isBefore(today)) {
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
        Health health = !nps.atLeast(rule.poorBelow())
                ? Health.POOR
                : nps.atLeast(rule.goodFrom()) ? Health.GOOD : Health.AVERAGE;
        return new Relationship(health, reason(rollup));
    }

    static Rollup rollup(List<Judged> judged, Rules rules, LocalDate today) {
        return Rollups.detail(judged, rules, rules.judgedOver().get("relationship"), rules.policy(), today, null)
                .rollup();
    }

    /** The first day on which the last answer is too old; null without answers. */
    static LocalDate unknownOn(Collection<PersonState> people, Rules rules) {
        LocalDate last = lastAnswer(people, rules);
        return last == null
                ? null
                : last.plusDays(rules.signals().relationship().unknownAfterDays() + 1L);
    }

    private static LocalDate lastAnswer(Collection<PersonState> people, Rules rules) {
        return people.stream()
                .map(PersonState::latestAt)
                .max(Comparator.naturalOrder())
                .map(at -> at.atZone(rules.zone()).toLocalDate())
                .orElse(null);
    }

    private static Optional<String> alarm(Collection<PersonState> people, Rules rules) {
        Set<Role> detractors = people.stream()
                .filter(person -> person.category() == Category.DETRACTOR)
                .map(person -> rules.signals().roles().of(person.latest().role()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return rules.signals().relationship().alarmRoles().stream()
                .filter(detractors::contains)
                .map(role -> role.text() + " is a detractor")
                .findFirst();
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
