package bellwether.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The naive recomputation of what has happened to people, as far as it follows from answers alone: warnings, moves, milestones.
 * {@link Naive} says which answers count.
 *
 * @param since the local date from which answers are known; null if that is not known
 */
record Signs(Naive naive, Law law, ZoneId zone, LocalDate today, LocalDate since) {
    private static final List<String> WATCHED = List.of("sponsor", "key contact");

    /** Something that happened; {@code answer} brought it about. */
    record Event(String key, String rule, String value, String reason, Instant at, Answer answer) {
        static final Comparator<Event> BY_TIME =
                Comparator.comparing(Event::at).thenComparing(Event::rule).thenComparing(Event::reason);
    }

    /** The answers that count of each person, earliest first. */
    Map<String, List<Answer>> people() {
        Map<String, List<Answer>> people = new TreeMap<>();
        naive.counted.forEach(answer ->
                people.computeIfAbsent(answer.who(), who -> new ArrayList<>()).add(answer));
        return people;
    }

    /** All that has happened to one person up to today. */
    List<Event> events(List<Answer> answers) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Answer now = answers.get(i);
            Answer before = i == 0 ? null : answers.get(i - 1);
            if (i == 0 && now.band() < 0) {
                String first = "first answer" + (since == null ? "" : " since " + since) + " is a detractor ("
                        + now.score() + ")";
                events.add(event("first_answer_detractor", null, first, now.at(), now));
            } else if (i > 0 && now.band() < before.band()) {
                String rule = now.band() < 0 ? "dropped_to_detractor" : "dropped_to_passive";
                events.add(event(rule, null, move(before, now), now.at(), now));
            }
            if (i > 0 && now.band() != before.band()) {
                String value = (before.category() + "_to_" + now.category()).toLowerCase();
                events.add(event("category_change", value, move(before, now), now.at(), now));
            }
            LocalDate day = LocalDate.ofInstant(now.at(), zone);
            LocalDate until = i + 1 == answers.size()
                    ? today
                    : LocalDate.ofInstant(answers.get(i + 1).at(), zone);
            if (WATCHED.contains(String.valueOf(now.role()))
                    && day.plusDays(120).isBefore(until)) {
                Instant at = day.plusDays(121).atStartOfDay(zone).toInstant();
                events.add(event("silence", null, now.role() + " has not answered since " + day, at, now));
            }
        }
        return events;
    }

    private static Event event(String rule, String value, String reason, Instant at, Answer answer) {
        return new Event(rule + ":" + answer.key(), rule, value == null ? rule : value, reason, at, answer);
    }

    private static String move(Answer before, Answer now) {
        return (before.category() + " (" + before.score() + ") to " + now.category() + " (" + now.score() + ")")
                .toLowerCase();
    }

    /** The latest warning that one person's latest answer, or the silence after it, is; null if none. */
    Event warning(List<Answer> answers) {
        Answer latest = answers.get(answers.size() - 1);
        return events(answers).stream()
                .filter(event -> event.answer() == latest && !event.rule().equals("category_change"))
                .max(Event.BY_TIME)
                .orElse(null);
    }

    /** That of each person. */
    Stream<Event> warnings() {
        return people().values().stream().map(this::warning).filter(Objects::nonNull);
    }

    /** From when on a window is known that begins earlier; null if all of it is. */
    LocalDate partialSince(String window) {
        LocalDate first = Naive.days(window, today, law.fiscalMonth())[0];
        return since != null && (first == null || first.isBefore(since)) ? since : null;
    }

    /** When a contact first answered and first was a promoter. */
    List<Event> milestones(String contact, List<Answer> answers) {
        List<Event> events = new ArrayList<>();
        Answer first = answers.get(0);
        events.add(new Event(
                "first_response:contact:" + contact, "first_response", "first_response", "", first.at(), first));
        answers.stream()
                .filter(answer -> answer.band() > 0)
                .findFirst()
                .ifPresent(answer -> events.add(new Event(
                        "first_promoter:contact:" + contact,
                        "first_promoter",
                        "first_promoter",
                        "",
                        answer.at(),
                        answer)));
        return events;
    }

    /** When an account first had five people whose latest answer made them promoters; null if never. */
    Event fivePromoters(String account) {
        Set<String> promoters = new HashSet<>();
        for (Answer answer : naive.counted) {
            boolean changed = answer.band() > 0 ? promoters.add(answer.who()) : promoters.remove(answer.who());
            if (changed && promoters.size() == 5) {
                return new Event(
                        "five_promoters:account:" + account,
                        "five_promoters",
                        "five_promoters",
                        "",
                        answer.at(),
                        answer);
            }
        }
        return null;
    }
}
