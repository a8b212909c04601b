package bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.match.Key;
import bellwether.match.Matcher;
import bellwether.nps.Fault;
import bellwether.nps.Metric;
import bellwether.nps.Policy;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.Send;
import bellwether.nps.Signal;
import bellwether.nps.Tally;
import bellwether.source.Boundary;
import bellwether.source.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine must do the same way. */
abstract class StoreContract {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    Store store;
    Ledger ledger;
    Targets targets;
    long run;
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
        ledger = new Ledger(
                store, clock, new Matcher(List.of(Key.CRM_ID, Key.PERSON, Key.EMAIL)), List.of(new PlainProjection()));
        targets = new Targets(store, clock);
        ledger.declare("wootric", new Surveys(Map.of("31", Metric.NPS), null));
        run = new Runs(store, clock).begin("wootric", "pull", "schedule");
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void aRefreshTokenIsTradedByOneAndKeptForAll() {
        var one = new KeptTokens(store, clock);
        var two = new KeptTokens(store, clock);
        assertThat(one.kept("typeform")).isEmpty();
        assertThat(one.claim("typeform", NOW.plusSeconds(60))).isTrue();
        assertThat(two.claim("typeform", NOW.plusSeconds(60))).isFalse();
        assertThat(two.claim("other", NOW.plusSeconds(60))).isTrue();
        assertThat(one.kept("typeform")).isEmpty();
        two.release("typeform");
        assertThat(two.claim("typeform", NOW.plusSeconds(60)))
                .as("somebody else's claim")
                .isFalse();
        var kept = new KeptTokens.Kept("origin", "r \"1", "a1", NOW.plusSeconds(3600));
        one.keep("typeform", kept);
        assertThat(two.kept("typeform")).contains(kept);
        assertThat(two.claim("typeform", NOW)).isTrue();
        assertThat(one.claim("typeform", NOW.plusSeconds(60)))
                .as("a claim that is over")
                .isTrue();
        one.release("typeform");
        assertThat(two.kept("typeform")).contains(kept);
        var endless = new KeptTokens.Kept("origin", "r2", "a2", null);
        one.keep("typeform", endless);
        assertThat(two.kept("typeform")).contains(endless);
        assertThat(kept.toString()).doesNotContain("a1");
    }

