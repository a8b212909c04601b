package bellwether.health;

import bellwether.mapping.SignalSettings.Milestone;
import bellwether.store.Event;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What has ever happened to the people of a subject, by all their answers that count: drops, first answers, moves between categories,
 * silences, milestones. The key of an event names the response that caused it by its name outside, so that it is the same in every store.
 */
final class PersonEvents {
    static final String MOVE = "category_change";

    private final Rules rules;
    private final LocalDate today;
    private final LocalDate dataSince;
    private final Alike alike;
    private final Long account;
    private final Map<Long, String> contacts;
    private final List<Event> events = new ArrayList<>();

    /**
     * @param account our key; null for a lone contact
     * @param contacts ids in the directory by our keys
     */
    PersonEvents(Today today, Alike alike, Long account, Map<Long, String> contacts) {
        this.rules = today.rules();
        this.today = today.date();
        this.dataSince = today.dataSince();
        this.alike = alike;
        this.account = account;
        this.contacts = contacts;
    }

    List<Event> of(List<Judged> judged) {
        Map<String, PersonState> people = new HashMap<>();
        Map<String, Map<String, Integer>> counts = new HashMap<>();
        for (Judged one : judged) {
            if (one.counts()) {
                PersonState before = people.get(one.answer().person());
                PersonState now = PersonState.after(before, one.answer());
                people.put(now.person(), now);
                if (before != null) {
                    silence(before, now.latestAt().atZone(rules.zone()).toLocalDate());
                }
                answered(now);
                milestones(now, counts.computeIfAbsent(now.person(), person -> new HashMap<>()));
            }
        }
        people.values().forEach(person -> silence(person, today));
        return events;
    }

    private void answered(PersonState now) {
        Warning drop = Warning.drop(now, rules, dataSince);
        if (drop != null) {
            add(now.latest(), "warning", drop, drop.rule());
        }
        if (now.previous() != null && now.bandChange() != 0) {
            var move = new Warning(MOVE, Warning.move(now), now.latestAt());
            add(now.latest(), "transition", move, move(now));
        }
    }

    private void silence(PersonState person, LocalDate until) {
        LocalDate silent = Warning.silentOn(person, rules);
        if (silent != null && !silent.isAfter(until)) {
            add(person.latest(), "warning", Warning.silence(person, silent, rules), Warning.SILENCE);
        }
    }

    private void milestones(PersonState now, Map<String, Integer> counts) {
        Long contact = now.latest().contact();
        if (contact == null || !contacts.containsKey(contact)) {
            return;
        }
        rules.signals().milestones().forEach((name, milestone) -> {
            boolean counted = milestone.counts() == Milestone.Counts.RESPONSES
                    || now.category() == bellwether.nps.Category.PROMOTER;
            if (milestone.of() == Milestone.Of.CONTACT
                    && counted
                    && counts.merge(name, 1, Integer::sum).equals(milestone.reach())) {
                var reached = new Warning(name, AccountEvents.reached(milestone, dataSince), now.latestAt());
                add(now.latest(), name + ":contact:" + contacts.get(contact), List.of(), "milestone", reached, name);
            }
        });
    }

    /** What one answer is the cause of, and might have been told of another one that is the same. */
    private void add(Answer answer, String kind, Warning what, String value) {
        List<String> others =
                alike.to(answer).stream().map(other -> key(what, other)).toList();
        add(answer, key(what, answer), others, kind, what, value);
    }

    private static String key(Warning what, Answer answer) {
        return what.rule() + ":" + answer.responseId();
    }

    private void add(Answer answer, String key, List<String> others, String kind, Warning what, String value) {
        boolean known = answer.contact() != null;
        if (known || account != null) {
            events.add(new Event(
                    key,
                    others,
                    what.rule(),
                    kind,
                    known ? "contact" : "account",
                    known ? answer.contact() : account,
                    answer.id(),
                    value,
                    what.reason(),
                    what.at()));
        }
    }

    /** Such as {@code promoter_to_detractor}; null for a first-time respondent or one who stays. */
    static String move(PersonState person) {
        return person.previous() == null || person.bandChange() == 0
                ? null
                : (person.previous().category() + "_to_" + person.category()).toLowerCase(Locale.ROOT);
    }
}
