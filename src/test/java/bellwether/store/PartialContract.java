package bellwether.store;

import static bellwether.nps.AcceptPartial.AFTER_12H;
import static bellwether.nps.AcceptPartial.COMPLETED_ONLY;
import static bellwether.nps.AcceptPartial.SCORE_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.health.Definitions;
import bellwether.health.Refresher;
import bellwether.health.Rules;
import bellwether.mapping.HealthSettings;
import bellwether.match.Key;
import bellwether.match.Matcher;
import bellwether.nps.AcceptPartial;
import bellwether.nps.AttributeBy;
import bellwether.nps.Metric;
import bellwether.nps.ResponseBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scores whose comment is still to come: what is told of them, and when. */
abstract class PartialContract extends LedgerFixture {
    private static final Instant GIVEN = START.minus(Duration.ofHours(1));
    private static final Duration WAIT = Duration.ofHours(11);
    private static final Duration TICK = Duration.ofMillis(1);

    private Refresher refresher;

    @Test
    void timeAloneLetsAnAnswerCountAndItIsToldOnce() {
        accepts(AFTER_12H);
        contact("Ada", "A1");
        accept(partial("1", 3).build());
        assertThat(record("1")).isEqualTo("wootric:1|Ada|A1|3|false 1");
        assertThat(refreshed()).isEqualTo(1);
        assertThat(detractors()).isZero();
        assertThat(warnings()).isZero();
        assertThat(record("1")).isEqualTo("wootric:1|Ada|A1|3|false 1");
        store.change(h -> h.execute("UPDATE target SET status = 'acknowledged', acked = wanted, acked_seq = seq"));

        clock.advance(WAIT.minus(TICK));
        assertThat(refreshed()).isZero();
        clock.advance(TICK);
        assertThat(refreshed()).isEqualTo(1);
        assertThat(detractors()).isEqualTo(1);
        assertThat(warnings()).isEqualTo(1);
        assertThat(record("1")).isEqualTo("wootric:1|Ada|A1|3|true 2");
        assertThat(one("SELECT approved FROM target WHERE kind = 'response'"))
                .as("time needs nobody's approval")
                .isEqualTo(1);

        clock.advance(TICK);
        accept(partial("1", 3)
                .completed(true)
                .comment("slow")
                .updatedAt(clock.now)
                .build());
        assertThat(refreshed()).isEqualTo(1);
        assertThat(warnings()).isEqualTo(1);
        assertThat(one("SELECT count(*) FROM event WHERE rule = 'first_response'"))
                .isEqualTo(1);
        assertThat(one("SELECT count(*) FROM act WHERE rule = 'first_answer_detractor'"))
                .isEqualTo(1);
        assertThat(record("1")).isEqualTo("wootric:1|Ada|A1|3|true|slow 3");
    }

    @Test
    void whoSleptThroughItCatchesUp() {
        accepts(AFTER_12H);
        contact("Ada", "A1");
        accept(partial("1", 3).build());
        refreshed();
        clock.advance(Duration.ofDays(3));
        accepts(AFTER_12H);
        assertThat(refreshed()).isEqualTo(1);
        assertThat(refreshed()).isZero();
        assertThat(detractors()).isEqualTo(1);
        assertThat(warnings()).isEqualTo(1);
    }

    @Test
    void whatIsCompletedInTimeCountsAtOnceAndTheHalfDayChangesNothing() {
        accepts(AFTER_12H);
        contact("Ada", "A1");
        accept(partial("1", 3).build());
        refreshed();
        clock.advance(Duration.ofHours(2));
        accept(partial("1", 3)
                .completed(true)
                .comment("slow")
                .updatedAt(clock.now)
                .build());
        assertThat(record("1")).isEqualTo("wootric:1|Ada|A1|3|true|slow 2");
        assertThat(refreshed()).isEqualTo(1);
        assertThat(warnings()).isEqualTo(1);
        clock.advance(Duration.ofHours(9));
        assertThat(refreshed()).isZero();
        assertThat(record("1")).isEqualTo("wootric:1|Ada|A1|3|true|slow 2");
    }

