package bellwether.health;

import bellwether.nps.Change;
import bellwether.nps.Signal;
import bellwether.store.Event;
import bellwether.store.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a subject's state is a sign of now, and what has happened: one event for each change of what was said before. */
final class Signals {
    private final Subject subject;
    private final Today today;
    private final AccountState state;
    private final Map<String, Instant> ruleSince;
    private final Instant now;
    private final Onset onset;
    private final List<Signal> signals = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private Warning warning;

    /** @param ruleSince since when each rule has read as it does */
    Signals(Subject subject, Today today, AccountState state, Map<String, Instant> ruleSince, Instant now) {
        this.subject = subject;
        this.today = today;
        this.state = state;
        this.ruleSince = ruleSince;
        this.now = now;
        this.onset = new Onset(today.answers(), today.rules(), today.date());
        Map<Long, String> contacts = new HashMap<>();
        subject.contacts().forEach(contact -> contacts.put(contact.id(), contact.remoteId()));
        List<Judged> judged = Judged.all(today.answers(), today.rules());
        events.addAll(new PersonEvents(today, new Alike(subject, today.rules(), now), subject.account(), contacts)
                .of(judged));
        warning = state.warnings().values().stream().max(Warning.BY_TIME).orElse(null);
        if (subject.account() != null) {
            events.addAll(AccountEvents.milestones(
                    judged, today.rules(), subject.account(), subject.remoteId(), today.dataSince()));
            account();
        }
        Map<Long, PersonState> people = byContact(state);
        subject.contacts().forEach(contact -> contact(contact.id(), people.get(contact.id())));
    }

    List<Signal> signals() {
        return signals;
    }

    List<Event> events() {
        return events;
    }

    /** The latest warning that holds for the account or one of its people; null if none. */
    Warning warning() {
        return warning;
    }

    private void account() {
        health(
                "relationship_health",
                state.relationship().health(),
                state.relationship().reason(),
                onset::relationship);
        state.named()
                .forEach((name, satisfaction) -> health(
                        name + "_health", satisfaction.health(), satisfaction.reason(), () -> onset.named(name)));
        if (state.composite() != null) {
            composite("composite_health", state.composite());
        }
        if (today.rules().signals().warnings().accountFalling()) {
            falling();
        }
        say("account", subject.account(), "warning", warning);
    }

    private void health(String name, Health health, String reason, Supplier<Onset.Moment> began) {
        Subject.Said before = subject.said().get(name);
        if (before != null && before.value().equals(health.label())) {
            say(name, health.label(), reason, before.since());
            return;
        }
        Onset.Moment moment = began.get();
        say(name, health.label(), reason, moment.at());
        if (before != null) {
            changed(name, before, health, reason, moment);
        }
    }

    /** Fields of the CRM have no date from which they hold: a change counts from when it is seen, unless the rule itself is newer. */
    private void composite(String name, Composite composite) {
        Subject.Said before = subject.said().get(name);
        boolean same =
                before != null && before.value().equals(composite.health().label());
        say(name, composite.health().label(), composite.reason(), same ? before.since() : now);
        Instant since = ruleSince.get(name);
        if (before != null
                && !same
                && since != null
                && subject.refreshedAt() != null
                && !subject.refreshedAt().isBefore(since)) {
            changed(name, before, composite.health(), composite.reason(), new Onset.Moment(now, null));
        }
    }

    private void changed(String name, Subject.Said before, Health health, String reason, Onset.Moment moment) {
        String value = before.value() + "_to_" + health.label();
        events.add(new Event(
                key(name + ":" + value),
                name,
                "transition",
                "account",
                subject.account(),
                moment.answer() == null ? null : moment.answer().id(),
                value,
                reason,
                moment.at()));
    }

    private void falling() {
        boolean falls = state.falling().falling();
        String value = Boolean.toString(falls);
        Subject.Said before = subject.said().get(Warning.FALLING);
        boolean same = before != null && before.value().equals(value);
        Onset.Moment moment = same ? new Onset.Moment(before.since(), null) : onset.falling();
        String reason = reason(state.falling().change());
        say(Warning.FALLING, value, reason, moment.at());
        if (!falls) {
            return;
        }
        Warning fall = new Warning(Warning.FALLING, reason, moment.at());
        warning = warning == null || Warning.BY_TIME.compare(fall, warning) > 0 ? fall : warning;
        if (!same) {
            events.add(new Event(
                    key(Warning.FALLING),
                    Warning.FALLING,
                    "warning",
                    "account",
                    subject.account(),
                    moment.answer() == null ? null : moment.answer().id(),
                    Warning.FALLING,
                    reason,
                    moment.at()));
        }
    }

    /**
     * A transition is told apart by when it was seen. Since when it is so may be the same for two of them, as when a score is edited and
     * edited back; and it is seen once, as what is said now is written down together with it.
     */
    private String key(String what) {
        return what + ":account:" + subject.remoteId() + ":" + now;
    }

    private static String reason(Change change) {
        return change == null
                ? "no answers to compare"
                : "NPS " + change.before().nps().display() + " from "
                        + change.before().n() + " to " + change.after().nps().display() + " from "
                        + change.after().n();
    }

    /** People who are known as one contact. */
    static Map<Long, PersonState> byContact(AccountState state) {
        Map<Long, PersonState> people = new HashMap<>();
        state.people().values().forEach(person -> {
            if (person.latest().contact() != null) {
                people.put(person.latest().contact(), person);
            }
        });
        return people;
    }

    private void contact(long contact, PersonState person) {
        say(
                "contact",
                contact,
                "warning",
                person == null ? null : state.warnings().get(person.person()));
        String move = person == null ? null : PersonEvents.move(person);
        say(
                "contact",
                contact,
                PersonEvents.MOVE,
                move == null ? null : new Warning(move, Warning.move(person), person.latestAt()));
    }

    private void say(String kind, long id, String name, Warning what) {
        signals.add(
                what == null
                        ? new Signal(kind, id, name, null, null, null)
                        : new Signal(kind, id, name, what.rule(), what.reason(), what.at()));
    }

    private void say(String name, String value, String reason, Instant since) {
        signals.add(new Signal("account", subject.account(), name, value, reason, since));
    }
}
