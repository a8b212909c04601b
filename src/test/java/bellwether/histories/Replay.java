package bellwether.histories;

import bellwether.health.Company;
import bellwether.health.CompanyCount;
import bellwether.health.Definitions;
import bellwether.health.Refresher;
import bellwether.health.Rules;
import bellwether.mapping.Paying;
import bellwether.match.Key;
import bellwether.match.Matcher;
import bellwether.nps.Coverage;
import bellwether.nps.Fraction;
import bellwether.nps.Metric;
import bellwether.nps.Rate;
import bellwether.nps.Tally;
import bellwether.oracle.Law;
import bellwether.oracle.Op;
import bellwether.source.Position;
import bellwether.store.Accounts;
import bellwether.store.Census;
import bellwether.store.Delivery;
import bellwether.store.Held;
import bellwether.store.Ledger;
import bellwether.store.Positions;
import bellwether.store.Refresh;
import bellwether.store.Runs;
import bellwether.store.Store;
import bellwether.store.Subject;
import bellwether.store.Surveys;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Tells a store what happened, as the daemon does, and reads what it holds then. */
final class Replay implements AutoCloseable {
    static final List<String> SOURCES = List.of("wootric", "files");
    private static final Map<String, String> HELD = Map.of("wootric-old", "wootric", "files-old", "files");

    private static final Paying PLANS = new Paying("plan", List.of("team", "Enterprise"));

    private final Supplier<Store> opening;
    private final Law law;
    private final Map<String, String> surveys;
    private final Hand clock = new Hand();
    private final Map<String, Long> runs = new HashMap<>();
    private final Plain crm;
    private final Map<String, String> partial;
    private Law.Composite weighed;
    private Rules rules;
    private Store store;
    private Ledger ledger;
    private Refresh refresh;
    private Refresher refresher;

    Replay(Supplier<Store> opening, Law law) {
        this.opening = opening;
        this.law = law;
        this.surveys = new HashMap<>(law.surveys());
        this.partial = new HashMap<>(law.partial());
        this.crm = new Plain(law.windows().get(0));
        open();
        hold(Set.of());
    }

    /** A clock set by hand. */
    private static final class Hand extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void open() {
        store = opening.get();
        rules = OurWords.rules(law, weighed, partial);
        ledger = new Ledger(
                store,
                clock,
                new Matcher(List.of(Key.CRM_ID, Key.PERSON, Key.EMAIL)),
                List.of(crm),
                rules.attributeBy(),
                rules.acceptPartial());
        refresh = new Refresh(store, clock, List.of(crm));
        refresher = new Refresher(
                refresh, new Held(HELD), rules, refresh.declare(Definitions.of(rules)), List.of(crm), clock);
        for (String source : SOURCES) {
            Map<String, Metric> named = new HashMap<>();
            surveys.forEach((name, metric) -> {
                if (name.startsWith(source + "/") && metric != null) {
                    named.put(name.substring(source.length() + 1), Metric.parse(metric));
                }
            });
            ledger.declare(source, new Surveys(named, null));
        }
        refresh.rules(rules.toString(), rules.weighed());
    }

    void restart() {
        store.close();
        open();
    }

    @Override
    public void close() {
        store.close();
    }

    void take(Op op) {
        if (op instanceof Op.Clock at) {
            clock.now = at.now();
        } else if (op instanceof Op.DirectoryRead) {
            ledger.people().complete();
        } else if (op instanceof Op.Since since) {
            new Positions(store).grantBackfill(backfill(since.source(), since.since()), clock.millis());
        } else if (op instanceof Op.Accounts accounts) {
            ledger.people()
                    .accounts(
                            accounts.page().stream()
                                    .map(a -> OurWords.account(a, clock.now))
                                    .toList(),
                            List.of());
        } else if (op instanceof Op.Contacts contacts) {
            ledger.people()
                    .contacts(
                            contacts.page().stream()
                                    .map(c -> OurWords.contact(c, clock.now))
                                    .toList(),
                            List.of());
        } else if (op instanceof Op.Declared survey) {
            surveys.put(survey.source() + "/" + survey.survey(), survey.metric());
            restart();
        } else if (op instanceof Op.Waits waits) {
            clock.now = waits.now();
            partial.put(waits.source(), waits.rule());
            restart();
        } else if (op instanceof Op.Weighed rule) {
            clock.now = rule.now();
            weighed = rule.rule();
            restart();
        } else if (op instanceof Op.Gone gone) {
            gone(gone);
        } else if (op instanceof Op.Delivery delivery) {
            ledger.inbox().accept(OurWords.delivery(delivery, run(delivery.source())));
        }
    }

