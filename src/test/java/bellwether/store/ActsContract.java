package bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.TestClock;
import bellwether.match.Key;
import bellwether.match.Matcher;
import bellwether.nps.Metric;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.store.Acts.Outcome;
import bellwether.store.Acts.Owed;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine must do the same way with acts: one for each event, after what it needs, and never twice unnoticed. */
abstract class ActsContract {
    private static final Duration AT_ONCE = Duration.ofSeconds(-1);
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration AFTERMATH = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();
    private final Projection projection = new Told("key");
    private Store store;
    private Ledger ledger;
    private Acts acts;
    private Targets targets;
    private long contact;
    private long response;

    abstract Store open();

    @BeforeEach
    void aPersonWhoAnswered() {
        store = open();
        ledger = new Ledger(store, clock, new Matcher(List.of(Key.EMAIL)), List.of(projection));
        acts = new Acts(store, clock);
        targets = new Targets(store, clock);
        ledger.declare("wootric", new Surveys(Map.of("31", Metric.NPS), null));
        long run = new Runs(store, clock).begin("wootric", "pull", "schedule");
        Instant now = clock.instant();
        ledger.people()
                .accounts(
                        List.of(new People.Account("A1", "Acme", null, null, null, false, false, now, Map.of())),
                        List.of());
        ledger.people()
                .contacts(
                        List.of(new People.Contact(
                                "C1", "A1", "Ana", null, List.of("ana@acme.test"), false, now, Map.of())),
                        List.of());
        ledger.people().complete();
        ledger.inbox()
                .accept(new Delivery(
                        "wootric",
                        run,
                        "wootric",
                        false,
                        List.of(Response.of("wootric", null, "1")
                                .survey("31")
                                .respondent("7")
                                .score(3)
                                .answeredAt(now)
                                .build()),
                        List.of(new Respondent("wootric", "7", "ana@acme.test", null, null, null, null, null, null)),
                        List.of(),
                        List.of()));
        contact = one("SELECT id FROM contact");
        response = one("SELECT id FROM response");
        new Refresh(store, clock, List.of()).declare(Map.of("alarm", "a"));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void anEventIsOneActHoweverOftenItIsSeenAndGoesAfterItsResponse() {
        happens(event("a", response), event("a", response));
        happens(event("a", response));
        assertThat(text("SELECT content FROM act")).isEqualTo("a|C1|A1|wootric:1");
        assertThat(claim()).isEmpty();
        assertThat(acts.counts("crm")).isEqualTo(Map.of("signal/waiting", 1L));

        told();
        assertThat(acts.counts("crm")).isEqualTo(Map.of("signal/owed", 1L));
        assertThat(claim()).extracting(Owed::key).containsExactly("a");
        assertThat(claim()).isEmpty();
    }

    @Test
    void whatIsTooOldWhenItBecomesKnownIsRecordedAndNotDone() {
        happens(new Event("old", "alarm", "warning", "contact", contact, null, "v", "r", clock.instant()));
        clock.advance(Duration.ofHours(2));
        happens(event("fresh", null), event("old", null));
        assertThat(one("SELECT count(*) FROM event")).isEqualTo(2);

        assertThat(acts.tooOld("crm", clock.instant().minus(Duration.ofHours(1))))
                .isEqualTo(1);
        assertThat(acts.counts("crm")).isEqualTo(Map.of("signal/old", 1L, "signal/owed", 1L));
    }

    @Test
    void anActGoesWithoutAResponseThatTheCrmIsNotToldOf() {
        happens(event("a", response), event("b", null));
        assertThat(claim(true)).extracting(Owed::key).containsExactly("a", "b");
    }

    @Test
    void aPilotListHoldsBackActsOfOtherAccounts() {
        happens(event("a", null));
        assertThat(acts.claim(
                        "crm", "signal", new Targets.Only(List.of("A2")), false, 10, AT_ONCE, LEASE, AFTERMATH, "me"))
                .isEmpty();
        assertThat(acts.claim(
                        "crm", "signal", new Targets.Only(List.of("A1")), false, 10, AT_ONCE, LEASE, AFTERMATH, "me"))
                .hasSize(1);
    }

    @Test
    void aRepeatThatIsRecognisedIsOwedAgainAfterACrash() {
        happens(event("a", null));
        assertThat(claim()).hasSize(1);
        acts.release("me");
        assertThat(acts.counts("crm")).isEqualTo(Map.of("signal/owed", 1L));
        assertThat(claim()).hasSize(1);
    }

    @Test
    void aRepeatThatNobodyWouldNoticeIsUnknownAfterACrashAndLookedFor() {
        redeclared("search");
        happens(event("a", null), event("b", null));
        List<Owed> rows = claim();
        assertThat(acts.counts("crm")).isEqualTo(Map.of("signal/sending", 2L));
        acts.release("me");
        assertThat(acts.counts("crm")).isEqualTo(Map.of("signal/unknown", 2L));
        assertThat(claim()).isEmpty();

        assertThat(unknown()).isEmpty();
        clock.advance(AFTERMATH);
        assertThat(unknown()).isEqualTo(rows);
        assertThat(unknown()).isEmpty();
        settle(new Outcome.Done(rows.get(0), "S1"), new Outcome.Later(rows.get(1), null));
        assertThat(acts.counts("crm")).isEqualTo(Map.of("signal/done", 1L, "signal/owed", 1L));

        // A late word about what is done changes nothing.
        settle(new Outcome.Later(rows.get(0), null));
        assertThat(claim()).extracting(Owed::key).containsExactly("b");
    }

    @Test
    void whoIsNotHeardOfForLongerThanItsLeaseLeavesUnknownActs() {
        redeclared("none");
        happens(event("a", null));
        List<Owed> rows = claim();
        acts.abandoned("crm");
        assertThat(acts.counts("crm")).isEqualTo(Map.of("signal/sending", 1L));
        clock.advance(LEASE.plusSeconds(1));
        acts.abandoned("crm");
        assertThat(acts.counts("crm")).isEqualTo(Map.of("signal/unknown", 1L));

        // Without a mark nothing can be looked for: a person says what became of it.
        assertThat(unknown()).isEmpty();
        assertThat(claim()).isEmpty();
        assertThat(acts.resolve(rows.get(0).id(), false, "test")).isTrue();
        assertThat(acts.resolve(rows.get(0).id(), true, "test")).isFalse();
        assertThat(claim()).extracting(Owed::key).containsExactly("a");
    }

    @Test
    void aRefusedActIsADeadLetterAndCanBeReplayed() {
        happens(event("a", null));
        settle(new Outcome.Rejected(claim().get(0), "INVALID_FIELD", "Refused.", "Mend it."));
        var letters = new DeadLetters(store, clock);
        assertThat(letters.list("open", null, 10))
                .extracting(DeadLetters.Kept::code)
                .containsExactly("INVALID_FIELD");
        assertThat(claim()).isEmpty();

        assertThat(letters.replayPushes("crm", null, null)).isEqualTo(1);
        settle(new Outcome.Done(claim().get(0), "S1"));
        assertThat(letters.list("open", null, 10)).isEmpty();
        assertThat(acts.counts("crm")).isEqualTo(Map.of("signal/done", 1L));
        assertThat(text("SELECT remote_id FROM act")).isEqualTo("S1");
    }

    @Test
    void aChangedMappingComposesAnewWhatIsNotDone() {
        happens(event("done", null));
        settle(new Outcome.Done(claim().get(0), "S1"));
        happens(event("owed", null));
        redeclared("none");
        List<String> acts = store.read(h -> h.createQuery("SELECT act_key || ':' || idempotency FROM act ORDER BY id")
                .mapTo(String.class)
                .list());
        assertThat(acts).containsExactly("done:key", "owed:none");
    }

    private void redeclared(String idempotency) {
        ((Told) projection).idempotency = idempotency;
        new Refresh(store, clock, List.of(projection)).rules(idempotency, Set.of());
    }

    private void happens(Event... events) {
        store.change(h -> h.execute("UPDATE account SET stale = 1"));
        Instant from = clock.instant().minus(Duration.ofHours(1));
        new Refresh(store, clock, List.of(projection))
                .next(
                        10,
                        new Held(Map.of()),
                        subject -> new State(
                                List.of(),
                                List.of(),
                                Arrays.asList(events),
                                from,
                                List.of(),
                                Set.of(),
                                Set.of(),
                                null));
    }

    private Event event(String key, Long response) {
        return new Event(key, "alarm", "warning", "contact", contact, response, "v", "r", clock.instant());
    }

    private void told() {
        targets.settle(
                "crm",
                targets.claim("crm", "response", Targets.Only.ALL, 10, AT_ONCE, LEASE, "me").stream()
                        .map(row -> (Targets.Outcome) new Targets.Outcome.Acknowledged(row, row.wanted()))
                        .toList());
    }

    private List<Owed> claim() {
        return claim(false);
    }

    private List<Owed> claim(boolean alone) {
        return acts.claim("crm", "signal", Targets.Only.ALL, alone, 10, AT_ONCE, LEASE, AFTERMATH, "me");
    }

    private List<Owed> unknown() {
        return acts.unknown("crm", "signal", 10, LEASE, "me");
    }

    private void settle(Outcome... outcomes) {
        acts.settle("crm", List.of(outcomes));
    }

    private long one(String sql) {
        return store.read(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    private String text(String sql) {
        return store.read(h -> h.createQuery(sql).mapTo(String.class).one());
    }

    private static final class Told implements Projection {
        private String idempotency;

        Told(String idempotency) {
            this.idempotency = idempotency;
        }

        @Override
        public String crm() {
            return "crm";
        }

        @Override
        public String response(Facts facts) {
            return facts.key();
        }

        @Override
        public Act signal(Event e) {
            return new Act(String.join("|", e.key(), e.contact(), e.account(), e.response()), idempotency);
        }
    }
}
