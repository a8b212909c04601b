package bellwether.health;

import bellwether.nps.Rollup;
import bellwether.nps.Signal;
import bellwether.store.Refresh;
import bellwether.store.State;
import bellwether.store.Subject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
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
    private final Supplier<Set<String>> held;
    private final Rules rules;
    private final List<? extends Fields> crms;
    private final Clock clock;

    /**
     * @param held names of the sources whose accounts stay stale, those whose backfill has begun and not ended
     * @param crms what each CRM wants to be told
     */
    public Refresher(
            Refresh refresh, Supplier<Set<String>> held, Rules rules, List<? extends Fields> crms, Clock clock) {
        this.refresh = refresh;
        this.held = held;
        this.rules = rules;
        this.crms = List.copyOf(crms);
        this.clock = clock;
    }

    /** Refreshes one batch. Returns how many accounts and lone contacts; 0 when nothing is left to do now. */
    public int next() {
        int refreshed = refresh.next(BATCH, held.get(), this::state);
        LOG.debug("refreshed {} accounts and lone contacts", refreshed);
        return refreshed;
    }

    /** Refreshes one batch; true while there may be more. */
    public boolean more() {
        return next() > 0;
    }

    /** A subject's state, a pure function of it, the rules and the local date. */
    State state(Subject subject) {
        Today today = Today.of(subject, rules, clock.instant());
        Rules own = today.rules();
        AccountState state = today.state();
        List<State.Wish> wishes = new ArrayList<>();
        if (subject.account() != null) {
            account(subject, state, own, wishes);
        }
        contacts(subject, state, wishes);
        return new State(
                subject.account() == null
                        ? List.of()
                        : state.rollups().details().stream()
                                .map(Rollups.Detail::rollup)
                                .toList(),
                subject.account() == null
                        ? List.of()
                        : List.of(new Signal(
                                "relationship_health",
                                state.relationship().health().label(),
                                state.relationship().reason(),
                                null)),
                wishes,
                state.duplicates(),
                state.nextChange() == null
                        ? null
                        : state.nextChange().atStartOfDay(own.zone()).toInstant());
    }

    private void account(Subject subject, AccountState state, Rules own, List<State.Wish> wishes) {
        Rollups.Detail main = state.rollups().main(own);
        Map<String, Object> words = figures(main.rollup(), own);
        words.put("health", capital(state.relationship().health().label()));
        words.put("health_reason", state.relationship().reason());
        words.put("sources", sources(main.counted()));
        Map<String, Map<String, Object>> byWindow = new LinkedHashMap<>();
        for (Rollups.Detail detail : state.rollups().details()) {
            if (detail.rollup().policy() == own.policy()) {
                byWindow.put(detail.rollup().window(), figures(detail.rollup(), own));
            }
        }
        for (Fields crm : crms) {
            if (crm.wants("account")) {
                wishes.add(new State.Wish(crm.crm(), "account", subject.account(), crm.account(words, byWindow)));
            }
        }
    }

    private static Map<String, Object> figures(Rollup rollup, Rules rules) {
        Map<String, Object> words = new HashMap<>();
        words.put("promoters", rollup.basis().promoters());
        words.put("passives", rollup.basis().passives());
        words.put("detractors", rollup.basis().detractors());
        words.put("responses", rollup.n());
        words.put("nps", rollup.nps());
        words.put("interval_low", rollup.n() == 0 ? null : rollup.interval().lowRounded(1));
        words.put("interval_high", rollup.n() == 0 ? null : rollup.interval().highRounded(1));
        words.put("sample", rules.sample(rollup.n()));
        String name = rollup.window().replace('_', ' ');
        words.put("window", rollup.partialSince() == null ? name : name + ", since " + rollup.partialSince());
        return words;
    }

    private void contacts(Subject subject, AccountState state, List<State.Wish> wishes) {
        Map<Long, PersonState> byContact = new HashMap<>();
        state.people().values().forEach(person -> {
            if (person.latest().contact() != null) {
                byContact.put(person.latest().contact(), person);
            }
        });
        Map<Long, Subject.Answer> answers = new HashMap<>();
        subject.answers().forEach(a -> answers.put(a.id(), a));
        for (Subject.Contact contact : subject.contacts()) {
            Map<String, Object> words = person(byContact.get(contact.id()), answers);
            for (Fields crm : crms) {
                if (crm.wants("contact")) {
                    wishes.add(new State.Wish(crm.crm(), "contact", contact.id(), crm.contact(words)));
                }
            }
        }
    }

    /** Empty for a person none of whose answers counts any more. */
    private static Map<String, Object> person(PersonState person, Map<Long, Subject.Answer> answers) {
        Map<String, Object> words = new HashMap<>();
        if (person == null) {
            return words;
        }
        words.put("score", person.score());
        words.put("category", person.category().label());
        words.put("answered_at", person.latestAt());
        words.put("comment", answers.get(person.latest().id()).comment());
        words.put(
                "previous_score",
                person.previous() == null ? null : person.previous().score());
        words.put("change", person.change());
        words.put("responses", person.count());
        words.put("source", person.latest().source());
        return words;
    }

    private static String sources(List<Answer> counted) {
        Set<String> sources = new TreeSet<>();
        counted.forEach(a -> sources.add(a.source()));
        return sources.isEmpty() ? null : String.join(", ", sources);
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
