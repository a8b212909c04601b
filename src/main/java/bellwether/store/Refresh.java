package bellwether.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands stale accounts to the rules and writes what they say, a batch per transaction. Touches what is stale and nothing else. */
public final class Refresh {
    private static final Logger LOG = LoggerFactory.getLogger(Refresh.class);

    /** Nobody may have answered for an account only because the backfill has not come that far: the first word of it waits as well. */
    private static final String TOLD_OF =
            " AND (s.refreshed_at IS NOT NULL OR EXISTS (SELECT 1 FROM response r WHERE r.account = s.id))";

    /** What a tool says of its people may come before the first of their answers. */
    private static final String SAID_OF = " AND (EXISTS (SELECT 1 FROM response r WHERE r.contact = s.id)"
            + " OR NOT EXISTS (SELECT 1 FROM respondent p WHERE p.contact = s.id AND p.source IN (<sources>)))";

    private final Store store;
    private final Clock clock;
    private final Responses responses;
    private final Duties duties;

    public Refresh(Store store, Clock clock, List<Projection> projections) {
        this.store = store;
        this.clock = clock;
        this.responses = new Responses(projections);
        this.duties = new Duties(projections);
    }

    /**
     * Refreshes, in one transaction, up to {@code limit} of each: accounts and lone contacts that are stale, and those whose time has come
     * (once, however long nobody looked).
     *
     * @param held whose accounts stay as they are, because half of their history is still to come
     * @return how many were refreshed; 0 when nothing is left to do now, or nobody has been matched yet
     */
    public int next(int limit, Held held, Function<Subject, State> rule) {
        long now = clock.millis();
        return store.write(h -> {
            if (!Matching.ended(h)) {
                return 0;
            }
            Map<Long, Long> accounts = claim(h, "account", "account", null, limit, held);
            refresh(h, "account", accounts, accounts(h, accounts.keySet()), rule, now);
            // After the stale ones, which may be due as well: what is left has changed by the passing of time alone.
            Map<Long, Long> due = claim(h, "account", "account", now, limit, held);
            refresh(h, "account", due, accounts(h, due.keySet()), rule, now);
            Map<Long, Long> contacts = claim(h, "contact", "contact", null, limit, held);
            refresh(h, "contact", contacts, lone(h, contacts.keySet()), rule, now);
            Map<Long, Long> silent = claim(h, "contact", "contact", now, limit, held);
            refresh(h, "contact", silent, lone(h, silent.keySet()), rule, now);
            return accounts.size() + due.size() + contacts.size() + silent.size();
        });
    }

    /**
     * Marks every account that there is something to tell of when the rules differ from those last used. Returns whether they did.
     *
     * @param weighed attributes of accounts that mean something without any answer
     */
    public boolean rules(String fingerprint, Set<String> weighed) {
        return store.write(h -> {
            boolean others = Weighed.remember(h, weighed);
            if (!others && Settings.read(h, "rules").filter(fingerprint::equals).isPresent()) {
                return false;
            }
            Stale.markAll(h);
            duties.again(h);
            Settings.write(h, "rules", fingerprint);
            return true;
        });
    }

    /**
     * Says how the rules of events read, by name. A rule that is new or reads differently speaks of what happens from now on; the
     * others go on. Returns since when each has read so.
     */
    public Map<String, Instant> declare(Map<String, String> definitions) {
        return store.write(h -> {
            Events.declare(h, definitions, clock.millis());
            return Events.since(h);
        });
    }

    /** Recomputes everything from the ledger: every account told of becomes stale, every response's record is compared again. */
    public int all(String actor) {
        int accounts = store.write(h -> {
            Audit.record(h, actor, "resync", "all", clock.millis());
            return Stale.markAll(h);
        });
        long after = 0;
        while (true) {
            long from = after;
            List<Long> ids = store.write(h -> {
                List<Long> some = h.createQuery("SELECT id FROM response WHERE id > :after ORDER BY id LIMIT 1000")
                        .bind("after", from)
                        .mapTo(Long.class)
                        .list();
                responses.owe(h, some, clock.millis());
                return some;
            });
            if (ids.isEmpty()) {
                return accounts;
            }
            after = ids.get(ids.size() - 1);
        }
    }

