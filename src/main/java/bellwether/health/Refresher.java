package bellwether.health;

import bellwether.store.Held;
import bellwether.store.Refresh;
import bellwether.store.State;
import bellwether.store.Subject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes stale accounts: rollups, signals, and what each CRM should hold of the account and its contacts. Accounts of a connection
 * whose backfill still runs are left stale, so that a CRM never sees half a history.
 */
public final class Refresher {
    private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);
    private static final int BATCH = 100;

    private final Refresh refresh;
    private final Held held;
    private final Rules rules;
    private final Map<String, Instant> ruleSince;
    private final List<? extends Fields> crms;
    private final Clock clock;

    /**
     * @param held whose accounts stay stale
     * @param ruleSince since when each rule of events has read as it does, by its name
     * @param crms what each CRM wants to be told
     */
    public Refresher(
            Refresh refresh,
            Held held,
            Rules rules,
            Map<String, Instant> ruleSince,
            List<? extends Fields> crms,
            Clock clock) {
        this.refresh = refresh;
        this.held = held;
        this.rules = rules;
        this.ruleSince = Map.copyOf(ruleSince);
        this.crms = List.copyOf(crms);
        this.clock = clock;
    }

    /** Refreshes one batch. Returns how many accounts and lone contacts; 0 when nothing is left to do now. */
    public int next() {
        int refreshed = refresh.next(BATCH, held, this::state);
        LOG.debug("refreshed {} accounts and lone contacts", refreshed);
        return refreshed;
    }

    /** Refreshes one batch; true while there may be more. */
    public boolean more() {
        return next() > 0;
    }

    /** A subject's state, a pure function of it, the rules and the time. */
    State state(Subject subject) {
        Instant now = clock.instant();
        Today today = Today.of(subject, rules, now);
        Rules own = today.rules();
        AccountState state = today.state();
        Signals signals = new Signals(subject, today, state, ruleSince, now);
        List<State.Wish> wishes = new ArrayList<>();
        if (subject.account() != null) {
            account(subject, today, state, signals.warning(), wishes);
        }
        contacts(subject, state, wishes);
        LocalDate next = subject.account() == null
                ? Warning.nextSilence(state.people().values(), own, today.date())
                : state.nextChange();
        return new State(
                subject.account() == null
                        ? List.of()
                        : state.rollups().details().stream()
                                .map(Rollups.Detail::rollup)
                                .toList(),
                signals.signals(),
                signals.events(),
                now.minus(own.signals().maxActAge()),
                wishes,
                state.duplicates(),
                today.awaited(),
                today.nextChange(next));
    }

    private void account(Subject subject, Today today, AccountState state, Warning warning, List<State.Wish> wishes) {
        Rules own = today.rules();
        Map<String, Object> words = Words.account(state, warning, own, today.date());
        Map<String, Map<String, Object>> byWindow = new LinkedHashMap<>();
        for (Rollups.Detail detail : state.rollups().details()) {
            if (detail.rollup().policy() == own.policy()) {
                byWindow.put(detail.rollup().window(), Words.figures(detail, own, today.date()));
            }
        }
        for (Fields crm : crms) {
            if (crm.wants("account")) {
                wishes.add(new State.Wish(crm.crm(), "account", subject.account(), crm.account(words, byWindow)));
            }
        }
    }

    private void contacts(Subject subject, AccountState state, List<State.Wish> wishes) {
        Map<Long, PersonState> people = Signals.byContact(state);
        Map<Long, Subject.Answer> answers = new HashMap<>();
        subject.answers().forEach(a -> answers.put(a.id(), a));
        for (Subject.Contact contact : subject.contacts()) {
            PersonState person = people.get(contact.id());
            Warning warning = person == null ? null : state.warnings().get(person.person());
            Map<String, Object> words = Words.contact(person, warning, contact.surveyed(), answers);
            for (Fields crm : crms) {
                if (crm.wants("contact")) {
                    wishes.add(new State.Wish(crm.crm(), "contact", contact.id(), crm.contact(words)));
                }
            }
        }
    }
}
