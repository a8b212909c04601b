package bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.health.Refresher;
import bellwether.health.Rules;
import bellwether.nps.AttributeBy;
import bellwether.nps.Metric;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the ledger says of earlier times, and that what is kept as the present state says nothing else than the ledger. */
abstract class HistoryContract extends LedgerFixture {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aContactThatMovesTwiceWasWhereItWas() {
        contact("Ada", "A1");
        accept(answer("1", "ada", 9, START.minus(HOUR)).build());
        Instant first = clock.now;
        move("A2");
        accept(answer("2", "ada", 3, clock.now).build());
        Instant second = clock.now;
        move("A1");

        assertThat(scores("A1", clock.now, clock.now)).isEqualTo(Map.of("wootric:1", 9, "wootric:2", 3));
        assertThat(scores("A2", clock.now, clock.now)).isEmpty();
        assertThat(scores("A1", second, second)).isEmpty();
        assertThat(scores("A2", second, second)).isEqualTo(Map.of("wootric:1", 9, "wootric:2", 3));
        assertThat(scores("A1", first, first)).isEqualTo(Map.of("wootric:1", 9));
        // by what is known now: the contact was with A2 then, and both answers are its own
        assertThat(scores("A2", second, clock.now)).isEqualTo(Map.of("wootric:1", 9, "wootric:2", 3));
        assertThat(scores("A1", first, clock.now)).isEqualTo(Map.of("wootric:1", 9, "wootric:2", 3));
        // by what was known at first, nobody had moved yet
        assertThat(scores("A1", clock.now, first)).isEqualTo(Map.of("wootric:1", 9));
    }

    @Test
    void byTheAnswerAResponseStaysWithTheAccountOfItsTime() {
        contact("Ada", "A1");
        accept(answer("1", "ada", 9, START.minus(HOUR)).build());
        move("A2");
        Instant atA2 = clock.now;
        accept(answer("2", "ada", 3, atA2).build());
        move("A3");
        assertThat(placed()).isEqualTo(Map.of("1", "A3", "2", "A3"));

        ledger = ledger(AttributeBy.ANSWER);
        assertThat(placed()).isEqualTo(Map.of("1", "A1", "2", "A2"));
        assertThat(one("SELECT min(stale) FROM account")).isPositive();
        assertThat(text("SELECT wanted FROM target WHERE wanted LIKE 'wootric:1|%'"))
                .contains("|A1|");
        assertThat(one("SELECT stale FROM contact"))
                .as("shown on the contact all the same")
                .isPositive();

        accept(answer("3", "ada", 7, START.minus(HOUR.multipliedBy(2))).build());
        accept(answer("2", "ada", 4, atA2).updatedAt(clock.now).build());
        contact("Ada", "A1");
        clock.advance(HOUR);
        accept(answer("4", "ada", 8, clock.now).build());
        assertThat(placed()).isEqualTo(Map.of("1", "A1", "2", "A2", "3", "A1", "4", "A1"));

        ledger = ledger(AttributeBy.NOW);
        assertThat(placed().values()).containsOnly("A1");
        consistent();
    }

    @Test
    void theFieldsOfAMovedContactComeFromAllItsAnswers() {
        contact("Ada", "A1");
        accept(answer("1", "ada", 9, START.minus(HOUR)).build());
        ledger = ledger(AttributeBy.ANSWER);
        move("A2");
        accept(answer("2", "ada", 3, clock.now.minus(HOUR.multipliedBy(3))).build());
        Map<String, List<String>> seen = new TreeMap<>();
        var refresh = new Refresh(store, clock, List.of());
        while (refresh.next(10, new Held(Map.of()), subject -> {
                    if (!subject.contacts().isEmpty()) {
                        seen.put(
                                subject.account() == null ? "alone" : subject.remoteId(),
                                subject.answers().stream()
                                        .map(Subject.Answer::key)
                                        .toList());
                    }
                    return new State(List.of(), List.of(), List.of(), null, List.of(), Set.of(), Set.of(), null);
                })
                > 0) {}
        assertThat(seen).isEqualTo(Map.of("alone", List.of("wootric:1", "wootric:2")));
    }