    /** How many accounts and lone contacts are stale. */
    public long backlog() {
        return store.read(h -> h.createQuery(
                        "SELECT (SELECT count(*) FROM account WHERE stale > 0) + (SELECT count(*) FROM contact WHERE stale > 0)")
                .mapTo(Long.class)
                .one());
    }

    /** Those that are stale, or, given an instant, those that are not but whose time has come by then. */
    private Map<Long, Long> claim(Handle h, String table, String column, Long due, int limit, Held held) {
        Set<Long> sources = held.sources(h);
        String wanted = due == null ? "s.stale > 0" : "s.stale = 0 AND s.next_change_at <= :due";
        // Each in the order of its index, or all accounts would be looked through to find those of one batch.
        String order = due == null ? "s.id" : "s.next_change_at";
        String unheld = sources.isEmpty()
                ? ""
                : "AND NOT EXISTS (SELECT 1 FROM response r WHERE r." + column + " = s.id AND r.source IN (<sources>))"
                        + (table.equals("account") ? TOLD_OF : SAID_OF);
        Map<Long, Long> claimed = new LinkedHashMap<>();
        var query = h.createQuery("SELECT s.id, s.stale FROM " + table + " s WHERE " + wanted + " " + unheld
                        + " ORDER BY " + order + " LIMIT :limit" + store.skipLockedOf("s"))
                .bind("limit", limit);
        if (due != null) {
            query.bind("due", due);
        }
        if (!sources.isEmpty()) {
            query.bindList("sources", List.copyOf(sources));
        }
        query.map((rs, ctx) -> claimed.put(rs.getLong("id"), rs.getLong("stale")))
                .list();
        // PostgreSQL shows each statement what was committed before it, so a backfill's first page may have come since.
        // What is
        // claimed is locked, and a page marks what it touches: nothing more comes to these now.
        claimed.keySet().removeAll(Held.among(h, column, claimed.keySet(), held.sources(h)));
        return claimed;
    }

