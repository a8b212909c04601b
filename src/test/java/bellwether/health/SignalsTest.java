package bellwether.health;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.match.Key;
import bellwether.match.Matcher;
import bellwether.nps.Metric;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.store.Delivery;
import bellwether.store.Held;
import bellwether.store.Ledger;
import bellwether.store.People;
import bellwether.store.Refresh;
import bellwether.store.Store;
import bellwether.store.Surveys;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals and events over a real store: each event once, none from before its rule, some brought about by time alone. */
class SignalsTest {
    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-06-01T12:00:00Z");
    private final Clock clock = new Clock() {
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
    };
    private Store store;
    private Ledger ledger;
    private Refresh refresh;
    private Refresher refresher;
    private Rules rules;
    private int responses;

    @BeforeEach
    void open() {
        store = Store.open("jdbc:sqlite:" + folder.resolve("bellwether.db"), null, null);
        ledger = new Ledger(store, clock, new Matcher(List.of(Key.EMAIL)), List.of());
        ledger.declare("tool", new Surveys(Map.of("31", Metric.NPS, "32", Metric.CSAT), null));
        refresh = new Refresh(store, clock, List.of());
        ledger.people()
                .accounts(
                        List.of(new People.Account(
                                "A1", "Acme", null, null, null, false, false, now, Map.of("usage", "80"))),
                        List.of());
        List<People.Contact> contacts = new ArrayList<>();
        contacts.add(contact("sponsor", "Sponsor"));
        for (int i = 0; i < 12; i++) {
            contacts.add(contact("user" + i, "End User"));
        }
        ledger.people().contacts(contacts, List.of());
        ledger.people().complete();
        ruled("policy: latest_per_person");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aPersonsHistoryIsToldOnceAndWithItsReason() {
        answer("user0", 9, "2026-06-01T12:00:00Z");
        now = Instant.parse("2026-06-02T12:00:00Z");
        answer("user0", 3, "2026-06-02T11:00:00Z");
        answer("user1", 2, "2026-06-02T11:30:00Z");
        refreshed();

        assertThat(events())
                .containsExactly(
                        "first_promoter milestone contact first_promoter: first promoter | 2026-06-01T12:00:00Z",
                        "first_response milestone contact first_response: first response | 2026-06-01T12:00:00Z",
                        "dropped_to_detractor warning contact dropped_to_detractor: promoter (9) to detractor (3)"
                                + " | 2026-06-02T11:00:00Z",
                        "category_change transition contact promoter_to_detractor: promoter (9) to detractor (3)"
                                + " | 2026-06-02T11:00:00Z",
                        "first_answer_detractor warning contact first_answer_detractor: first answer is a detractor (2)"
                                + " | 2026-06-02T11:30:00Z",
                        "first_response milestone contact first_response: first response | 2026-06-02T11:30:00Z");
        assertThat(texts(
                        "SELECT c.remote_id || ' ' || s.name || ' ' || s.value FROM signal s JOIN contact c ON c.id = s.subject"
                                + " WHERE s.subject_kind = 'contact' ORDER BY 1"))
                .containsExactly(
                        "user0 category_change promoter_to_detractor",
                        "user0 warning dropped_to_detractor",
                        "user1 warning first_answer_detractor");
        assertThat(signal("warning")).isEqualTo("first_answer_detractor: first answer is a detractor (2)");

        // An edit is no new answer; a resync and a daemon that starts again tell nothing new.
        long told = count();
        refresh.all("test");
        ruled("policy: latest_per_person");
        refreshed();
        assertThat(count()).isEqualTo(told);
        assertThat(texts("SELECT DISTINCT event_key FROM event")).contains("dropped_to_detractor:tool:2");
    }

    @Test
    void whatABackfillBringsIsRecordedAndMarkedWhenItIsTooOldToActUpon() {
        answer("user0", 9, "2026-02-01T12:00:00Z");
        answer("user0", 3, "2026-05-25T11:59:59Z");
        refreshed();
        assertThat(texts("SELECT rule || ' ' || old FROM event ORDER BY id"))
                .containsExactly("first_promoter 1", "first_response 1", "dropped_to_detractor 1", "category_change 1");

        now = Instant.parse("2026-06-20T12:00:00Z");
        answer("user1", 3, "2026-06-12T12:00:00Z");
        answer("user2", 3, "2026-06-14T12:00:00Z");
        refreshed();
        assertThat(texts("SELECT rule || ' ' || old FROM event ORDER BY id"))
                .containsExactly(
                        "first_promoter 1",
                        "first_response 1",
                        "dropped_to_detractor 1",
                        "category_change 1",
                        "first_answer_detractor 1",
                        "first_response 1",
                        "first_answer_detractor 0",
                        "first_response 0");
    }

    @Test
    void aChangedRuleSpeaksOfWhatHappensFromThenOn() {
        answer("user0", 9, "2026-06-01T12:00:01Z");
        now = Instant.parse("2026-06-03T12:00:00Z");
        answer("user0", 8, "2026-06-03T11:00:00Z");
        answer("user1", 9, "2026-06-03T11:00:00Z");
        ruled("warnings: {dropped_to_passive: false}\nmilestones: {second: {of: account, reach: 2}}");
        refreshed();
        now = Instant.parse("2026-06-04T12:00:00Z");
        answer("user1", 8, "2026-06-04T12:00:00Z");
        ruled("milestones: {second: {of: account, reach: 2}, third: {of: contact, reach: 3}}");
        refreshed();

        assertThat(
                        texts(
                                "SELECT rule FROM event WHERE rule NOT LIKE 'category%' AND rule NOT LIKE '%health' ORDER BY id"))
                .as(
                        "the account had reached its second answer before the milestone was set; a drop while off is not made up for"
                                + " by switching it on again, and one at that very moment counts")
                .containsExactly("dropped_to_passive");
    }

    @Test
    void silenceComesByTimeAlone() {
        answer("sponsor", 9, "2026-06-01T12:00:00Z");
        answer("user0", 9, "2026-06-01T12:00:00Z");
        refreshed();
        now = Instant.parse("2026-09-29T23:59:59Z");
        refreshed();
        assertThat(texts("SELECT rule FROM event WHERE kind = 'warning'")).isEmpty();

        now = Instant.parse("2026-09-30T00:00:00Z");
        assertThat(refreshed()).isEqualTo(1);
        assertThat(events().stream().filter(event -> event.startsWith("silence")))
                .containsExactly("silence warning contact silence: sponsor has not answered since 2026-06-01"
                        + " | 2026-09-30T00:00:00Z");
        assertThat(signal("warning")).isEqualTo("silence: sponsor has not answered since 2026-06-01");

        // An answer ends it; what follows is another silence.
        now = Instant.parse("2026-10-05T00:00:00Z");
        answer("sponsor", 9, "2026-10-05T00:00:00Z");
        refreshed();
        assertThat(signal("warning")).isEmpty();
        now = now.plus(Duration.ofDays(130));
        refreshed();
        assertThat(texts("SELECT old FROM event WHERE rule = 'silence' ORDER BY id"))
                .containsExactly("0", "1");
    }

    @Test
    void itComesToAContactWithoutAccountToo() {
        ledger.people()
                .contacts(
                        List.of(new People.Contact(
                                "lone", null, null, "Sponsor", List.of("lone@acme.test"), false, now, Map.of())),
                        List.of());
        answer("lone", 9, "2026-06-01T12:00:00Z");
        refreshed();
        now = Instant.parse("2026-09-29T23:59:59Z");
        assertThat(refreshed()).isZero();

        now = Instant.parse("2026-09-30T00:00:00Z");
        assertThat(refreshed()).isEqualTo(1);
        assertThat(events())
                .contains("silence warning contact silence: sponsor has not answered since 2026-06-01"
                        + " | 2026-09-30T00:00:00Z");
        assertThat(refreshed()).isZero();
    }

    /** Each time since when it is so is the time of the answer. */
    @Test
    void aScoreThatIsEditedToAndFroIsATransitionEachTime() {
        answer("user0", 9, "2026-06-01T12:00:00Z");
        for (int score : new int[] {3, 9, 3}) {
            refreshed();
            now = now.plusSeconds(60);
            responses--;
            answer("user0", score, "2026-06-01T12:00:00Z");
        }
        refreshed();
        assertThat(texts("SELECT value FROM event WHERE rule = 'relationship_health' ORDER BY id"))
                .containsExactly("good_to_poor", "poor_to_good", "good_to_poor");
    }

    @Test
    void anAnswerDatedAMomentAheadSpeaksFromTheDayOnWhichItCame() {
        satisfied("user0", 5, "2026-06-01T12:00:00Z");
        refreshed();
        now = Instant.parse("2026-06-02T23:59:59Z");
        answer("sponsor", 3, "2026-06-03T00:00:00Z");
        refreshed();

        assertThat(signal("relationship_health")).isEqualTo("poor: sponsor is a detractor");
        assertThat(one("SELECT since FROM signal WHERE name = 'relationship_health'"))
                .isEqualTo(Instant.parse("2026-06-02T00:00:00Z").toEpochMilli());
    }

    @Test
    void anAccountFallsOnceAndTellsSinceWhen() {
        now = Instant.parse("2026-06-01T14:00:00Z");
        for (int i = 0; i < 6; i++) {
            answer("user" + i, 9, "2026-06-01T13:00:00Z");
        }
        refreshed();
        assertThat(signal("account_falling")).isEqualTo("false: no answers to compare");

        now = Instant.parse("2026-09-02T14:00:00Z");
        for (int i = 6; i < 11; i++) {
            answer("user" + i, 3, "2026-09-0" + (i == 10 ? 2 : 1) + "T13:00:00Z");
        }
        refreshed();
        assertThat(signal("account_falling")).isEqualTo("true: NPS 100.0 from 6 to -100.0 from 5");
        assertThat(texts("SELECT reason || ' ' || at FROM event WHERE rule = 'account_falling'"))
                .containsExactly("NPS 100.0 from 6 to -100.0 from 5 "
                        + Instant.parse("2026-09-02T13:00:00Z").toEpochMilli());
        long since = one("SELECT since FROM signal WHERE name = 'account_falling'");
        assertThat(since).isEqualTo(Instant.parse("2026-09-02T13:00:00Z").toEpochMilli());

        // A seventh detractor, and one dated earlier: the same fall.
        now = Instant.parse("2026-09-03T14:00:00Z");
        answer("user11", 3, "2026-09-01T12:00:00Z");
        refreshed();
        assertThat(one("SELECT since FROM signal WHERE name = 'account_falling'"))
                .isEqualTo(since);
        assertThat(texts("SELECT rule FROM event WHERE rule = 'account_falling'"))
                .hasSize(1);
    }

    @Test
    void aHealthThatChangesSaysSoOnceAndKeepsItsBeginning() {
        answer("user0", 9, "2026-06-01T12:00:00Z");
        refreshed();
        now = Instant.parse("2026-06-05T14:00:00Z");
        answer("sponsor", 2, "2026-06-04T13:00:00Z");
        refreshed();
        now = Instant.parse("2026-06-06T14:00:00Z");
        answer("user1", 2, "2026-06-06T13:00:00Z");
        refreshed();

        assertThat(events().stream().filter(event -> event.startsWith("relationship_health")))
                .containsExactly("relationship_health transition account good_to_poor: sponsor is a detractor"
                        + " | 2026-06-04T13:00:00Z");
        assertThat(one("SELECT since FROM signal WHERE name = 'relationship_health'"))
                .isEqualTo(Instant.parse("2026-06-04T13:00:00Z").toEpochMilli());
    }

    @Test
    void aCompositeFollowsTheCrmAndNotTheRule() {
        String rule = "composite: {good_from: %d, inputs: {usage: {weight: 100, worst: 0, best: 100}}}";
        answer("user0", 9, "2026-06-01T12:00:00Z");
        ruled(rule.formatted(90));
        now = Instant.parse("2026-06-01T14:00:00Z");
        refreshed();
        assertThat(signal("composite_health")).isEqualTo("average: 80.0 of 100");

        now = Instant.parse("2026-06-02T14:00:00Z");
        ruled(rule.formatted(70));
        refreshed();
        assertThat(signal("composite_health")).isEqualTo("good: 80.0 of 100");
        assertThat(events().stream().filter(event -> event.startsWith("composite")))
                .isEmpty();

        now = Instant.parse("2026-06-03T14:00:00Z");
        ledger.people()
                .accounts(
                        List.of(new People.Account(
                                "A1", "Acme", null, null, null, false, false, now, Map.of("usage", "10"))),
                        List.of());
        assertThat(refreshed()).isEqualTo(1);
        assertThat(events().stream().filter(event -> event.startsWith("composite")))
                .containsExactly(
                        "composite_health transition account good_to_poor: 10.0 of 100 | 2026-06-03T14:00:00Z");

        ruled("policy: latest_per_person");
        refreshed();
        assertThat(texts("SELECT name FROM signal WHERE name = 'composite_health'"))
                .isEmpty();
    }

    @Test
    void nothingIsSaidToHaveBeenSoBeforeTheDayOfTheFirstAnswer() {
        ruled("relationship: {window: this_quarter}");
        satisfied("user0", 5, "2026-05-20T12:00:00Z");
        refreshed();
        assertThat(one("SELECT since FROM signal WHERE name = 'relationship_health'"))
                .as("an answer to another question did not bring it about")
                .isEqualTo(Instant.parse("2026-05-20T00:00:00Z").toEpochMilli());
    }

    @Test
    void aHealthThatChangesNamesAnAnswerThatItIsMadeOf() {
        ruled("named_health: {service: {metrics: {csat: {satisfied_from: 4, dissatisfied_to: 2}}}}");
        answer("user0", 9, "2026-06-01T09:00:00Z");
        satisfied("user0", 5, "2026-06-01T09:00:00Z");
        refreshed();
        now = Instant.parse("2026-06-02T14:00:00Z");
        answer("user0", 2, "2026-06-02T09:00:00Z");
        answer("user0", 2, "2026-06-02T09:10:00Z");
        satisfied("user0", 5, "2026-06-02T10:00:00Z");
        refreshed();
        now = Instant.parse("2026-06-03T14:00:00Z");
        satisfied("user0", 1, "2026-06-03T09:00:00Z");
        answer("user0", 1, "2026-06-03T10:00:00Z");
        refreshed();
        assertThat(texts(
                        "SELECT e.value || ' by ' || r.remote_id FROM event e JOIN response r ON r.id = e.response AND r.answered_at = e.at"
                                + " WHERE e.rule LIKE '%health' ORDER BY e.id"))
                .as("not by an answer to the other question, nor by one that repeats another")
                .containsExactly("good_to_poor by 3", "good_to_poor by csat6");
    }

    @Test
    void anAccountThatNobodyAnsweredForHasACompositeByWhatTheCrmKnowsOfIt() {
        String rule = "composite: {inputs: {nps: {weight: 25}, usage: {weight: 45, worst: 0, best: 100},"
                + " plan: {weight: 30, values: {team: 0.5}}}}";
        assertThat(refreshed()).as("without a rule nobody looks at it").isZero();
        now = Instant.parse("2026-06-02T12:00:00Z");
        ruled(rule);
        assertThat(refreshed()).isEqualTo(1);
        assertThat(signal("composite_health")).isEqualTo("unknown: 45 % of the weight is known; missing: nps, plan");
        assertThat(signal("relationship_health")).isEqualTo("unknown: no scored answer");
        assertThat(events()).isEmpty();

        now = Instant.parse("2026-06-03T12:00:00Z");
        known(Map.of("usage", "80", "plan", "Team"));
        assertThat(refreshed()).isEqualTo(1);
        assertThat(signal("composite_health")).isEqualTo("average: 68.0 of 100 from 75 % of the weight; missing: nps");
        assertThat(events())
                .containsExactly("composite_health transition account unknown_to_average: 68.0 of 100 from 75 % of the"
                        + " weight; missing: nps | 2026-06-03T12:00:00Z");
        known(Map.of("usage", "80", "plan", "Team"));
        assertThat(refreshed()).isZero();

        ruled("policy: latest_per_person");
        assertThat(refreshed()).isEqualTo(1);
        assertThat(signal("composite_health")).isEmpty();
        known(Map.of("usage", "10"));
        assertThat(refreshed()).as("told of before, and so kept up to date").isEqualTo(1);
    }

    private void known(Map<String, String> attributes) {
        ledger.people()
                .accounts(
                        List.of(new People.Account("A1", "Acme", null, null, null, false, false, now, attributes)),
                        List.of());
    }

    private void ruled(String yaml) {
        rules = SampleRules.yaml(yaml);
        Map<String, Instant> since = refresh.declare(Definitions.of(rules));
        refresh.rules(Definitions.of(rules).toString(), rules.weighed());
        refresher = new Refresher(refresh, new Held(Map.of()), rules, since, List.of(), clock);
    }

    private int refreshed() {
        int all = 0;
        for (int some; (some = refresher.next()) > 0; ) {
            all += some;
        }
        return all;
    }

    private void answer(String person, int score, String at) {
        String id = Integer.toString(++responses);
        accept(Response.of("tool", null, id)
                .survey("31")
                .respondent(person)
                .score(score)
                .answeredAt(Instant.parse(at))
                .build());
    }

    /** An answer to the CSAT question. */
    private void satisfied(String person, int score, String at) {
        responses++;
        accept(Response.of("tool", null, "csat" + responses)
                .survey("32")
                .respondent(person)
                .score(score)
                .answeredAt(Instant.parse(at))
                .build());
    }

    private void accept(Response response) {
        String person = response.respondent();
        ledger.inbox()
                .accept(new Delivery(
                        "tool",
                        Delivery.NO_RUN,
                        "tool",
                        false,
                        List.of(response),
                        List.of(new Respondent(
                                "tool", person, person + "@acme.test", null, null, null, null, Map.of(), null)),
                        List.of(),
                        List.of()));
    }

    private People.Contact contact(String id, String role) {
        return new People.Contact(id, "A1", id, role, List.of(id + "@acme.test"), false, now, Map.of());
    }

    private List<String> events() {
        return store.read(h -> h.createQuery("SELECT * FROM event ORDER BY id")
                .map((rs, ctx) -> rs.getString("rule") + " " + rs.getString("kind") + " " + rs.getString("subject_kind")
                        + " " + rs.getString("value") + ": " + rs.getString("reason") + " | "
                        + Instant.ofEpochMilli(rs.getLong("at")))
                .list());
    }

    private String signal(String name) {
        return String.join(
                ", ",
                texts("SELECT value || ': ' || reason FROM signal WHERE subject_kind = 'account' AND name = '" + name
                        + "'"));
    }

    private long count() {
        return one("SELECT count(*) FROM event");
    }

    private long one(String sql) {
        return store.read(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    private List<String> texts(String sql) {
        return store.read(h -> h.createQuery(sql).mapTo(String.class).list());
    }
}