    @Test
    void oneThatNobodyCompletesHidesNothing() {
        accepts(COMPLETED_ONLY);
        contact("Ada", "A1");
        accept(
                answer("1", "ada", 9, GIVEN.minus(Duration.ofDays(2))).build(),
                partial("2", 3).build());
        clock.advance(Duration.ofDays(5));
        refreshed();
        assertThat(detractors()).isZero();
        assertThat(one("SELECT count(*) FROM event WHERE rule = 'dropped_to_detractor'"))
                .isZero();
        accept(partial("2", 3).completed(true).updatedAt(clock.now).build());
        refreshed();
        assertThat(detractors()).isEqualTo(1);
        assertThat(one("SELECT count(*) FROM event WHERE rule = 'dropped_to_detractor' AND old = 0"))
                .isEqualTo(1);
    }

    @Test
    void aContactWithoutAnAccountWaitsAsWell() {
        accepts(AFTER_12H);
        contact("Bo", null);
        accept(answer("1", "bo", 3, GIVEN).completed(false).build());
        assertThat(refreshed()).isEqualTo(1);
        assertThat(warnings()).isZero();
        clock.advance(WAIT.minus(TICK));
        assertThat(refreshed()).isZero();
        clock.advance(TICK);
        assertThat(refreshed()).isEqualTo(1);
        assertThat(warnings()).isEqualTo(1);
        assertThat(record("1")).isEqualTo("wootric:1|Bo|null|3|true 2");
    }

    @Test
    void aChangedRuleAppliesToWhatThereIs() {
        accepts(SCORE_ONLY);
        contact("Ada", "A1");
        accept(partial("1", 3).build());
        refreshed();
        assertThat(detractors()).isEqualTo(1);
        assertThat(record("1")).isEqualTo("wootric:1|Ada|A1|3|true 1");
        accepts(COMPLETED_ONLY);
        assertThat(refreshed()).isEqualTo(1);
        assertThat(detractors()).isZero();
        assertThat(record("1")).isEqualTo("wootric:1|Ada|A1|3|false 2");
        accepts(AFTER_12H);
        refreshed();
        clock.advance(WAIT);
        assertThat(refreshed()).isEqualTo(1);
        assertThat(record("1")).isEqualTo("wootric:1|Ada|A1|3|true 3");
        assertThat(warnings()).as("it was told before").isEqualTo(1);
    }

    /** Which of two copies of one answer counts depends on which is completed; what was told of one is not told of the other. */
    @Test
    void whatWasToldOfOneCopyIsNotToldOfTheOther() {
        accepts(AFTER_12H);
        accept(partial("1", 3).build(), copy("2").build());
        clock.advance(Duration.ofHours(13));
        refreshed();
        assertThat(acts()).as("nobody knows yet who that is").isZero();
        contact("Ada", "A1");
        refreshed();
        assertThat(acts()).isEqualTo(1);
        accept(copy("2").completed(true).comment("slow").updatedAt(clock.now).build());
        refreshed();
        assertThat(record("2")).as("which counts now").startsWith("wootric:2|Ada|A1|3|true|slow");
        assertThat(record("1")).startsWith("wootric:1|Ada|A1|3|false");
        assertThat(acts()).isEqualTo(1);
    }

    @Test
    void theSameOfTheCopyThatIsDeletedAndOfOneThatIsFoundToBeTheirsLater() {
        accepts(AFTER_12H);
        contact("Ada", "A1");
        accept(
                answer("1", "nobody", 3, GIVEN).completed(false).build(),
                copy("2").completed(true).build());
        refreshed();
        clock.advance(Duration.ofHours(13));
        refreshed();
        assertThat(acts()).isEqualTo(1);
        contact("Ada", "A1", "End User", "ada@acme.test", "nobody@acme.test");
        refreshed();
        assertThat(acts()).isEqualTo(1);
        accept(answer("1", "nobody", 3, GIVEN)
                .completed(true)
                .updatedAt(clock.now)
                .build());
        refreshed();
        assertThat(record("1")).as("which counts now").startsWith("wootric:1|Ada|A1|3|true");
        assertThat(acts()).isEqualTo(1);
        for (int reads = 0; reads < 2; reads++) {
            clock.advance(Duration.ofHours(1));
            read(GIVEN, START, copy("2").completed(true).build());
        }
        refreshed();
        assertThat(one("SELECT count(*) FROM response WHERE deleted = 1")).isEqualTo(1);
        assertThat(record("2")).as("which counts again").startsWith("wootric:2|Ada|A1|3|true");
        assertThat(acts()).isEqualTo(1);
    }

