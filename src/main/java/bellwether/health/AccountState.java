package bellwether.health;

import bellwether.nps.Window;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that follows from one account's answers on one local date.
 *
 * @param people by person key
 * @param duplicates ids of suspected duplicates, whatever the window
 * @param nextChange the first day after today on which any of this is different without new data; null if never
 */
public record AccountState(
        Rollups rollups,
        Map<String, PersonState> people,
        Set<Long> duplicates,
        Relationship relationship,
        Falling falling,
        LocalDate nextChange) {
    /**
     * @param answers all current responses of one account, in any order
     * @param today in the zone of the rules
     * @param dataSince the local date from which answers are complete; null if not known
     */
    public static AccountState of(List<Answer> answers, Rules rules, LocalDate today, LocalDate dataSince) {
        List<Judged> judged = Judged.all(answers, rules);
        Rollups rollups = Rollups.judged(judged, rules, today, dataSince);
        Map<String, PersonState> people = PersonState.judged(judged);
        return new AccountState(
                rollups,
                people,
                duplicates(judged),
                Relationship.of(people, rollups.main(rules).rollup(), rules, today),
                Falling.judged(judged, rules, today),
                nextChange(judged, people, rules, today, dataSince));
    }

    /** Only {@link #nextChange()}, over the same input as {@link #of}. The span of a window, which moves every day, is no change. */
    public static LocalDate nextChange(List<Answer> answers, Rules rules, LocalDate today, LocalDate dataSince) {
        List<Judged> judged = Judged.all(answers, rules);
        return nextChange(judged, PersonState.judged(judged), rules, today, dataSince);
    }

    private static LocalDate nextChange(
            List<Judged> judged, Map<String, PersonState> people, Rules rules, LocalDate today, LocalDate dataSince) {
        Stream<LocalDate> windows = judged.stream()
                .map(one -> dateOf(one, rules))
                .distinct()
                .flatMap(answered -> rules.windows().stream().map(window -> window.changesOn(today, answered)));
        Stream<LocalDate> falling = judged.stream()
                .filter(Judged::counts)
                .map(one -> dateOf(one, rules))
                .flatMap(answered ->
                        Stream.of(answered, answered.plusDays(Falling.DAYS), answered.plusDays(2L * Falling.DAYS)));
        // A window is partial until it begins after the last day without data.
        Stream<LocalDate> partial = dataSince == null
                ? Stream.empty()
                : rules.windows().stream().map((Window window) -> window.leaves(dataSince.minusDays(1)));
        return Stream.of(windows, falling, partial, Stream.of(Relationship.unknownOn(people.values(), rules)))
                .flatMap(dates -> dates)
                .filter(Objects::nonNull)
                .filter(date -> date.isAfter(today))
                .min(LocalDate::compareTo)
                .orElse(null);
    }

    private static Set<Long> duplicates(List<Judged> judged) {
        return judged.stream()
                .filter(one -> one.reason() == Reason.SUSPECTED_DUPLICATE)
                .map(one -> one.answer().id())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static LocalDate dateOf(Judged one, Rules rules) {
        return one.answer().answeredAt().atZone(rules.zone()).toLocalDate();
    }
}