    /** Two complete reads of that instant find nothing, and a person agrees. */
    private void gone(Op.Gone gone) {
        var reading =
                new Delivery.Reading("", "rescan:test", gone.at(), gone.at().plusMillis(1), true);
        for (int read = 0; read < 2; read++) {
            ledger.inbox()
                    .accept(new Delivery(
                            gone.source(),
                            run(gone.source()),
                            gone.source(),
                            false,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(reading)));
        }
        ledger.vanished().approve(gone.source(), "test");
    }

    /** A run that somebody else has taken over in the meantime: writes nothing. */
    boolean tooLate(Op.Delivery delivery) {
        long old = run(delivery.source());
        runs.remove(delivery.source());
        run(delivery.source());
        try {
            ledger.inbox().accept(OurWords.delivery(delivery, old));
            return false;
        } catch (Runs.Superseded e) {
            return true;
        }
    }

    /** The process ends in the middle of a piece of work, which is begun again after the restart. */
    void crash(int after, Runnable work) {
        crm.crashAfter = after;
        try {
            work.run();
        } catch (Plain.Crash e) {
            restart();
            work.run();
        } finally {
            crm.crashAfter = -1;
        }
    }

    /** Another connection of each of these sources begins its backfill; all others have ended theirs. */
    void hold(Set<String> sources) {
        store.change(h -> HELD.forEach((connection, source) -> {
            h.execute("DELETE FROM position WHERE connection = ?", connection);
            h.execute(
                    "INSERT INTO position (connection, parent, scan, seen, done, updated_at) VALUES (?, '', 'backfill', 0, ?, 0)",
                    connection,
                    sources.contains(source) ? 0 : 1);
        }));
    }

    /** Refreshes until nothing is left to do. */
    void settle() {
        while (refresher.more()) {}
    }

    /** Recomputes all from the ledger. */
    void all() {
        refresh.all("test");
        settle();
    }

    long backlog() {
        return refresh.backlog();
    }

    /** How often any wish changed. */
    long wishes() {
        return store.read(h -> h.createQuery("SELECT coalesce(sum(seq), 0) FROM target")
                .mapTo(Long.class)
                .one());
    }

    /** All figures of the accounts that have an answer of this source. */
    String figures(String source) {
        return store.read(
                h -> h.createQuery("""
                        SELECT r.* FROM rollup r WHERE account IN (SELECT a.account FROM response a JOIN source s ON s.id = a.source
                          WHERE s.name = :source) ORDER BY account, window_name, policy""").bind("source", source).mapToMap().list().toString());
    }

    /** Accounts with their answers, by the directory's id. */
    Map<String, Subject> subjects() {
        Map<String, Long> ids = new TreeMap<>();
        store.read(h -> h.createQuery("SELECT id, remote_id FROM account WHERE deleted = 0")
                .map((rs, ctx) -> ids.put(rs.getString("remote_id"), rs.getLong("id")))
                .list());
        Map<String, Subject> subjects = new TreeMap<>();
        ids.forEach((name, id) -> subjects.put(name, new Accounts(store).subject(id)));
        return subjects;
    }

    Rules rules() {
        return rules;
    }