    /** Out of order, without any that is not completed. */
    @Test
    void theSameOfTheEarlierCopyThatArrivesLate() {
        accepts(SCORE_ONLY);
        contact("Ada", "A1");
        accept(copy("2").build());
        refreshed();
        accept(partial("1", 3).build());
        refreshed();
        assertThat(record("1")).as("which counts now").startsWith("wootric:1|Ada|A1|3|true");
        assertThat(acts()).isEqualTo(1);
        accept(answer("3", "ada", 9, GIVEN.plus(Duration.ofHours(1))).build());
        accept(answer("4", "ada", 3, GIVEN.plus(Duration.ofHours(1)).plusSeconds(60))
                .build());
        refreshed();
        assertThat(acts()).as("a fall of its own").isEqualTo(2);
    }

    /** A store from before knows of its versions only what the tools said. */
    @Test
    void anOlderStoreLearnsWhatIsNotCompleted() throws IOException {
        accepts(SCORE_ONLY);
        contact("Ada", "A1");
        accept(
                partial("1", 3).build(),
                partial("2", 4).build(),
                answer("3", "ada", 5, GIVEN).build());
        accept(partial("2", 4).completed(true).build());
        store.change(h -> h.execute("UPDATE response SET partial = 0"));
        String migration;
        try (var file = Store.class.getResourceAsStream("migration/V13__partial.sql")) {
            migration = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
        store.change(h -> h.execute(migration.substring(migration.indexOf("UPDATE"), migration.lastIndexOf(';'))));
        assertThat(text("SELECT remote_id FROM response WHERE partial = 1")).isEqualTo("1");
    }

    private void accepts(AcceptPartial rule) {
        Map<String, AcceptPartial> accepts = rule == SCORE_ONLY ? Map.of() : Map.of("wootric", rule);
        List<Projection> crms = List.of(new Crm());
        ledger = new Ledger(store, clock, new Matcher(List.of(Key.EMAIL)), crms, AttributeBy.NOW, accepts);
        ledger.declare("wootric", new Surveys(Map.of("31", Metric.NPS), null));
        var rules = Rules.of(HealthSettings.defaults(), ZoneOffset.UTC, Map.of(), accepts);
        var refresh = new Refresh(store, clock, crms);
        Map<String, Instant> since = refresh.declare(Definitions.of(rules));
        refresh.rules(Definitions.of(rules).toString(), rules.weighed());
        refresher = new Refresher(refresh, new Held(Map.of()), rules, since, List.of(), clock);
    }

    private static ResponseBuilder partial(String id, int score) {
        return answer(id, "ada", score, GIVEN).completed(false);
    }

    /** A minute after the first, as if the survey had been sent off twice. */
    private static ResponseBuilder copy(String id) {
        return answer(id, "ada", 3, GIVEN.plusSeconds(60)).completed(false);
    }

    private long acts() {
        return one("SELECT count(*) FROM act WHERE rule LIKE '%detractor'");
    }

    private int refreshed() {
        int all = 0;
        for (int some; (some = refresher.next()) > 0; ) {
            all += some;
        }
        return all;
    }

    /** What the CRM should hold, and how often that was another. */
    private String record(String id) {
        return text("SELECT t.wanted || ' ' || t.seq FROM target t JOIN response r ON r.id = t.subject"
                + " WHERE t.kind = 'response' AND r.remote_id = '" + id + "'");
    }

    private long detractors() {
        return one("SELECT coalesce(sum(detractors), 0) FROM rollup"
                + " WHERE window_name = 'trailing_6_months' AND policy = 'latest_per_person'");
    }

    private long warnings() {
        return one("SELECT count(*) FROM event WHERE rule = 'first_answer_detractor'");
    }

    /** Holds of an answer whether it counts and what was said, and is to be told of everything that happens. */
    private static final class Crm implements Projection {
        @Override
        public String crm() {
            return "crm";
        }

        @Override
        public Act signal(Event event) {
            return new Act(event.key(), "key");
        }

        @Override
        public String response(Facts f) {
            return f.key() + "|" + f.contact() + "|" + f.account() + "|" + f.score() + "|" + f.counted()
                    + (f.comment() == null ? "" : "|" + f.comment());
        }
    }
}
