package bellwether.health;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds out since when a verdict has been what it is, by judging earlier days by the answers that had been given by then. None is named
 * that has no part in it, such as one to another question or one that does not count.
 */
final class Onset {
    /** A verdict on a local date by the answers up to it. */
    interface Verdict {
        Object on(List<Judged> judged, LocalDate date);
    }

    private final List<Judged> judged;
    /** The local date of each, which ascends as they do. */
    private final List<LocalDate> dates;

    private final Rules rules;
    private final LocalDate today;

    Onset(List<Answer> answers, Rules rules, LocalDate today) {
        this.judged = Judged.all(answers, rules);
        this.rules = rules;
        this.today = today;
        this.dates = judged.stream()
                .map(one -> one.answer().answeredAt().atZone(rules.zone()).toLocalDate())
                .toList();
    }

    /** The last answer in it of the day on which the relationship came to be as it is, or that day's midnight. */
    Moment relationship() {
        var window = rules.judgedOver().get("relationship");
        long unknown = rules.signals().relationship().unknownAfterDays() + 1L;
        return of(
                dates.stream()
                        .distinct()
                        .flatMap(day -> Stream.of(day, window.enters(day), window.leaves(day), day.plusDays(unknown))),
                (then, date) -> Relationship.of(
                                PersonState.judged(then), Relationship.rollup(then, rules, date), rules, date)
                        .health(),
                one -> Rollups.candidate(one, rules));
    }

    /** The same for a further health. */
    Moment named(String name) {
        var window = rules.judgedOver().get(name);
        long unknown = rules.signals().named().get(name).unknownAfterDays() + 1L;
        return of(
                dates.stream()
                        .distinct()
                        .flatMap(day -> Stream.of(day, window.enters(day), window.leaves(day), day.plusDays(unknown))),
                (then, date) -> Satisfaction.of(then, name, rules, date).health(),
                one -> Satisfaction.asks(name, one, rules));
    }

    /** The same for whether the NPS falls. */
    Moment falling() {
        return of(
                dates.stream()
                        .distinct()
                        .flatMap(day -> Stream.of(day, day.plusDays(Falling.DAYS), day.plusDays(2L * Falling.DAYS))),
                (then, date) -> Falling.falls(then, rules, date),
                Judged::counts);
    }

    /**
     * When something came to be.
     *
     * @param answer that brought it about; null if time did
     */
    record Moment(Instant at, Answer answer) {}

    /** @param part tells the answers that a verdict is made of */
    private Moment of(Stream<LocalDate> turns, Verdict verdict, Predicate<Judged> part) {
        NavigableSet<LocalDate> days = new TreeSet<>();
        // A window may begin before anybody answered, from when on nothing can be said.
        turns.filter(Objects::nonNull)
                .filter(day -> !day.isAfter(today) && !day.isBefore(dates.get(0)))
                .forEach(days::add);
        // An answer may be dated a little ahead, and so tomorrow; what it says holds from today on.
        if (!days.isEmpty() && dates.get(dates.size() - 1).isAfter(today)) {
            days.add(today);
        }
        Object now = verdict.on(judged, today);
        LocalDate onset = days.isEmpty() ? today : days.first();
        for (LocalDate day : days.descendingSet()) {
            LocalDate before = day.minusDays(1);
            if (!verdict.on(until(before), before).equals(now)) {
                onset = day;
                break;
            }
        }
        return moment(onset, part);
    }

    private Moment moment(LocalDate onset, Predicate<Judged> part) {
        List<Judged> then = until(onset);
        for (int i = then.size() - 1; i >= 0 && dates.get(i).equals(onset); i--) {
            if (part.test(then.get(i))) {
                return new Moment(then.get(i).answer().answeredAt(), then.get(i).answer());
            }
        }
        return new Moment(onset.atStartOfDay(rules.zone()).toInstant(), null);
    }

    /** Those given up to and with a day: the first so many. */
    private List<Judged> until(LocalDate date) {
        int low = 0;
        int high = dates.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (dates.get(middle).isAfter(date)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return judged.subList(0, low);
    }
}
