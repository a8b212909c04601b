package bellwether.health;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.mapping.HealthSettings;
import bellwether.mapping.Paying;
import bellwether.match.Key;
import bellwether.match.Matcher;
import bellwether.nps.AcceptPartial;
import bellwether.nps.Coverage;
import bellwether.nps.Metric;
import bellwether.nps.Policy;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.Tally;
import bellwether.nps.Window;
import bellwether.store.Census;
import bellwether.store.Delivery;
import bellwether.store.Ledger;
import bellwether.store.People;
import bellwether.store.Store;
import bellwether.store.Surveys;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NPS maths, sections 6 and 12, over a store. */
class CompanyCountTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final Rules RULES = Rules.defaults(ZoneId.of("UTC"));

    @TempDir
    Path folder;

    private Store store;
    private Ledger ledger;
    private int responses;

    @BeforeEach
    void open() {
        store = Store.open("jdbc:sqlite:" + folder.resolve("b.db"), null, null);
        ledger = new Ledger(
                store, Clock.fixed(NOW, ZoneOffset.UTC), new Matcher(List.of(Key.PERSON, Key.EMAIL)), List.of());
        ledger.declare("wootric", new Surveys(Map.of("31", Metric.NPS), null));
        ledger.people()
                .accounts(
                        List.of(
                                account("Acme", "100000", "2027-02-20"),
                                account("Beta", "20000", "2027-02-21"),
                                account("Gamma", "80000", "2026-11-21"),
                                account("Silent", "50000", null)),
                        List.of());
        ledger.people().complete();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theWorkedExampleOfThreeAccounts() {
        answers("Acme", 9, 9, 10, 3);
        answers("Beta", 10);
        answers("Gamma", 6, 7);
        Company company = count(Policy.ALL_RESPONSES, null);
        assertThat(company.plain().nps().display()).isEqualTo("28.6");
        assertThat(company.weighted().nps().display()).isEqualTo("15.0");
        assertThat(company.weighted().notCovered().rounded(2)).isEqualByComparingTo("0.20");
        assertThat(company.accountsWithAnswers()).isEqualTo(3);
        assertThat(company.answersOfAccounts()).isEqualTo(7);
    }

    @Test
    void aPersonInTwoAccountsCountsOncePerAccountAndOnceInTheCompany() {
        String who = person("Acme");
        answer(who, 3, NOW.minusSeconds(90_000));
        answer(who, 10, NOW.minusSeconds(80_000));
        move(1, "Beta");
        Company company = count(Policy.LATEST_PER_PERSON, null);
        assertThat(company.plain()).isEqualTo(new Tally(1, 0, 0));
        assertThat(company.accountsWithAnswers()).isEqualTo(2);
        assertThat(company.answersOfAccounts()).isEqualTo(2);
        assertThat(company.answersWithAccount()).isEqualTo(1);
        // 100 of 100 k and -100 of 20 k
        assertThat(company.weighted().nps().display()).isEqualTo("66.7");
        assertThat(count(Policy.ALL_RESPONSES, null).plain()).isEqualTo(new Tally(1, 0, 1));
    }

    @Test
    void coverageIsOfThePayingAccounts() {
        answers("Acme", 9, 3);
        answers("Beta", 10);
        ledger.people()
                .accounts(
                        List.of(
                                account("Trial", null, null),
                                account("Free", "0", null),
                                new People.Account("Left", "Left", null, "70000", null, true, false, NOW, Map.of()),
                                new People.Account("Gone", "Gone", null, "70000", null, false, true, NOW, Map.of())),
                        List.of());
        answers("Trial", 9);
        answers("Left", 9);
        Coverage byRevenue = count(Policy.LATEST_PER_PERSON, null).coverage();
        assertThat(byRevenue).isEqualTo(coverage(4, 2, "250000", "120000"));
        assertThat(byRevenue.revenuePercent().rounded(1)).isEqualByComparingTo("48.0");
        for (boolean churned : List.of(true, false)) {
            assertThat(coverage(Paying.ALL, churned)).isEqualTo(coverage(6, 3, "250000", "120000"));
        }
        attribute("plan", "Acme", "Team");
        attribute("plan", "Trial", " team ");
        attribute("plan", "Beta", "free");
        attribute("plan", "Left", "team");
        Paying teams = new Paying("plan", List.of("team", "enterprise"));
        assertThat(coverage(teams, true)).isEqualTo(coverage(2, 2, "100000", "100000"));
        assertThat(coverage(new Paying("plan", List.of("nobody")), true).rate()).isNull();
        assertThat(teams.text()).isEqualTo("active accounts whose plan is team or enterprise");
    }

    @Test
    void whatDoesNotCountCoversNothing() {
        answers("Acme", 9);
        answer(person("Beta"), 9, NOW.minusSeconds(400L * 86_400));
        store.change(h -> h.execute("UPDATE response SET excluded = 1 WHERE remote_id = '1'"));
        assertThat(count(Policy.ALL_RESPONSES, null).coverage()).isEqualTo(coverage(4, 0, "250000", "0"));
    }

    @Test
    void groupsOfAccountsHaveACoverageOfTheirOwnEvenWithoutAnswers() {
        answers("Acme", 9);
        answers("Beta", 9);
        attribute("segment", "Acme", "SMB");
        attribute("segment", "Beta", "SMB");
        attribute("segment", "Gamma", "Enterprise");
        Window window = Window.parse("trailing_6_months");
        assertThat(count(window, Policy.LATEST_PER_PERSON, "segment", "account").groups())
                .extracting(g -> g.value() + " " + g.tally().n() + " " + g.coverage())
                .containsExactly(
                        "Enterprise 0 " + coverage(1, 0, "80000", "0"),
                        "SMB 2 " + coverage(2, 2, "120000", "120000"),
                        "(none) 0 " + coverage(1, 0, "50000", "0"));
        assertThat(count(window, Policy.LATEST_PER_PERSON, "renewal", null).groups())
                .extracting(g -> g.value() + " " + g.coverage().withAnswers() + " of "
                        + g.coverage().accounts())
                .containsExactly(
                        "past due 0 of 1",
                        "0-90 days 1 of 1",
                        "91-120 days 1 of 1",
                        "0-120 days 2 of 2",
                        "more than 120 days 0 of 0",
                        "(none) 0 of 1");
        assertThat(count(window, Policy.LATEST_PER_PERSON, "survey", null).groups())
                .extracting(Company.Group::coverage)
                .containsOnlyNulls();
    }

    @Test
    void renewalsAreCountedToTheDay() {
        answers("Acme", 9); // 90 days
        answers("Beta", 9); // 91 days
        answers("Gamma", 9, 3); // yesterday
        answers("Silent", 9);
        Company company = count(Policy.LATEST_PER_PERSON, "renewal");
        assertThat(company.groups())
                .extracting(g -> g.value() + " " + g.tally().n() + " " + g.cumulative())
                .containsExactly(
                        "past due 2 false",
                        "0-90 days 1 false",
                        "91-120 days 1 false",
                        "0-120 days 2 true",
                        "more than 120 days 0 false",
                        "(none) 1 false");
        assertThat(company.groups().get(0).detractorRevenue()).isEqualByComparingTo("80000");
        assertThat(company.groups().get(1).detractorRevenue()).isNull();
        assertThat(Grouping.renewal("2027-03-22", TODAY)).isEqualTo("91-120 days");
        assertThat(Grouping.renewal("2027-03-23", TODAY)).isEqualTo("more than 120 days");
        assertThat(Grouping.renewal("2026-11-22T00:00:00Z", TODAY)).isEqualTo("0-90 days");
        assertThat(Grouping.renewal("soon", TODAY)).isEqualTo("(none)");
    }

    @Test
    void fewAnswersShowNoScoreWhereTheyPointAtAPerson() {
        answers("Acme", 9, 9, 3);
        answers("Beta", 9, 3);
        answers("Gamma", 9);
        for (String by : List.of("csm", "team", "segment")) {
            store.change(h -> h.execute(
                    "INSERT INTO attribute (kind, subject, name, value, valid_from, recorded_at)"
                            + " SELECT 'account', id, ?, remote_id, 0, 0 FROM account WHERE remote_id <> 'Gamma'",
                    by));
            assertThat(count(Window.parse("trailing_6_months"), Policy.LATEST_PER_PERSON, by, "account")
                            .groups())
                    .extracting(g -> g.value() + " " + g.tally().n() + " " + g.hidden() + " " + g.detractorRevenue())
                    .containsExactlyElementsOf(
                            by.equals("segment")
                                    ? List.of(
                                            "Acme 3 false 100000",
                                            "Beta 2 false 20000",
                                            "Silent 0 false null",
                                            "(none) 1 false null")
                                    : List.of(
                                            "Acme 3 false 100000",
                                            "Beta 2 true null",
                                            "Silent 0 true null",
                                            "(none) 1 true null"));
        }
    }

    @Test
    void whatRepeatsAnAnswerFromBeforeTheWindowDoesNotCountAsInTheAccount() {
        String who = person("Acme");
        Instant midnight = Instant.parse("2026-08-25T00:00:00Z");
        answer(who, 9, midnight.minusSeconds(600));
        answer(who, 9, midnight.plusSeconds(600));
        Window window = Window.parse("trailing_90_days");
        assertThat(count(window, Policy.LATEST_PER_PERSON, null).plain()).isEqualTo(Tally.NONE);
    }

    /** Each third repeats the second, which is kept for being long enough after the first: how it ends depends on how it began. */
    @Test
    void aSeriesOfRepeatsIsFollowedToItsBeginningHoweverLongItIs() {
        String who = person("Acme");
        Instant midnight = Instant.parse("2026-08-25T00:00:00Z");
        Window window = Window.parse("trailing_90_days");
        for (int i = 30; i > 0; i--) {
            answer(who, 9, midnight.plusSeconds(60).minusSeconds(1200L * i));
        }
        answer(who, 9, midnight.plusSeconds(60));
        assertThat(count(window, Policy.ALL_RESPONSES, null).plain()).isEqualTo(new Tally(1, 0, 0));

        answer(who, 9, midnight.plusSeconds(60).minusSeconds(1200L * 31));
        assertThat(count(window, Policy.ALL_RESPONSES, null).plain()).isEqualTo(Tally.NONE);
    }

    @Test
    void aToolWithoutSurveysIsCountedByWhatItSaysItAsks() {
        String who = person("Acme");
        answer(who, 9, NOW.minusSeconds(60));
        ledger.inbox()
                .accept(new Delivery(
                        "plain",
                        Delivery.NO_RUN,
                        "plain",
                        false,
                        List.of(Response.of("plain", null, "1")
                                .respondent(who)
                                .metric(Metric.NPS)
                                .score(3)
                                .answeredAt(NOW.minusSeconds(30))
                                .build()),
                        List.of(new Respondent("plain", who, who + "@a.test", null, null, null, null, null, null)),
                        List.of(),
                        List.of()));
        assertThat(count(Policy.ALL_RESPONSES, null).plain()).isEqualTo(new Tally(1, 0, 1));
    }

    @Test
    void whoseAccountIsGoneFromTheDirectoryIsUnmatched() {
        answers("Acme", 9, 9);
        answers("Beta", 3);
        ledger.inbox()
                .accept(new Delivery(
                        "wootric",
                        Delivery.NO_RUN,
                        "wootric",
                        false,
                        List.of(response("stranger", 0, NOW.minusSeconds(60))),
                        List.of(respondent("stranger")),
                        List.of(),
                        List.of()));
        store.change(h -> h.execute("UPDATE account SET deleted = 1 WHERE remote_id = 'Beta'"));
        Company company = count(Policy.LATEST_PER_PERSON, null);
        assertThat(company.plain()).isEqualTo(new Tally(2, 0, 0));
        assertThat(company.unmatched()).isEqualTo(2);
    }

    @Test
    void whatIsNotCompletedWaitsAndTakesNobodysPlaceInAnyWindow() {
        var rules = Rules.of(
                HealthSettings.defaults(), ZoneOffset.UTC, Map.of(), Map.of("wootric", AcceptPartial.AFTER_12H));
        String before = person("Acme");
        partial(before, 9, "2026-10-31T23:50:00Z");
        answer(before, 9, Instant.parse("2026-11-01T00:10:00Z"));
        String again = person("Silent");
        answer(again, 5, Instant.parse("2026-10-31T12:00:00Z"));
        answer(again, 8, Instant.parse("2026-11-01T00:05:00Z"));
        partial(person("Beta"), 3, "2026-11-22T00:00:00.001Z");
        partial(person("Gamma"), 7, "2026-11-22T00:00:00Z");

        assertThat(plain("this_month", rules, NOW)).isEqualTo(new Tally(1, 2, 0));
        assertThat(plain("this_month", rules, NOW.plusMillis(1))).isEqualTo(new Tally(1, 2, 1));
        assertThat(plain("this_month", RULES, NOW)).as("not so by default").isEqualTo(new Tally(0, 2, 1));
        assertThat(plain("last_month", rules, NOW)).as("it repeats a later one").isEqualTo(new Tally(0, 0, 1));
        var census = new Census(store);
        assertThat(Moves.of(census, rules, Window.parse("last_month"), NOW, false)
                        .people())
                .as("what comes after the window is no part of it")
                .isEqualTo(1);
        assertThat(Moves.of(census, rules, Window.parse("this_month"), NOW, false)
                        .people())
                .isEqualTo(3);
        assertThat(Trend.of(census, rules, Policy.ALL_RESPONSES, NOW, 2, false).stream()
                        .map(Trend.Month::tally))
                .containsExactly(new Tally(0, 0, 1), new Tally(1, 2, 0));
    }

    private Tally plain(String window, Rules rules, Instant now) {
        var question = new CompanyCount.Question(
                Window.parse(window), Policy.ALL_RESPONSES, null, null, false, Paying.REVENUE);
        return CompanyCount.of(question, rules, now, new Census(store)).plain();
    }

    private void partial(String who, int score, String at) {
        answer(who, score, Instant.parse(at));
        store.change(h -> h.execute("UPDATE response SET partial = 1 WHERE remote_id = ?", "" + responses));
    }

    private Company count(Policy policy, String by) {
        return count(Window.parse("trailing_6_months"), policy, by);
    }

    private Company count(Window window, Policy policy, String by) {
        return count(window, policy, by, null);
    }

    private Company count(Window window, Policy policy, String by, String kind) {
        return CompanyCount.of(
                new CompanyCount.Question(window, policy, by, kind, false, Paying.REVENUE),
                RULES,
                NOW,
                new Census(store));
    }

    private Coverage coverage(Paying paying, boolean includeChurned) {
        return CompanyCount.of(
                        new CompanyCount.Question(
                                Window.parse("trailing_6_months"),
                                Policy.LATEST_PER_PERSON,
                                null,
                                null,
                                includeChurned,
                                paying),
                        RULES,
                        NOW,
                        new Census(store))
                .coverage();
    }

    private static Coverage coverage(int accounts, int withAnswers, String revenue, String revenueWithAnswers) {
        return new Coverage(accounts, withAnswers, new BigDecimal(revenue), new BigDecimal(revenueWithAnswers));
    }

    private void attribute(String name, String account, String value) {
        store.change(h -> h.execute(
                "INSERT INTO attribute (kind, subject, name, value, valid_from, recorded_at)"
                        + " SELECT 'account', id, ?, ?, 0, 0 FROM account WHERE remote_id = ?",
                name,
                value,
                account));
    }

    private void answers(String account, int... scores) {
        for (int score : scores) {
            answer(person(account), score, NOW.minusSeconds(3600));
        }
    }

    private String person(String account) {
        String id = "p" + responses;
        ledger.people()
                .contacts(
                        List.of(new People.Contact(
                                "c" + id, account, null, null, List.of(id + "@a.test"), false, NOW, Map.of())),
                        List.of());
        return id;
    }

    private void answer(String who, int score, Instant at) {
        ledger.inbox()
                .accept(new Delivery(
                        "wootric",
                        Delivery.NO_RUN,
                        "wootric",
                        false,
                        List.of(response(who, score, at)),
                        List.of(respondent(who)),
                        List.of(),
                        List.of()));
    }

    private Response response(String who, int score, Instant at) {
        return Response.of("wootric", null, Integer.toString(++responses))
                .respondent(who)
                .survey("31")
                .score(score)
                .answeredAt(at)
                .build();
    }

    /** As if the answer had been given when its person belonged to another account. */
    private void move(int response, String account) {
        store.change(h -> h.execute(
                "UPDATE response SET account = (SELECT id FROM account WHERE remote_id = ?) WHERE remote_id = ?",
                account,
                Integer.toString(response)));
    }

    private static Respondent respondent(String id) {
        return new Respondent("wootric", id, id + "@a.test", null, null, null, null, null, null);
    }

    private static People.Account account(String name, String revenue, String renewal) {
        return new People.Account(
                name,
                name,
                null,
                revenue,
                null,
                false,
                false,
                NOW,
                renewal == null ? Map.of() : Map.of("renewal_date", renewal));
    }
}