    static Map<Long, Subject> accounts(Handle h, Collection<Long> ids) {
        Map<Long, Subject> subjects = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return subjects;
        }
        Instant since = Subjects.dataSince(h);
        Map<Long, List<Subject.Answer>> answers = Subjects.answers(h, "account", ids);
        Map<Long, List<Subject.Contact>> contacts = Subjects.contacts(h, "account", ids);
        Map<Long, Map<String, String>> attributes = Subjects.attributes(h, ids);
        Map<Long, Map<String, Subject.Said>> said = Subjects.said(h, ids);
        h.createQuery("SELECT id, remote_id, zone, churned, refreshed_at FROM account WHERE id IN (<ids>) ORDER BY id")
                .bindList("ids", List.copyOf(ids))
                .map((rs, ctx) -> subjects.put(
                        rs.getLong("id"),
                        new Subject(
                                rs.getLong("id"),
                                rs.getString("remote_id"),
                                rs.getString("zone"),
                                rs.getInt("churned") == 1,
                                attributes.getOrDefault(rs.getLong("id"), Map.of()),
                                Rows.optionalInstant(rs, "refreshed_at"),
                                said.getOrDefault(rs.getLong("id"), Map.of()),
                                since,
                                answers.getOrDefault(rs.getLong("id"), List.of()),
                                contacts.getOrDefault(rs.getLong("id"), List.of()))))
                .list();
        return subjects;
    }

    private Map<Long, Subject> lone(Handle h, Set<Long> ids) {
        Map<Long, Subject> subjects = new LinkedHashMap<>();
        if (ids.isEmpty()) {
            return subjects;
        }
        Instant since = Subjects.dataSince(h);
        Map<Long, List<Subject.Answer>> answers = Subjects.answers(h, "contact", ids);
        Map<Long, List<Subject.Contact>> contacts = Subjects.contacts(h, "contact", ids);
        for (Long id : ids) {
            subjects.put(
                    id,
                    new Subject(
                            null,
                            null,
                            null,
                            false,
                            Map.of(),
                            null,
                            Map.of(),
                            since,
                            // Answers of one who is not alone any more are looked at with the account.
                            contacts.containsKey(id) ? answers.getOrDefault(id, List.of()) : List.of(),
                            contacts.getOrDefault(id, List.of())));
        }
        return subjects;
    }

    private void refresh(
            Handle h,
            String table,
            Map<Long, Long> claimed,
            Map<Long, Subject> subjects,
            Function<Subject, State> rule,
            long now) {
        if (claimed.isEmpty()) {
            return;
        }
        LOG.debug("refreshing {} of table {}", claimed.size(), table);
        Map<Long, State> states = new LinkedHashMap<>();
        subjects.forEach((id, subject) -> states.put(id, rule.apply(subject)));
        boolean byTime = claimed.values().stream().allMatch(stale -> stale == 0);
        Map<String, Map<Long, String>> wishes = new HashMap<>();
        Set<Long> recount = new TreeSet<>();
        recount.addAll(flag(h, table, subjects, states, "duplicate", Subject.Answer::duplicate, State::duplicates));
        recount.addAll(flag(h, table, subjects, states, "awaited", Subject.Answer::awaited, State::awaited));
        states.forEach((id, state) -> {
            state.wishes().forEach(w -> wishes.computeIfAbsent(w.crm() + '\n' + w.kind(), k -> new LinkedHashMap<>())
                    .put(w.subject(), w.content()));
        });
        if (table.equals("account")) {
            States.rollups(h, states);
        }
        States.signals(h, states.values(), now);
        List<Event> events = Events.record(h, states.values(), now);
        wishes.forEach((key, wanted) -> {
            String[] parts = key.split("\n");
            Targets.wish(h, parts[0], parts[1], wanted, byTime, now);
        });
        responses.owe(h, recount, byTime, now);
        duties.owe(h, events, now);
        boolean account = table.equals("account");
        var done = new Batch(
                h,
                "UPDATE " + table + " SET stale = stale - ?, next_change_at = ?" + (account ? ", refreshed_at = ?" : "")
                        + " WHERE id = ?");
        claimed.forEach((id, stale) -> {
            State state = states.get(id);
            Long next = state == null ? null : Rows.millis(state.nextChangeAt());
            if (account) {
                done.add(stale, next, now, id);
            } else {
                done.add(stale, next, id);
            }
        });
        done.execute();
    }

    /**
     * Flags what the rules do not count now, as duplicates or as not completed; returns the responses whose flag changed. Whether an
     * answer counts is a matter of its account, so that a contact by itself, who may have answered for several, decides for answers
     * without one only.
     */
    private static Set<Long> flag(
            Handle h,
            String table,
            Map<Long, Subject> subjects,
            Map<Long, State> states,
            String flag,
            Predicate<Subject.Answer> before,
            Function<State, Set<Long>> now) {
        String own = table.equals("account") ? "" : " AND account IS NULL";
        var update = new Batch(h, "UPDATE response SET " + flag + " = ? WHERE id = ?" + own);
        List<Long> ids = new ArrayList<>();
        states.forEach((id, state) -> {
            Set<Long> flagged = now.apply(state);
            for (Subject.Answer answer : subjects.get(id).answers()) {
                if (before.test(answer) != flagged.contains(answer.id())) {
                    update.add(before.test(answer) ? 0 : 1, answer.id());
                    ids.add(answer.id());
                }
            }
        });
        int[] written = update.execute();
        Set<Long> changed = new HashSet<>();
        for (int i = 0; i < written.length; i++) {
            if (Rows.written(written[i])) {
                changed.add(ids.get(i));
            }
        }
        return changed;
    }
}