    @Test
    void callsAreCountedByDayUpToTheMost() throws Exception {
        var calls = new DayCalls(store);
        LocalDate day = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        var taken = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> {
                for (int j = 0; j < 5; j++) {
                    if (calls.take("monkey", day, 25)) {
                        taken.incrementAndGet();
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(taken).hasValue(25);
        assertThat(calls.take("other", day, 1)).isTrue();
        assertThat(calls.take("monkey", day.plusDays(1), 25)).isTrue();
        assertThat(count("day_calls")).as("days gone by are forgotten").isEqualTo(2);
    }

    @Test
    void aCopyThatIsKnownChangesNothing() {
        assertThat(accept(response("1", 9, "good"), response("2", 3, null))).isEqualTo(new Inbox.Receipt(2, 0, 0, 0));
        assertThat(accept(response("1", 9, "good"), response("2", 3, null))).isEqualTo(new Inbox.Receipt(0, 0, 2, 0));
        assertThat(count("response_version")).isEqualTo(2);
    }

    @Test
    void anEditIsANewVersionAndAnOlderCopyNeverWins() {
        accept(response("1", 9, "good"));
        Response edited = base("1")
                .score(4)
                .comment("changed my mind")
                .updatedAt(NOW.minusSeconds(5))
                .build();
        assertThat(accept(edited).changed()).isEqualTo(1);
        assertThat(accept(response("1", 9, "good")).unchanged()).isEqualTo(1);
        assertThat(count("response_version")).isEqualTo(2);
        assertThat(one("SELECT score FROM response")).isEqualTo(4);
    }

    @Test
    void anAbsentFieldLeavesWhatIsKnownAndNullClears() {
        accept(response("1", 9, "good"));
        accept(Response.of("wootric", null, "1")
                .score(8)
                .answeredAt(NOW.minusSeconds(600))
                .build());
        assertThat(
                        text(
                                "SELECT t.comment FROM response r JOIN response_text t ON t.response = r.id AND t.version = r.version"))
                .isEqualTo("good");
        accept(Response.of("wootric", null, "1")
                .comment(null)
                .answeredAt(NOW.minusSeconds(600))
                .build());
        assertThat(
                        one(
                                "SELECT count(*) FROM response r JOIN response_text t ON t.response = r.id AND t.version = r.version WHERE t.comment IS NOT NULL"))
                .isZero();
        assertThat(one("SELECT score FROM response")).isEqualTo(8);
    }

    @Test
    void nobodyIsMatchedBeforeTheDirectoryHasBeenReadOnce() {
        accept(response("1", 9, "good"));
        people();
        assertThat(text("SELECT cause FROM respondent")).isEqualTo("DIRECTORY_NOT_READ");
        ledger.people().complete();
        assertThat(text("SELECT status FROM respondent")).isEqualTo("matched");
        assertThat(one("SELECT count(*) FROM response WHERE contact IS NOT NULL AND account IS NOT NULL"))
                .isEqualTo(1);
        assertThat(one("SELECT stale FROM account WHERE remote_id = 'A1'")).isEqualTo(1);
        assertThat(text("SELECT wanted FROM target")).isEqualTo("wootric:1|C1|A1|9|true|good");
    }

    @Test
    void whoWasAskedIsKeptOnceAndWhatBecameOfItIsFollowed() {
        Send send =
                new Send("wootric", "s1", "9", "31", "email", Instant.parse("2026-11-18T08:00:00Z"), Send.Status.SENT);
        Send later = new Send("wootric", "s1", "9", null, null, null, Send.Status.BOUNCED);
        for (Send one : List.of(send, send, later, later)) {
            accept(one);
        }
        assertThat(one("SELECT count(*) FROM send")).isEqualTo(1);
        assertThat(text("SELECT s.status || ' ' || s.survey || ' ' || s.channel || ' ' || r.remote_id FROM send s"
                        + " JOIN respondent r ON r.id = s.respondent"))
                .isEqualTo("bounced 31 email 9");
    }

    @Test
    void anAnswerBelongsToTheLastOneThatWasSentBeforeItOrToTheOneOfItsId() {
        Instant day = NOW.minusSeconds(86_400);
        for (Send one : List.of(
                sent("s1", "7", "31", day.minusSeconds(9_000), Send.Status.DELIVERED),
                sent("s2", "7", "31", day, Send.Status.DELIVERED),
                sent("s3", "7", "31", day.plusSeconds(60), Send.Status.BOUNCED),
                sent("s4", "7", "77", day.plusSeconds(90), Send.Status.DELIVERED),
                sent("s5", "8", "31", day, Send.Status.DECLINED),
                sent("6", "10", "31", day, Send.Status.DELIVERED),
                sent("s7", "9", "31", NOW.plusSeconds(5), Send.Status.SENT),
                sent("s8", "9", null, day.minusSeconds(1_000_000), Send.Status.SENT))) {
            accept(one);
        }
        Overview overview = new Overview(store);
        Instant from = NOW.minusSeconds(172_800);
        assertThat(overview.asked(from, NOW)).isEqualTo(new Overview.Asked(6, 1, 0));

        accept(response("1", 9, "to s2: s3 never arrived, s4 asked something else"));
        accept(response("2", null, "to s2 as well", "7"));
        accept(response("6", 4, "by its id, whoever says so", "11"));
        accept(response("3", 7, "to s8, which is older than what is asked for", "9"));

        Overview.Asked asked = overview.asked(from, NOW);
        assertThat(asked).isEqualTo(new Overview.Asked(6, 1, 2));
        assertThat(asked.rate().rounded(1)).isEqualByComparingTo("40.0");
        assertThat(overview.asked(NOW.minusSeconds(2_000_000), from)).isEqualTo(new Overview.Asked(1, 0, 1));
        assertThat(overview.asked(NOW.plusSeconds(60), NOW.plusSeconds(90)).rate())
                .isNull();
    }

    private static Send sent(String id, String person, String survey, Instant at, Send.Status status) {
        return new Send("wootric", id, person, survey, "email", at, status);
    }

    private void accept(Send send) {
        ledger.inbox()
                .accept(new Delivery(
                        "wootric",
                        run,
                        "wootric",
                        false,
                        List.of(),
                        List.of(),
                        List.of(send),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    @Test
    void aSurveyThatGivesAnswersAndNoScoresIsToldUntilOneHasAScore() {
        for (int i = 1; i <= 9; i++) accept(response("" + i, null, "words"));
        assertThat(new SilentSurveys(store).of("wootric")).isEmpty();
        accept(response("10", null, "words"));
        assertThat(new SilentSurveys(store).of("wootric")).containsExactly("31");
        accept(response("11", 0, null));
        assertThat(new SilentSurveys(store).of("wootric")).isEmpty();
    }

    @Test
    void whoNeverAnsweredMakesNoAccountStaleWhenMatchedBesideOthers() {
        ledger.inbox()
                .accept(new Delivery(
                        "wootric",
                        run,
                        "wootric",
                        false,
                        List.of(response("1", 9, "good")),
                        List.of(respondent("7", "ana@acme.test"), respondent("8", "bo@other.test")),
                        List.of(),
                        List.of()));
        people();
        contacts(contact("C2", "A2", "bo@other.test"));
        ledger.people().complete();

        assertThat(one("SELECT count(*) FROM respondent WHERE status = 'matched'"))
                .isEqualTo(2);
        assertThat(one("SELECT stale FROM account WHERE remote_id = 'A1'")).isEqualTo(1);
        assertThat(one("SELECT stale FROM account WHERE remote_id = 'A2'")).isZero();
    }

    @Test
    void aContactThatAppearsLaterReleasesTheWaitingAndOneThatMovesTakesItsResponsesAlong() {
        ledger.people().complete();
        accept(response("1", 9, "good"));
        assertThat(text("SELECT cause FROM respondent")).isEqualTo("UNKNOWN_EMAIL");
        people();
        assertThat(text("SELECT wanted FROM target")).isEqualTo("wootric:1|C1|A1|9|true|good");
        contacts(contact("C1", "A2", "ana@acme.test"));
        assertThat(text("SELECT wanted FROM target")).isEqualTo("wootric:1|C1|A2|9|true|good");
        assertThat(one("SELECT stale FROM account WHERE remote_id = 'A1'")).isEqualTo(2);
        assertThat(one("SELECT stale FROM account WHERE remote_id = 'A2'")).isGreaterThanOrEqualTo(1);
        assertThat(count("matching")).isEqualTo(3);
    }

    @Test
    void severalNewPeopleOfOnePageAreMatchedAndASurveyNobodyDeclaredIsToldOnce() {
        people();
        contacts(contact("C2", "A2", "bo@other.test"));
        ledger.people().complete();
        acceptTwo();

        assertThat(one("SELECT count(*) FROM respondent WHERE status = 'matched'"))
                .isEqualTo(2);
        assertThat(one("SELECT count(DISTINCT account) FROM response")).isEqualTo(2);
        List<Response> strange = List.of(
                base("8").survey("98").score(1).build(),
                base("9").survey("99").score(1).build());
        assertThat(seen(strange)).containsExactly("98", "99");
        assertThat(seen(strange)).isEmpty();
    }

    @Test
    void anAccountThatChangesIsStaleAndItsNeighbourNeedNotBe() {
        people();
        contacts(contact("C2", "A2", "bo@other.test"));
        ledger.people().complete();
        acceptTwo();
        refresh("before");
        ledger.people()
                .accounts(
                        List.of(
                                new People.Account("A1", "Renamed", "owner", "1000", null, true, false, NOW, Map.of()),
                                account("A2")),
                        List.of());
        assertThat(one("SELECT stale FROM account WHERE remote_id = 'A1'")).isPositive();
    }

    private List<String> seen(List<Response> responses) {
        return store.write(h -> Sources.seen(h, Sources.id(h, "wootric"), responses, null, NOW.toEpochMilli()));
    }

    @Test
    void oneAddressOnTwoContactsCountsForASharedAccountOnly() {
        people();
        contacts(contact("C2", "A1", "ana@acme.test"));
        ledger.people().complete();
        accept(response("1", 9, "good"));
        assertThat(text("SELECT status FROM respondent")).isEqualTo("ambiguous");
        assertThat(text("SELECT wanted FROM target")).isEqualTo("wootric:1|null|A1|9|true|good");
        contacts(contact("C3", "A2", "ana@acme.test"));
        assertThat(text("SELECT cause FROM respondent")).isEqualTo("ONE_EMAIL_TWO_ACCOUNTS");
        assertThat(text("SELECT wanted FROM target")).isEqualTo("wootric:1|null|null|9|true|good");
    }

    @Test
    void anAddressThatTwoContactsShareFollowsTheirAccounts() {
        people();
        contacts(contact("C2", "A1", "ana@acme.test"));
        ledger.people().complete();
        accept(response("1", 9, "good"));
        contacts(contact("C2", "A2", "ana@acme.test"));
        assertThat(text("SELECT wanted FROM target")).isEqualTo("wootric:1|null|null|9|true|good");
        contacts(contact("C2", "A1", "ana@acme.test"));
        assertThat(text("SELECT wanted FROM target")).isEqualTo("wootric:1|null|A1|9|true|good");
    }

    @Test
    void whoseIdTheToolCarriesAlongIsFoundWhenTheContactAppears() {
        ledger.people().complete();
        accept(new Respondent("wootric", "7", null, null, null, null, "C1", Map.of(), null), response("1", 9, null));
        assertThat(text("SELECT status FROM respondent")).isEqualTo("waiting");
        people();
        assertThat(text("SELECT wanted FROM target")).isEqualTo("wootric:1|C1|A1|9|true|null");
    }

    @Test
    void aCopyThatLeavesOutWhoAnsweredLeavesThatAsItWas() {
        people();
        ledger.people().complete();
        accept(response("1", 9, "good"));
        ledger.inbox()
                .accept(new Delivery(
                        "wootric",
                        run,
                        "wootric",
                        false,
                        List.of(Response.of("wootric", null, "1")
                                .comment("better")
                                .answeredAt(NOW.minusSeconds(600))
                                .build()),
                        List.of(),
                        List.of(),
                        List.of()));
        assertThat(text("SELECT wanted FROM target")).isEqualTo("wootric:1|C1|A1|9|true|better");
    }

    @Test
    void aContactThatIsBackWithoutItsAnswersIsRefreshed() {
        people();
        ledger.people().complete();
        accept(response("1", 9, "good"));
        store.change(h -> h.execute("INSERT INTO target (crm, kind, subject, seq, wanted, wanted_at, status)"
                + " SELECT 'crm', 'contact', id, 1, 'told', 0, 'owed' FROM contact"));
        contacts(new People.Contact("C1", "A1", null, null, List.of(), true, NOW, Map.of()));
        store.change(h -> h.execute("UPDATE account SET stale = 0"));
        contacts(new People.Contact("C1", "A2", null, null, List.of(), false, NOW, Map.of()));
        assertThat(one("SELECT stale FROM account WHERE remote_id = 'A2'")).isEqualTo(1);
    }

    @Test
    void dataFromFurtherBackMakeEveryAccountStale() {
        people();
        ledger.people().complete();
        accept(response("1", 9, "good"));
        var positions = new Positions(store);
        for (int months = 1; months <= 2; months++) {
            store.change(h -> h.execute("UPDATE account SET stale = 0"));
            positions.grantBackfill(
                    Position.open("wootric", Position.BACKFILL, NOW.minus(Duration.ofDays(30L * months)), NOW), 0);
            assertThat(one("SELECT stale FROM account WHERE remote_id = 'A1'")).isEqualTo(1);
        }
        positions.grantBackfill(Position.open("wootric", Position.BACKFILL, NOW.minus(Duration.ofDays(60)), NOW), 0);
        assertThat(one("SELECT stale FROM account WHERE remote_id = 'A1'")).isEqualTo(1);
    }

    @Test
    void anOlderRunWritesNothing() {
        new Runs(store, clock).begin("wootric", "pull", "schedule");
        assertThatThrownBy(() -> accept(response("1", 9, null))).isInstanceOf(Runs.Superseded.class);
        assertThat(count("response")).isZero();
    }

    @Test
    void anAcknowledgementCountsForTheSequenceThatWasSent() {
        people();
        ledger.people().complete();
        accept(response("1", 9, "good"));
        var claimed = claim();
        assertThat(claimed).hasSize(1);
        assertThat(claim()).isEmpty();
        accept(base("1").score(2).updatedAt(NOW).build());
        targets.settle(
                "crm",
                List.of(new Targets.Outcome.Acknowledged(
                        claimed.get(0), claimed.get(0).wanted())));
        var again = claim();
        assertThat(again).hasSize(1);
        assertThat(again.get(0).seq()).isEqualTo(2);
        assertThat(again.get(0).acked()).isEqualTo("wootric:1|C1|A1|9|true|good");
        targets.settle(
                "crm",
                List.of(new Targets.Outcome.Acknowledged(
                        again.get(0), again.get(0).wanted())));
        assertThat(claim()).isEmpty();
        assertThat(targets.counts("crm")).isEqualTo(Map.of("response/acknowledged", 1L));
    }

    @Test
    void aRefusedRowIsKeptWithItsReasonAndCanBeReplayed() {
        people();
        ledger.people().complete();
        accept(response("1", 9, "good"));
        var claimed = claim();
        targets.settle(
                "crm",
                List.of(new Targets.Outcome.Rejected(claimed.get(0), "INVALID_FIELD", "No such field.", "Add it.")));
        assertThat(claim()).isEmpty();
        var letters = new DeadLetters(store, clock);
        assertThat(letters.list("open", null, 10))
                .extracting(DeadLetters.Kept::code)
                .containsExactly("INVALID_FIELD");
        assertThat(letters.replayPushes(null, "INVALID_FIELD", null)).isEqualTo(1);
        var again = claim();
        targets.settle(
                "crm",
                List.of(new Targets.Outcome.Acknowledged(
                        again.get(0), again.get(0).wanted())));
        assertThat(letters.list("open", null, 10)).isEmpty();
    }

    @Test
    void theAnswerDatedInTheFutureIsSetAsideAndItsNeighbourLives() {
        assertThat(accept(base("1").answeredAt(NOW.plusSeconds(3600)).build(), response("2", 7, null)))
                .isEqualTo(new Inbox.Receipt(1, 0, 0, 1));
    }

    @Test
    void aCopyWithoutADateIsPartOfWhatIsKnownAndElseSetAside() {
        accept(response("1", 9, "good"));
        Response part = Response.of("wootric", null, "1").comment("and more").build();
        Response other = Response.of("wootric", null, "2").comment("whose").build();
        assertThat(accept(part, other)).isEqualTo(new Inbox.Receipt(0, 1, 0, 1));
        assertThat(
                        text(
                                "SELECT t.comment FROM response r JOIN response_text t ON t.response = r.id AND t.version = r.version"))
                .isEqualTo("and more");
        assertThat(one("SELECT score FROM response")).isEqualTo(9);
        assertThat(text("SELECT record || ' ' || code FROM dead_letter")).isEqualTo("response:2 DATE_MISSING");
        Response undated = Response.of("wootric", null, "1")
                .answeredAt(null)
                .createdAt(null)
                .build();
        assertThat(accept(undated)).as("nothing is left of its date").isEqualTo(new Inbox.Receipt(0, 0, 0, 1));
        assertThat(accept(response("2", 8, null), other)).isEqualTo(new Inbox.Receipt(1, 0, 0, 0));
    }

    @Test
    void thePositionIsWrittenWithThePage() {
        var position = new Position(
                "wootric", "", "backfill", NOW, NOW, NOW.plusSeconds(9), "3", new Boundary(NOW, Set.of("1")), null, 50);
        ledger.inbox()
                .accept(new Delivery(
                        "wootric", run, "wootric", true, List.of(), List.of(), List.of(), List.of(position)));
        assertThat(new Positions(store).positions("wootric")).containsExactly(position);
    }

    @Test
    void whatHappenedIsRecordedOnceAndNothingFromBeforeItsRule() {
        people();
        ledger.people().complete();
        accept(response("1", 3, null));
        var refresh = new Refresh(store, clock, List.of());
        refresh.declare(Map.of("first_response", "a", "account_falling", "a"));
        store.change(h ->
                h.execute("UPDATE rule SET since = ?", NOW.minusSeconds(900).toEpochMilli()));
        List<Event> events = List.of(
                event("recent", "first_response", NOW.minusSeconds(60)),
                event("stale", "first_response", NOW.minusSeconds(600)),
                event("before", "first_response", NOW.minusSeconds(901)),
                event("unknown", "no_such_rule", NOW));
        happens(refresh, events);
        assertThat(texts("SELECT event_key || ':' || old FROM event ORDER BY event_key"))
                .containsExactly("recent:0", "stale:1");

        // The same again, and a rule that reads differently now.
        happens(refresh, events);
        refresh.declare(Map.of("first_response", "b"));
        happens(
                refresh,
                List.of(event("later", "first_response", NOW), event("early", "first_response", NOW.minusMillis(1))));
        assertThat(texts("SELECT event_key FROM event ORDER BY event_key")).containsExactly("later", "recent", "stale");
        assertThat(texts("SELECT name || ':' || definition FROM rule")).containsExactly("first_response:b");
    }

    @Test
    void aSignalKeepsItsBeginningWhileItsValueStaysAndGoesWhenItIsSaidNoMore() {
        people();
        ledger.people().complete();
        accept(response("1", 3, null));
        var refresh = new Refresh(store, clock, List.of());
        said(refresh, new Signal("account", 1, "service_health", "poor", "1 of 2", NOW.minusSeconds(60)));
        said(refresh, new Signal("account", 1, "service_health", "poor", "1 of 3", NOW));
        assertThat(texts("SELECT value || ' ' || reason || ' ' || since FROM signal"))
                .containsExactly("poor 1 of 3 " + NOW.minusSeconds(60).toEpochMilli());
        said(refresh, new Signal("account", 1, "service_health", "good", "3 of 3", null));
        assertThat(texts("SELECT value || ' ' || reason || ' ' || since FROM signal"))
                .containsExactly("good 3 of 3 " + NOW.toEpochMilli());
        said(refresh, new Signal("account", 1, "warning", "silence", "nobody answers", null));
        assertThat(texts("SELECT name FROM signal")).containsExactly("warning");
        said(refresh, new Signal("account", 1, "warning", null, null, null));
        assertThat(texts("SELECT name FROM signal")).isEmpty();
    }

    @Test
    void whatIsWeighedMattersWithoutAnswersAndOnlyWhileItIsWeighed() {
        var refresh = new Refresh(store, clock, List.of());
        ledger.people().complete();
        with("A1", Map.of("usage", "80"), false);
        with("A2", Map.of("region", "emea"), false);
        with("A3", Map.of("usage", "10"), true);
        refresh.rules("rules", Set.of());
        assertThat(stale()).isEmpty();

        assertThat(refresh.rules("rules", Set.of("usage", "plan"))).isTrue();
        assertThat(refresh.rules("rules", Set.of("plan", "usage"))).isFalse();
        assertThat(stale()).as("neither one without, nor one deleted").containsExactly("A1");
        with("A4", Map.of("plan", "team"), false);
        with("A5", Map.of("region", "emea"), false);
        assertThat(stale()).containsExactly("A1", "A4");
        refresh("told", List.of(NOTHING_ANSWERED));
        with("A1", Map.of("usage", "81"), false);
        with("A3", Map.of("usage", "10"), false);
        with("A4", Map.of("plan", "team"), false);
        assertThat(stale()).as("what changed, and what has come back").containsExactly("A1", "A3");
        refresh.all("test");
        assertThat(stale()).containsExactly("A1", "A3", "A4");
        refresh("told", List.of(NOTHING_ANSWERED));

        with("A6", Map.of("plan", "team"), false);
        refresh("told", List.of());
        assertThat(refresh.rules("rules", Set.of())).isTrue();
        assertThat(stale())
                .as("what was told is taken back; of A6 no figures were kept")
                .containsExactly("A1", "A3", "A4");
        with("A7", Map.of("usage", "10"), false);
        assertThat(stale()).containsExactly("A1", "A3", "A4");
    }

    private static final bellwether.nps.Rollup NOTHING_ANSWERED = new bellwether.nps.Rollup(
            "all_time", Policy.ALL_RESPONSES, new bellwether.nps.Span(null, null), Tally.NONE, 0, 0, 0, null);

    private void with(String account, Map<String, String> attributes, boolean deleted) {
        ledger.people()
                .accounts(
                        List.of(new People.Account(
                                account, account, null, null, null, false, deleted, NOW, attributes)),
                        List.of());
    }

    private List<String> stale() {
        return texts("SELECT remote_id FROM account WHERE stale > 0 ORDER BY remote_id");
    }

    private void said(Refresh refresh, Signal signal) {
        store.change(h -> h.execute("UPDATE account SET stale = 1 WHERE remote_id = 'A1'"));
        assertThat(refresh.next(
                        10,
                        new Held(Map.of()),
                        subject -> new State(
                                List.of(), List.of(signal), List.of(), null, List.of(), Set.of(), Set.of(), null)))
                .isEqualTo(1);
    }

    private void happens(Refresh refresh, List<Event> events) {
        store.change(h -> h.execute("UPDATE account SET stale = 1 WHERE remote_id = 'A1'"));
        assertThat(refresh.next(
                        10,
                        new Held(Map.of()),
                        subject -> new State(
                                List.of(),
                                List.of(),
                                events,
                                NOW.minusSeconds(300),
                                List.of(),
                                Set.of(),
                                Set.of(),
                                null)))
                .isEqualTo(1);
    }

    private static Event event(String key, String rule, Instant at) {
        return new Event(key, rule, "milestone", "contact", 1, 1L, "first_response", "first response", at);
    }

    private List<String> texts(String sql) {
        return store.read(h -> h.createQuery(sql).mapTo(String.class).list());
    }

    private List<Targets.Owed> claim() {
        return targets.claim(
                "crm", "response", Targets.Only.ALL, 200, Duration.ofSeconds(-1), Duration.ofMinutes(2), "me");
    }

    private void people() {
        ledger.people().accounts(List.of(account("A1"), account("A2")), List.of());
        contacts(contact("C1", "A1", "ana@acme.test"));
    }

    private void contacts(People.Contact... contacts) {
        ledger.people().contacts(List.of(contacts), List.of());
    }

    private static People.Account account(String id) {
        return new People.Account(
                id, "Account " + id, "owner", "1000", null, false, false, NOW, Map.of("region", "emea"));
    }

    private static People.Contact contact(String id, String account, String email) {
        return new People.Contact(id, account, "Name " + id, "End User", List.of(email), false, NOW, Map.of());
    }

    @Test
    void whatPeopleAreShownOfAccountsAndOfWhoWaits() {
        people();
        ledger.people().complete();
        accept(response("1", 9, "good"), base("2").survey("99").score(4).build());
        var accounts = new Accounts(store);
        Policy policy = Policy.LATEST_PER_PERSON;
        assertThat(accounts.account("A1", "this_month", policy).orElseThrow().tally())
                .isNull();
        store.change(h -> h.execute("UPDATE account SET stale = 0"));
        assertThat(accounts.account("A1", "this_month", policy).orElseThrow().tally())
                .isEqualTo(Tally.NONE);
        store.change(h ->
                h.execute("INSERT INTO rollup (account, window_name, policy, promoters, passives, detractors, unscored,"
                        + " excluded) SELECT id, 'this_month', 'latest_per_person', 1, 2, 3, 0, 0 FROM account"));
        List<String> all = accounts.after("this_month", policy, null, 10).stream()
                .map(Accounts.Row::remoteId)
                .toList();
        assertThat(all).isSorted().contains("A1", "A2");
        assertThat(accounts.after("this_month", policy, "A1", 1))
                .extracting(Accounts.Row::remoteId)
                .containsExactly("A2");
        assertThat(accounts.before("this_month", policy, "A2", 1))
                .extracting(Accounts.Row::tally)
                .containsExactly(new Tally(1, 2, 3));
        long account = one("SELECT id FROM account WHERE remote_id = 'A1'");
        assertThat(accounts.subject(account).answers()).hasSize(2);
        assertThat(accounts.told(account)).isEmpty();
        assertThat(accounts.respondents(List.of(one("SELECT id FROM respondent")))
                        .values())
                .containsExactly("wootric:7");
        assertThat(new UndeclaredSurveys(store).of("wootric"))
                .containsExactly(new UndeclaredSurveys.Seen("99", 1, NOW));
        var room = new WaitingRoom(store);
        assertThat(room.page(null, null, 5)).isEmpty();
        store.change(h -> h.execute("UPDATE respondent SET status = 'waiting', cause = 'NO_EMAIL', contact = NULL"));
        assertThat(room.causes()).isEqualTo(Map.of("NO_EMAIL", 1L));
        assertThat(room.page("UNKNOWN_EMAIL", null, 5)).isEmpty();
        assertThat(room.page("NO_EMAIL", null, 5)).singleElement().satisfies(guest -> {
            assertThat(guest.respondent()).isEqualTo("wootric:7");
            assertThat(guest.responses()).isEqualTo(2);
            assertThat(guest.since()).isEqualTo(NOW);
            assertThat(room.page(null, guest.id(), 5)).isEmpty();
        });
    }

    @Test
    void everybodysAnswersComePersonByPersonAndOnlyThoseToNpsQuestions() {
        people();
        contacts(contact("C2", "A2", "bo@acme.test"));
        ledger.people().complete();
        new Runs(store, clock).begin("delighted", "pull", "schedule");
        ledger.declare("delighted", new Surveys(Map.of("x", Metric.NPS), null));
        Instant old = NOW.minusSeconds(90_000);
        List<Response> answers = new java.util.ArrayList<>();
        List<Respondent> people = new java.util.ArrayList<>();
        for (String source : List.of("wootric", "delighted")) {
            String survey = source.equals("wootric") ? "31" : "x";
            for (String who : List.of("ana", "bo", "cy", "none")) {
                String email = who.equals("none") ? null : who + "@acme.test";
                people.add(new Respondent(source, who, email, null, null, null, null, null, null));
                answers.add(Response.of(source, null, who + 1)
                        .survey(survey)
                        .respondent(who)
                        .score(9)
                        .answeredAt(old)
                        .build());
                answers.add(Response.of(source, null, who + 2)
                        .survey(survey)
                        .respondent(who)
                        .score(null)
                        .answeredAt(NOW.minusSeconds(60))
                        .build());
            }
            answers.add(Response.of(source, null, "other")
                    .survey("99")
                    .respondent("bo")
                    .score(9)
                    .answeredAt(old)
                    .build());
            answers.add(Response.of(source, null, "nobody1")
                    .survey(survey)
                    .score(1)
                    .answeredAt(old)
                    .build());
            answers.add(Response.of(source, null, "nobody2")
                    .survey(survey)
                    .score(2)
                    .answeredAt(old)
                    .build());
            ledger.inbox()
                    .accept(new Delivery(
                            source, Delivery.NO_RUN, source, false, answers, people, List.of(), List.of()));
            answers.clear();
            people.clear();
        }
        var census = new Census(store);
        List<List<String>> all = groups(census, null, null, null);
        assertThat(all)
                .containsExactlyInAnyOrder(
                        List.of("delighted:ana1", "delighted:ana2", "wootric:ana1", "wootric:ana2"),
                        List.of("delighted:bo1", "delighted:bo2", "wootric:bo1", "wootric:bo2"),
                        List.of("delighted:cy1", "delighted:cy2", "wootric:cy1", "wootric:cy2"),
                        List.of("delighted:none1", "delighted:none2"),
                        List.of("wootric:none1", "wootric:none2"),
                        List.of("delighted:nobody1"),
                        List.of("delighted:nobody2"),
                        List.of("wootric:nobody1"),
                        List.of("wootric:nobody2"));
        assertThat(groups(census, NOW.minusSeconds(3600), NOW, "wootric"))
                .containsExactlyInAnyOrder(
                        List.of("wootric:ana2"),
                        List.of("wootric:bo2"),
                        List.of("wootric:cy2"),
                        List.of("wootric:none2"));
        assertThat(groups(census, old, old, null)).isEmpty();
        census.look(sight -> {
            assertThat(sight.sources()).containsExactlyInAnyOrder("wootric", "delighted");
            long first = one("SELECT id FROM account WHERE remote_id = 'A1'");
            assertThat(sight.accounts().get(first))
                    .isEqualTo(new Census.Account(first, "A1", new java.math.BigDecimal("1000"), false, false));
            assertThat(sight.attribute("account", "region"))
                    .containsEntry(first, "emea")
                    .hasSize(2);
            assertThat(sight.attribute("account", "plan")).isEmpty();
            assertThat(sight.roles()).containsValue("End User").hasSize(2);
            assertThat(sight.dataSince()).isNull();
            return null;
        });
    }

    private static List<List<String>> groups(Census census, Instant from, Instant until, String source) {
        List<List<String>> groups = new java.util.ArrayList<>();
        census.look(sight -> {
            sight.people(
                    from,
                    until,
                    source,
                    person -> groups.add(person.stream()
                            .map(given -> given.answer().key())
                            .sorted()
                            .toList()));
            return null;
        });
        return groups;
    }

    @Test
    void lettersArePagedResolvedAndRefusedAgain() {
        for (String record : List.of("response:1", "response:2", "response:3")) {
            ledger.inbox()
                    .accept(new Delivery(
                            "wootric",
                            Delivery.NO_RUN,
                            "wootric",
                            false,
                            List.of(),
                            List.of(),
                            List.of(new DeadLetters.Letter(
                                    "wootric", "pull", record, "BAD", "Bad.", "Mend.", "{}", null)),
                            List.of()));
        }
        var letters = new DeadLetters(store, clock);
        List<Long> ids = letters.list("open", "wootric", "BAD", null, 2).stream()
                .map(DeadLetters.Kept::id)
                .toList();
        assertThat(ids).hasSize(2).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(letters.list("open", null, null, ids.get(1), 2)).hasSize(1);
        assertThat(letters.list("open", "other", null, null, 2)).isEmpty();
        letters.refusedAgain(ids.get(0), new Fault.Record("pull", "WORSE", "Worse.", "Mend."));
        letters.resolve(List.of(ids.get(1)), "test");
        assertThat(letters.codes()).isEqualTo(Map.of("BAD", 1L, "WORSE", 1L));
        assertThat(letters.open("wootric")).isEqualTo(2);
        assertThat(letters.kept(ids.get(0)).orElseThrow().times()).isEqualTo(2);
        assertThat(letters.kept(ids.get(1)).orElseThrow().status()).isEqualTo("resolved");
    }

    @Test
    void aResyncOwesWhatDiffersFromWhatWasAcknowledged() {
        people();
        ledger.people().complete();
        accept(response("1", 9, null), response("2", 8, null), response("3", 7, null), response("4", 6, null));
        List<Targets.Owed> rows = claim();
        targets.settle(
                "crm",
                List.of(
                        new Targets.Outcome.Acknowledged(
                                rows.get(0), rows.get(0).wanted()),
                        new Targets.Outcome.Acknowledged(rows.get(1), "something else"),
                        new Targets.Outcome.Rejected(rows.get(2), "BAD", "Bad.", "Mend.")));
        assertThat(targets.counts("crm"))
                .isEqualTo(Map.of("response/acknowledged", 2L, "response/rejected", 1L, "response/owed", 1L));
        assertThat(targets.oweDifferences("crm")).isEqualTo(2);
        assertThat(targets.counts("crm")).isEqualTo(Map.of("response/acknowledged", 1L, "response/owed", 3L));
        assertThat(targets.counts("other")).isEmpty();
    }

    @Test
    void whatOnlyTimeHasChangedNeedsNoApproval() {
        people();
        ledger.people().complete();
        accept(response("1", 9, null));
        refresh("may");
        acknowledge("account");

        timePasses();
        refresh("june");
        assertThat(statusOf("account")).isEqualTo("owed");
        assertThat(targets.changes("crm", "account", Targets.Only.ALL)).isZero();
        assertThat(targets.hold("crm", "account", Targets.Only.ALL)).isZero();

        accept(response("2", 3, null));
        refresh("june and worse");
        assertThat(targets.changes("crm", "account", Targets.Only.ALL)).isEqualTo(1);
        assertThat(targets.hold("crm", "account", Targets.Only.ALL)).isEqualTo(1);
    }

    @Test
    void whatIsHeldStaysHeldUntilApprovedOrMended() {
        people();
        ledger.people().complete();
        accept(response("1", 9, null));
        refresh("good");
        acknowledge("account");
        accept(response("2", 3, null));
        refresh("bad");
        targets.hold("crm", "account", Targets.Only.ALL);

        timePasses();
        refresh("bad, a month later");
        accept(response("3", 3, null));
        refresh("worse");
        assertThat(statusOf("account")).isEqualTo("held");
        accept(response("4", 10, null));
        refresh("good");
        assertThat(statusOf("account")).isEqualTo("owed");
        assertThat(targets.changes("crm", "account", Targets.Only.ALL)).isZero();

        refresh("good");
        accept(response("5", 0, null));
        refresh("worst");
        targets.hold("crm", "account", Targets.Only.ALL);
        assertThat(targets.approve("crm", "test")).isEqualTo(1);
        assertThat(targets.hold("crm", "account", Targets.Only.ALL)).isZero();
        assertThat(text("SELECT wanted FROM target WHERE kind = 'account'")).isEqualTo("worst");
    }

    @Test
    void whatNobodyNeedLookAtIsNotHeldAndNothingElseIsLetGo() {
        people();
        contacts(contact("C2", "A2", "bo@other.test"));
        ledger.people().complete();
        acceptTwo();
        refresh("before");
        acknowledge("account");
        store.change(h -> h.execute("UPDATE account SET stale = 1"));
        refresh("after");
        long first = one("SELECT min(subject) FROM target WHERE kind = 'account'");

        targets.approve("crm", "account", new Targets.Only(List.of("A2")), row -> row.subject() == first);
        assertThat(targets.changes("crm", "account", Targets.Only.ALL))
                .as("not of the pilot")
                .isEqualTo(2);
        targets.approve("crm", "account", Targets.Only.ALL, row -> row.subject() == first);
        assertThat(targets.changes("crm", "account", Targets.Only.ALL)).isEqualTo(1);
        assertThat(targets.hold("crm", "account", Targets.Only.ALL)).isEqualTo(1);
        assertThat(targets.counts("crm")).containsEntry("account/owed", 1L).containsEntry("account/held", 1L);
    }

    @Test
    void aPilotIsCountedAndHeldByItself() {
        people();
        contacts(contact("C2", "A2", "bo@other.test"));
        ledger.people().complete();
        acceptTwo();
        refresh("before");
        var pilot = new Targets.Only(List.of("A2"));
        assertThat(targets.counts("crm")).isEqualTo(Map.of("account/owed", 2L, "response/owed", 3L));
        assertThat(targets.counts("crm", pilot)).isEqualTo(Map.of("account/owed", 1L, "response/owed", 2L));
        assertThat(targets.counts("crm", Targets.Only.ALL)).isEqualTo(targets.counts("crm"));

        acknowledge("account");
        store.change(h -> h.execute("UPDATE account SET stale = 1"));
        refresh("after");
        assertThat(targets.size("crm", "account", pilot)).isEqualTo(1);
        assertThat(targets.changes("crm", "account", pilot)).isEqualTo(1);
        assertThat(targets.hold("crm", "account", pilot)).isEqualTo(1);
        assertThat(targets.counts("crm")).containsEntry("account/owed", 1L).containsEntry("account/held", 1L);
    }

    /** Three responses of two people in one page. */
    private void acceptTwo() {
        ledger.inbox()
                .accept(new Delivery(
                        "wootric",
                        run,
                        "wootric",
                        false,
                        List.of(response("1", 9, null), response("2", 8, null, "8"), response("3", 7, null, "8")),
                        List.of(respondent("7", "ana@acme.test"), respondent("8", "bo@other.test")),
                        List.of(),
                        List.of()));
    }

    private void refresh(String content) {
        refresh(content, List.of());
    }

    private void refresh(String content, List<bellwether.nps.Rollup> rollups) {
        var refresh = new Refresh(store, clock, List.of());
        while (refresh.next(
                        10,
                        new Held(Map.of()),
                        subject -> new State(
                                rollups,
                                List.of(),
                                List.of(),
                                null,
                                List.of(new State.Wish("crm", "account", subject.account(), content)),
                                Set.of(),
                                Set.of(),
                                null))
                > 0) {
            // until none is left
        }
    }

    private void timePasses() {
        store.change(
                h -> h.execute("UPDATE account SET next_change_at = ? WHERE remote_id = 'A1'", NOW.toEpochMilli()));
    }

    private void acknowledge(String kind) {
        List<Targets.Outcome> outcomes = new java.util.ArrayList<>();
        targets.claim("crm", kind, Targets.Only.ALL, 200, Duration.ofSeconds(-1), Duration.ofMinutes(2), "me")
                .forEach(row -> outcomes.add(new Targets.Outcome.Acknowledged(row, row.wanted())));
        targets.settle("crm", outcomes);
    }

    private String statusOf(String kind) {
        return text("SELECT status FROM target WHERE kind = '" + kind + "'");
    }

    private Inbox.Receipt accept(Response... responses) {
        return accept(
                new Respondent("wootric", "7", "Ana@Acme.test ", null, null, null, null, Map.of(), null), responses);
    }

    private Inbox.Receipt accept(Respondent who, Response... responses) {
        return ledger.inbox()
                .accept(new Delivery(
                        "wootric", run, "wootric", false, List.of(responses), List.of(who), List.of(), List.of()));
    }

    private static Respondent respondent(String id, String email) {
        return new Respondent("wootric", id, email, null, null, null, null, null, null);
    }

    private static Response response(String id, Integer score, String comment) {
        return response(id, score, comment, "7");
    }

    private static Response response(String id, Integer score, String comment, String respondent) {
        return base(id).score(score)
                .respondent(respondent)
                .comment(comment)
                .updatedAt(NOW.minusSeconds(600))
                .build();
    }

    private static bellwether.nps.ResponseBuilder base(String id) {
        return Response.of("wootric", null, id).survey("31").respondent("7").answeredAt(NOW.minusSeconds(600));
    }

    private long count(String table) {
        return one("SELECT count(*) FROM " + table);
    }

    private long one(String sql) {
        return store.read(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    private String text(String sql) {
        return store.read(h -> h.createQuery(sql).mapTo(String.class).one());
    }

    private static final class PlainProjection implements Projection {
        @Override
        public String crm() {
            return "crm";
        }

        @Override
        public Act signal(Event e) {
            return new Act(String.join("|", e.key(), e.contact(), e.account(), e.response(), e.value()), "search");
        }

        @Override
        public String response(Facts f) {
            return String.join(
                    "|",
                    f.key(),
                    String.valueOf(f.contact()),
                    String.valueOf(f.account()),
                    String.valueOf(f.score()),
                    String.valueOf(f.counted()),
                    String.valueOf(f.comment()));
        }
    }
}