    @Test
    void whoIsMergedIsTheOneThatIsLeftAndWhoIsDeletedIsNobody() {
        contact("Ada", "A1");
        contact("Bo", "A2");
        contact("Cy", "A3");
        accept(answer("1", "ada", 9, START).build(), answer("2", "cy", 2, START).build());
        clock.advance(HOUR);
        Instant before = clock.now;
        clock.advance(HOUR);
        merge("Ada", "Bo");
        assertThat(placed()).isEqualTo(Map.of("1", "A2", "2", "A3"));
        merge("Bo", "Cy");
        assertThat(placed()).isEqualTo(Map.of("1", "A3", "2", "A3"));
        assertThat(one("SELECT count(DISTINCT contact) FROM response")).isEqualTo(1);
        assertThat(scores("A1", before, before)).isEqualTo(Map.of("wootric:1", 9));

        accept(answer("3", "ada", 7, clock.now).build());
        assertThat(placed()).containsEntry("3", "A3");
        gone("Cy", null);
        assertThat(placed()).isEmpty();
        assertThat(one("SELECT count(*) FROM respondent WHERE status = 'waiting' AND cause = 'UNKNOWN_EMAIL'"))
                .isEqualTo(2);
        consistent();
    }

    @Test
    void whoCarriesTheIdOfOneThatWasMergedIsFoundAgainWhenTheOneThatIsLeftComesBack() {
        contact("Ada", "A1");
        contact("Bo", "A2");
        ledger.inbox()
                .accept(new Delivery(
                        "wootric",
                        Delivery.NO_RUN,
                        "wootric",
                        false,
                        List.of(answer("1", "p", 9, START).build()),
                        List.of(new Respondent("wootric", "p", null, null, null, null, "Ada", null, null)),
                        List.of(),
                        List.of()));
        merge("Ada", "Bo");
        assertThat(placed()).isEqualTo(Map.of("1", "A2"));
        gone("Bo", null);
        assertThat(placed()).isEmpty();
        contact("Bo", "A2");
        assertThat(placed()).isEqualTo(Map.of("1", "A2"));
    }

