package bellwether.health;

import bellwether.mapping.SignalSettings;
import bellwether.nps.Rollup;
import bellwether.nps.Window;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that follows from one account's answers, as they are now, on one local date.
 *
 * @param people by person key
 * @param warnings the latest that holds, by person key
 * @param named further healths by name
 * @param composite null unless there is a rule of it
 * @param duplicates ids of suspected duplicates, whatever the window
 * @param nextChange the first day after today on which any of this is different without new data; null if never
 */
public record AccountState(
        Rollups rollups,
        Map<String, PersonState> people,
        Map<String, Warning> warnings,
        Set<Long> duplicates,
        Relationship relationship,
        Map<String, Satisfaction> named,
        Composite composite,
        RoleGap gap,
        Falling falling,
        LocalDate nextChange) {
    /**
     * @param answers all current responses of one account, in any order
     * @param attributes of the account in the CRM, by name
     * @param today in the zone of the rules
     * @param dataSince the local date from which answers are complete; null if not known
     */
    public static AccountState of(
            List<Answer> answers, Map<String, String> attributes, Rules rules, LocalDate today, LocalDate dataSince) {
        List<Judged> judged = Judged.all(answers, rules);
        Rollups rollups = Rollups.judged(judged, rules, today, dataSince);
        Map<String, PersonState> people = PersonState.judged(judged);
        Map<String, Warning> warnings = new LinkedHashMap<>();
        people.forEach((key, person) -> {
            Warning warning = Warning.of(person, rules, today, dataSince);
            if (warning != null) {
                warnings.put(key, warning);
            }
        });
        return new AccountState(
                rollups,
                people,
                warnings,
                duplicates(judged),
                Relationship.of(people, Relationship.rollup(judged, rules, today), rules, today),
                named(judged, rules, today),
                composite(judged, attributes, rules, today),
                RoleGap.of(rollups.main(rules).counted(), rules),
                Falling.judged(judged, rules, today),
                nextChange(judged, people, rules, today, dataSince));
    }

    /** The same where nothing is known of the account but its answers. */
    public static AccountState of(List<Answer> answers, Rules rules, LocalDate today, LocalDate dataSince) {
        return of(answers, Map.of(), rules, today, dataSince);
    }

    private static Map<String, Satisfaction> named(List<Judged> judged, Rules rules, LocalDate today) {
        Map<String, Satisfaction> named = new LinkedHashMap<>();
        for (String name : rules.signals().named().keySet()) {
            named.put(name, Satisfaction.of(judged, name, rules, today));
        }
        return named;
    }

    private static Composite composite(
            List<Judged> judged, Map<String, String> attributes, Rules rules, LocalDate today) {
        SignalSettings.Composite rule = rules.signals().composite();
        if (rule == null) {
            return null;
        }
        Window window = rules.judgedOver().get("composite");
        Rollup rollup = Rollups.detail(judged, rules, window, rules.policy(), today, null)
                .rollup();
        return Composite.of(rule, rollup.nps(), attributes);
    }

    private static LocalDate nextChange(
            List<Judged> judged, Map<String, PersonState> people, Rules rules, LocalDate today, LocalDate dataSince) {
        Stream<LocalDate> windows = judged.stream()
                .map(one -> dateOf(one, rules))
                .distinct()
                .flatMap(answered -> rules.npsWindows().map(window -> window.changesOn(today, answered)));
        Stream<LocalDate> falling = judged.stream()
                .filter(Judged::counts)
                .map(one -> dateOf(one, rules))
                .flatMap(answered ->
                        Stream.of(answered, answered.plusDays(Falling.DAYS), answered.plusDays(2L * Falling.DAYS)));
        // A window is partial until it begins after the last day without data.
        Stream<LocalDate> partial = dataSince == null
                ? Stream.empty()
                : rules.windows().stream().map((Window window) -> window.leaves(dataSince.minusDays(1)));
        return Stream.of(
                        windows,
                        falling,
                        partial,
                        rules.windows().stream().map(window -> window.renamedOn(today)),
                        rules.signals().named().keySet().stream()
                                .flatMap(name -> Satisfaction.changes(judged, name, rules, today)),
                        people.values().stream().map(person -> Warning.silentOn(person, rules)),
                        Stream.of(Relationship.unknownOn(people.values(), rules)))
                .flatMap(dates -> dates)
                .filter(Objects::nonNull)
                .filter(date -> date.isAfter(today))
                .min(LocalDate::compareTo)
                .orElse(null);
    }

    private static Set<Long> duplicates(List<Judged> judged) {
        return judged.stream()
                .filter(one -> one.because() != null)
                .map(one -> one.answer().id())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static LocalDate dateOf(Judged one, Rules rules) {
        return one.answer().answeredAt().atZone(rules.zone()).toLocalDate();
    }
}