    /** What is held of each thing, in the words of the oracle. */
    Map<String, String> state() {
        Map<String, String> state = new TreeMap<>();
        state.put("company", company());
        store.read(h -> {
            h.createQuery("""
                            SELECT a.remote_id, r.* FROM rollup r JOIN account a ON a.id = r.account WHERE a.deleted = 0""")
                    .map((rs, ctx) -> state.put(
                            "account " + rs.getString("remote_id") + " " + rs.getString("window_name") + " "
                                    + rs.getString("policy"),
                            rs.getInt("promoters") + "/" + rs.getInt("passives") + "/" + rs.getInt("detractors")
                                    + " unscored " + rs.getInt("unscored") + " excluded " + rs.getInt("excluded")
                                    + " since " + rs.getString("partial_since")))
                    .list();
            h.createQuery("""
                            SELECT t.kind, t.wanted, coalesce(a.remote_id, c.remote_id, s.name || ':' || r.remote_id) AS name
                            FROM target t
                              LEFT JOIN account a ON t.kind = 'account' AND a.id = t.subject
                              LEFT JOIN contact c ON t.kind = 'contact' AND c.id = t.subject
                              LEFT JOIN response r ON t.kind = 'response' AND r.id = t.subject
                              LEFT JOIN source s ON s.id = r.source
                            WHERE coalesce(a.deleted, c.deleted, r.deleted) = 0""")
                    .map((rs, ctx) ->
                            state.put(rs.getString("kind") + " " + rs.getString("name"), rs.getString("wanted")))
                    .list();
            return null;
        });
        return state;
    }

    /** What has happened, by key, in the words of the oracle. */
    Map<String, String> events() {
        Map<String, String> events = new TreeMap<>();
        store.read(h -> h.createQuery("SELECT event_key, rule, value, at, old FROM event")
                .map((rs, ctx) -> events.put(
                        rs.getString("event_key"),
                        rs.getString("rule") + " " + rs.getString("value") + " at "
                                + Instant.ofEpochMilli(rs.getLong("at")) + (rs.getInt("old") == 1 ? ", too old" : "")))
                .list());
        return events;
    }

    /** What the CRM is told once, by the keys of the events. */
    Set<String> acts() {
        return store.read(h ->
                h.createQuery("SELECT act_key FROM act").mapTo(String.class).collect(Collectors.toSet()));
    }

    /** What was last said of every account that was ever looked at, by the directory's id and the name of the signal. */
    Map<String, String> said() {
        Map<String, String> said = new TreeMap<>();
        store.read(h -> h.createQuery("""
                        SELECT a.remote_id, s.name, s.value, s.reason, s.since FROM signal s JOIN account a ON a.id = s.subject
                        WHERE s.subject_kind = 'account' AND s.name <> 'warning'""")
                .map((rs, ctx) -> said.put(
                        rs.getString("remote_id") + " " + rs.getString("name"),
                        rs.getString("value") + ": " + rs.getString("reason") + " since "
                                + Instant.ofEpochMilli(rs.getLong("since"))))
                .list());
        return said;
    }

    private String company() {
        return shown(paying -> CompanyCount.of(question(paying), rules, clock.now, new Census(store)));
    }

    /** The company's figures about an instant by what was known at another one, in the words of the oracle. */
    String company(Instant validAt, Instant knownAt) {
        return shown(paying -> CompanyCount.of(question(paying), rules, validAt, knownAt, new Census(store)));
    }

    private static String shown(Function<Paying, Company> asked) {
        Company company = asked.apply(Paying.REVENUE);
        var weighted = company.weighted().nps();
        Fraction revenue = company.coverage().revenuePercent();
        return shown(company.plain()) + ", left " + shown(company.exit()) + ", unknown " + company.unmatched()
                + ", by revenue " + (weighted == null ? null : weighted.display())
                + ", covered " + shown(company.coverage()) + " and "
                + (revenue == null ? "no" : revenue.rounded(1) + " %") + " of revenue, "
                + shown(asked.apply(Paying.ALL).coverage()) + " of all, "
                + shown(asked.apply(PLANS).coverage()) + " by plan";
    }

    private CompanyCount.Question question(Paying paying) {
        return new CompanyCount.Question(rules.window(), rules.policy(), null, null, rules.includeChurned(), paying);
    }

    private static String shown(Coverage coverage) {
        Rate rate = coverage.rate();
        return coverage.withAnswers() + "/" + coverage.accounts() + " "
                + (rate == null ? "no" : rate.rounded(1) + " %");
    }

    private static String shown(Tally tally) {
        return tally.promoters() + "/" + tally.passives() + "/" + tally.detractors();
    }

    private long run(String source) {
        return runs.computeIfAbsent(source, name -> new Runs(store, clock).begin(name, "pull", "schedule"));
    }

    private Position backfill(String source, Instant since) {
        return new Position(
                source, "", Position.BACKFILL, clock.instant(), since, clock.instant(), null, null, null, 0);
    }
}