    @Test
    void whoAnswersWhileTheirContactArrivesIsMatched() throws Exception {
        var together = new CyclicBarrier(2);
        for (int i = 0; i < 60; i++) {
            String who = "twin" + i;
            if (i % 2 == 1) {
                accept(answer("before " + i, who, 3, START).build());
            }
            var arriving = CompletableFuture.runAsync(() -> {
                meet(together);
                contact(who, "A1");
            });
            meet(together);
            accept(answer("now " + i, who, 9, START).build());
            arriving.get(30, TimeUnit.SECONDS);
        }
        assertThat(placed()).hasSize(90);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoWasDeletedIsTheOneThatIsLeftWhenToldLaterToHaveBeenMerged() {
        contact("Zoe", "A1");
        contact("Ada", "A1");
        contact("Bo", "A2");
        merge("Zoe", "Ada");
        gone("Ada", null);
        ledger.inbox()
                .accept(new Delivery(
                        "wootric",
                        Delivery.NO_RUN,
                        "wootric",
                        false,
                        List.of(
                                answer("1", "p", 9, START).build(),
                                answer("2", "q", 3, START).build()),
                        List.of(
                                new Respondent("wootric", "p", null, null, null, null, "Ada", null, null),
                                new Respondent("wootric", "q", null, null, null, null, "Zoe", null, null)),
                        List.of(),
                        List.of()));
        assertThat(placed()).isEmpty();
        merge("Ada", "Bo");
        assertThat(placed()).isEqualTo(Map.of("1", "A2", "2", "A2"));
    }

    @Test
    void whoWasMergedIsWhoComesBackThoughThatOneWasMergedFurther() {
        contact("Ada", "A1");
        contact("Bo", "A2");
        contact("Cy", "A3");
        accept(answer("1", "ada", 9, START).build());
        merge("Ada", "Bo");
        merge("Bo", "Cy");
        assertThat(placed()).isEqualTo(Map.of("1", "A3"));
        ledger.people()
                .contacts(
                        List.of(
                                new People.Contact(
                                        "Bo", "A2", "Bo", null, List.of("bo@acme.test"), false, null, null, Map.of()),
                                new People.Contact("Ada", "A1", "Ada", null, List.of(), true, "Bo", null, Map.of())),
                        List.of());
        assertThat(text("SELECT merged_into FROM contact WHERE remote_id = 'Ada'"))
                .isEqualTo("Bo");
    }

    @Test
    void whoSharesAnAddressWithOneThatMovesSharesTheAccountNoLonger() {
        contact("Ada", "A1", "End User", "ada@acme.test");
        contact("Twin", "A1", "End User", "ada@acme.test");
        accept(answer("1", "ada", 9, START).build());
        assertThat(placed()).isEqualTo(Map.of("1", "A1"));
        contact("Twin", "A2", "End User", "ada@acme.test");
        assertThat(placed()).isEmpty();
        contact("Ada", "A2", "End User", "ada@acme.test");
        assertThat(placed()).isEqualTo(Map.of("1", "A2"));
        consistent();
    }

    @Test
    void aCopyThatDoesNotSayWhoAnsweredLeavesWhatIsKnown() {
        contact("Ada", "A1");
        accept(answer("1", "ada", 9, START).build());
        accept(Response.of("wootric", null, "1")
                .comment("late")
                .answeredAt(START)
                .build());
        assertThat(placed()).isEqualTo(Map.of("1", "A1"));
        assertThat(one("SELECT version FROM response")).isEqualTo(2);
    }

    @Test
    void anAnswerGivenToAnotherPersonLaterWasTheFirstOnesBefore() {
        contact("Ada", "A1");
        contact("Bo", "A2");
        accept(answer("1", "ada", 9, START).build());
        Instant before = clock.now;
        clock.advance(HOUR);
        accept(answer("1", "bo", 9, START).updatedAt(clock.now).build());
        assertThat(placed()).isEqualTo(Map.of("1", "A2"));
        assertThat(scores("A1", before, before)).isEqualTo(Map.of("wootric:1", 9));
        assertThat(scores("A2", before, before)).isEmpty();
        assertThat(scores("A1", clock.now, clock.now)).isEmpty();
    }

    @Test
    void rolesSurveysAndZonesWereWhatTheyWere() {
        contact("Ada", "A1", "End User", "ada@acme.test");
        accept(answer("1", "ada", 9, START).survey("88").comment("fine").build());
        Instant before = clock.now;
        clock.advance(HOUR);
        contact("Ada", "A1", "Sponsor", "ada@acme.test");
        ledger.declare("wootric", new Surveys(Map.of("31", Metric.NPS, "77", Metric.CSAT, "88", Metric.NPS), null));
        ledger.people()
                .accounts(
                        List.of(new People.Account(
                                "A1", "Account A1", "owner", "1000", "Asia/Kolkata", true, false, START, Map.of())),
                        List.of());
        accept(answer("1", "ada", null, START)
                .survey("88")
                .comment(null)
                .updatedAt(clock.now)
                .build());

        Subject then = past("A1", AttributeBy.NOW, before, before);
        assertThat(then.zone()).isNull();
        assertThat(then.churned()).isFalse();
        assertThat(then.answers()).singleElement().satisfies(a -> {
            assertThat(a.role()).isEqualTo("End User");
            assertThat(a.declared()).isFalse();
            assertThat(a.score()).isEqualTo(9);
            assertThat(a.comment()).isEqualTo("fine");
        });
        Subject now = past("A1", AttributeBy.NOW, clock.now, clock.now);
        assertThat(now.zone()).isEqualTo("Asia/Kolkata");
        assertThat(now.churned()).isTrue();
        assertThat(now.answers()).singleElement().satisfies(a -> {
            assertThat(a.role()).isEqualTo("Sponsor");
            assertThat(a.metric()).isEqualTo("NPS");
            assertThat(a.score()).isNull();
            assertThat(a.comment()).isNull();
        });
        assertThat(past("A1", AttributeBy.NOW, before, clock.now)
                        .answers()
                        .get(0)
                        .role())
                .as("by what is known now of then")
                .isEqualTo("End User");
    }

    /** A hundred things happen; afterwards everything that was true in between can still be told. */
    @ParameterizedTest
    @EnumSource(AttributeBy.class)
    void whateverHappensNothingOfItIsForgotten(AttributeBy by) {
        ledger = ledger(by);
        var life = new Life(this, new Random(20261122));
        Map<Instant, Map<String, Subject>> told = new LinkedHashMap<>();
        for (int step = 0; step < 100; step++) {
            clock.advance(HOUR);
            life.step();
            if (step % 9 == 0) {
                told.put(clock.now, present());
            }
        }
        assertThat(life.kinds()).as("kinds of things that happened").hasSize(Life.KINDS);
        assertThat(told.values().stream()
                        .flatMap(m -> m.values().stream())
                        .mapToInt(s -> s.answers().size())
                        .sum())
                .isGreaterThan(100);
        told.forEach((at, accounts) -> accounts.forEach((id, subject) ->
                assertThat(plain(past(id, by, at, at))).as(id + " at " + at).isEqualTo(plain(subject))));
        if (by == AttributeBy.NOW) {
            consistent();
        }
        refreshed();
        rollups(by);
    }

    /** The present state of responses, respondents and contacts is what versions, matches and stays say. */
    void consistent() {
        assertThat(
                        one(
                                "SELECT count(*) FROM response r WHERE NOT EXISTS (SELECT 1 FROM response_version v"
                                        + " WHERE v.response = r.id AND v.version = r.version AND v.hash = r.hash AND v.answered_at = r.answered_at"
                                        + " AND v.deleted = r.deleted AND v.excluded = r.excluded AND coalesce(v.score, -1) = coalesce(r.score, -1)"
                                        + " AND coalesce(v.survey, '') = coalesce(r.survey, '') AND coalesce(v.metric, '') = coalesce(r.metric, '')"
                                        + " AND coalesce(v.respondent, -1) = coalesce(r.respondent, -1)"
                                        + " AND coalesce(v.updated_at, -1) = coalesce(r.updated_at, -1)"
                                        + " AND NOT EXISTS (SELECT 1 FROM response_version w WHERE w.response = v.response AND w.version > v.version))"))
                .as("responses that are not their newest version")
                .isZero();
        assertThat(one("SELECT count(*) FROM respondent p LEFT JOIN matching m ON m.id ="
                        + " (SELECT max(n.id) FROM matching n WHERE n.respondent = p.id)"
                        + " WHERE p.status <> coalesce(m.status, 'waiting') OR coalesce(p.contact, -1) <> coalesce(m.contact, -1)"
                        + " OR coalesce(p.account, -1) <> coalesce(m.account, -1)"
                        + " OR (m.id IS NOT NULL AND coalesce(p.cause, '') <> coalesce(m.cause, ''))"))
                .as("respondents that are not as last matched")
                .isZero();
        assertThat(
                        one(
                                "SELECT count(*) FROM response r JOIN respondent p ON p.id = r.respondent"
                                        + " WHERE coalesce(p.contact, -1) <> coalesce(r.contact, -1) OR coalesce(p.account, -1) <> coalesce(r.account, -1)"))
                .as("responses that do not follow their respondent")
                .isZero();
        store.read(h -> {
            Map<Long, Long> accounts = new HashMap<>();
            h.createQuery("SELECT id, account FROM contact")
                    .map((rs, ctx) -> accounts.put(rs.getLong("id"), Rows.optionalLong(rs, "account")))
                    .list();
            var stays = Memberships.believed(h, accounts.keySet(), Long.MAX_VALUE);
            accounts.forEach((contact, account) -> assertThat(stays.account(contact, clock.now.toEpochMilli()))
                    .as("stay of contact " + contact)
                    .isEqualTo(account));
            return null;
        });
    }

    private void refreshed() {
        var refresher = new Refresher(
                new Refresh(store, clock, List.of()),
                new Held(Map.of()),
                Rules.defaults(ZoneOffset.UTC),
                java.util.Map.of(),
                List.of(),
                clock);
        while (refresher.more()) {}
    }

    /** Every rollup counted once more by plain loops over what the ledger says. */
    private void rollups(AttributeBy by) {
        List<Map<String, Object>> rows = store.read(h -> h.createQuery(
                        "SELECT a.remote_id, r.policy, r.from_at, r.to_at, r.promoters, r.passives, r.detractors"
                                + " FROM rollup r JOIN account a ON a.id = r.account")
                .mapToMap()
                .list());
        assertThat(rows).hasSizeGreaterThan(20);
        int scored = 0;
        for (Map<String, Object> row : rows) {
            boolean latest = row.get("policy").equals("latest_per_person");
            Map<Object, Subject.Answer> counted = new HashMap<>();
            for (Subject.Answer a : past((String) row.get("remote_id"), by, clock.now, clock.now)
                    .answers()) {
                long at = a.answeredAt().toEpochMilli();
                boolean counts = at >= number(row, "from_at")
                        && at < number(row, "to_at")
                        && "NPS".equals(a.metric())
                        && a.score() != null
                        && !a.excluded()
                        && !a.deleted();
                if (counts) {
                    Object key = !latest ? a.id() : a.contact() == null ? a.email() : a.contact();
                    counted.merge(key, a, (x, y) -> x.answeredAt().isAfter(y.answeredAt()) ? x : y);
                }
            }
            long up = counted.values().stream().filter(a -> a.score() >= 9).count();
            long down = counted.values().stream().filter(a -> a.score() <= 6).count();
            long n = number(row, "promoters") + number(row, "passives") + number(row, "detractors");
            assertThat(n).as(row.toString()).isEqualTo(counted.size());
            // equal as fractions
            assertThat((number(row, "promoters") - number(row, "detractors")) * counted.size())
                    .as(row.toString())
                    .isEqualTo((up - down) * n);
            scored += counted.size();
        }
        assertThat(scored).isGreaterThan(50);
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    private Map<String, Subject> present() {
        Map<String, Subject> present = new TreeMap<>();
        for (String id : List.of("A1", "A2", "A3")) {
            present.put(id, new Accounts(store).subject(key(id)));
        }
        return present;
    }

    /** What rules see of a subject. */
    private static List<Object> plain(Subject subject) {
        List<Object> plain = new ArrayList<>(List.of(String.valueOf(subject.zone()), subject.churned()));
        subject.answers().stream()
                .sorted(java.util.Comparator.comparing(Subject.Answer::id))
                .forEach(a -> plain.add(List.of(
                        a.id(),
                        a.key(),
                        String.valueOf(a.survey()),
                        String.valueOf(a.metric()),
                        a.declared(),
                        String.valueOf(a.contact()),
                        a.respondent(),
                        String.valueOf(a.role()),
                        String.valueOf(a.score()),
                        String.valueOf(a.comment()),
                        a.answeredAt(),
                        a.updatedAt(),
                        a.excluded(),
                        a.deleted())));
        return plain;
    }

    Subject past(String account, AttributeBy by, Instant validAt, Instant knownAt) {
        return new Accounts(store).subject(key(account), by, validAt, knownAt);
    }

    private Map<String, Integer> scores(String account, Instant validAt, Instant knownAt) {
        Map<String, Integer> scores = new TreeMap<>();
        past(account, AttributeBy.NOW, validAt, knownAt).answers().forEach(a -> scores.put(a.key(), a.score()));
        return scores;
    }

    private long key(String account) {
        return one("SELECT id FROM account WHERE remote_id = '" + account + "'");
    }

    private Map<String, String> placed() {
        Map<String, String> placed = new TreeMap<>();
        store.read(h -> h.createQuery(
                        "SELECT r.remote_id AS response, a.remote_id AS account FROM response r JOIN account a ON a.id = r.account")
                .map((rs, ctx) -> placed.put(rs.getString("response"), rs.getString("account")))
                .list());
        return placed;
    }

    private void move(String account) {
        clock.advance(HOUR);
        contact("Ada", account);
        clock.advance(HOUR);
    }

    private void merge(String loser, String into) {
        gone(loser, into);
    }

    void gone(String contact, String into) {
        ledger.people()
                .contacts(
                        List.of(new People.Contact(
                                contact, "A1", "Name " + contact, "End User", List.of(), true, into, null, Map.of())),
                        List.of());
    }
}
