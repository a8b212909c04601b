package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.nps.Policy;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures wider than one account, beside a count of what the simulators hold that shares nothing with the product. */
class CompanyFiguresTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    @TempDir
    static Path home;

    private static WootricSimulator wootric;
    private static SalesforceSimulator salesforce;
    private static Daemon daemon;
    private static Rest api;
    private static PlainCount plain;

    @BeforeAll
    static void start() {
        Company company = Company.of(23, 60, 500, 2_000, Instant.now().minusSeconds(600));
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(0));
        salesforce = SalesforceSimulator.start(company);
        daemon = new House(home, wootric.baseUrl(), salesforce.baseUrl())
                .with("BELLWETHER_ZONE", ZONE.getId())
                .daemon(Clock.systemUTC());
        daemon.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> House.settled(daemon));
        api = new Rest(daemon);
        String since =
                api.get("/api/v1/connections/wootric").json().get("data_since").asText();
        plain = new PlainCount(company, salesforce, ZONE, Instant.parse(since));
    }

    @AfterAll
    static void stop() {
        daemon.close();
        wootric.close();
        salesforce.close();
    }

    @Test
    void theCompanysFigureIsThatOfAPlainCount() {
        for (String window : List.of("trailing_90_days", "this_quarter", "last_month", "all_time")) {
            for (Policy policy : Policy.values()) {
                JsonNode told = nps("window=" + window + "&policy=" + policy.label());
                List<PlainCount.Row> counted =
                        plain.counted(LocalDate.parse(told.get("today").asText()), window, policy);
                check(told.get("plain"), of(counted, row -> !row.churned()));
                check(told.get("exit"), of(counted, PlainCount.Row::churned));
                assertThat(told.at("/window/zone").asText()).isEqualTo(ZONE.getId());
            }
        }
        assertThat(nps("window=all_time").at("/exit/responses").asInt()).isPositive();
    }

    @Test
    void accountsThatHaveLeftAreCountedOnlyWhereAskedFor() {
        JsonNode without = nps("window=all_time&policy=all_responses");
        JsonNode with = nps("window=all_time&policy=all_responses&include_churned=true");
        assertThat(with.at("/plain/responses").asInt())
                .isEqualTo(without.at("/plain/responses").asInt()
                        + without.at("/exit/responses").asInt());
        assertThat(with.get("exit")).isEqualTo(without.get("exit"));
        assertThat(with.at("/accounts/with_answers").asInt())
                .isGreaterThan(without.at("/accounts/with_answers").asInt());
    }

    @Test
    void everyDimensionIsAPartitionOfTheTotalAndEveryRowThatOfAPlainCount() {
        Map<String, java.util.function.Function<PlainCount.Row, String>> dimensions = new TreeMap<>();
        dimensions.put("segment", row -> row.account().get("Segment__c"));
        dimensions.put("plan", row -> row.account().get("Plan__c"));
        dimensions.put("region", row -> row.account().get("BillingCountry"));
        dimensions.put("department", row -> row.contact().get("Department"));
        dimensions.put("role", row -> row.contact().get("Title"));
        dimensions.put("survey", row -> Integer.toString(row.survey()));
        dimensions.forEach((by, value) -> {
            JsonNode told = nps("window=trailing_6_months&by=" + by);
            Map<String, List<PlainCount.Row>> expected = plain
                    .counted(LocalDate.parse(told.get("today").asText()), "trailing_6_months", Policy.LATEST_PER_PERSON)
                    .stream()
                    .filter(row -> !row.churned())
                    .collect(Collectors.groupingBy(row -> Objects.requireNonNullElse(value.apply(row), "(none)")));
            int total = told.at("/plain/responses").asInt();
            List<String> values = new ArrayList<>();
            for (JsonNode group : told.get("groups")) {
                if (group.get("responses").asInt() > 0) {
                    values.add(group.get("value").asText());
                }
                check(
                        group.get("figure"),
                        of(expected.getOrDefault(group.get("value").asText(), List.of()), row -> true));
                assertThat(group.get("share").decimalValue())
                        .isEqualByComparingTo(
                                PlainCount.tenths(1000L * group.get("responses").asInt(), total));
                assertThat(group.get("hidden").asBoolean()).isFalse();
            }
            assertThat(values).as(by).containsExactlyInAnyOrderElementsOf(expected.keySet());
            if (!by.equals("survey")) {
                assertThat(values.get(values.size() - 1)).isEqualTo("(none)");
            }
            assertThat(sum(told.get("groups"), "responses")).isEqualTo(total);
        });
    }

    @Test
    void renewalsAreBucketsOfLocalDatesAndOneOfThemRepeatsTwo() {
        JsonNode told = nps("window=all_time&by=renewal");
        LocalDate today = LocalDate.parse(told.get("today").asText());
        Map<String, Integer> expected = new HashMap<>();
        for (PlainCount.Row row : plain.counted(today, "all_time", Policy.LATEST_PER_PERSON)) {
            if (!row.churned()) {
                String date = row.account().get("ContractEnd__c");
                expected.merge(date == null ? "(none)" : bucket(LocalDate.parse(date), today), 1, Integer::sum);
            }
        }
        Map<String, Integer> shown = new HashMap<>();
        told.get("groups")
                .forEach(g ->
                        shown.put(g.get("value").asText(), g.get("responses").asInt()));
        assertThat(shown.keySet())
                .containsExactlyInAnyOrder(
                        "past due", "0-90 days", "91-120 days", "0-120 days", "more than 120 days", "(none)");
        assertThat(shown.remove("0-120 days")).isEqualTo(shown.get("0-90 days") + shown.get("91-120 days"));
        shown.values().removeIf(n -> n == 0);
        assertThat(shown).isEqualTo(expected).containsKeys("past due", "0-90 days", "(none)");
    }

    @Test
    void whoIsJudgedByFewAnswersIsNotShownTheirScore() {
        JsonNode told = nps("window=last_week&by=csm");
        assertThat(told.get("groups")).isNotEmpty();
        int hidden = 0;
        for (JsonNode group : told.get("groups")) {
            boolean few = group.get("responses").asInt() < 3;
            hidden += few ? 1 : 0;
            assertThat(group.get("hidden").asBoolean()).isEqualTo(few);
            assertThat(group.get("figure").isNull()).isEqualTo(few);
            assertThat(group.get("share").isNull()).isFalse();
        }
        JsonNode department = nps("window=2026-01-01.." + LocalDate.now() + "&by=role");
        assertThat(department.get("groups")).noneMatch(g -> g.get("hidden").asBoolean());
        assertThat(sum(told.get("groups"), "responses"))
                .isEqualTo(told.at("/plain/responses").asInt());
        assertThat(hidden).isBetween(0, told.get("groups").size());
    }

    @Test
    void rolesAreSponsorsKeyContactsAndUsers() {
        JsonNode told = nps("window=all_time&by=role_class");
        List<String> values = new ArrayList<>();
        told.get("groups").forEach(g -> values.add(g.get("value").asText()));
        assertThat(values).containsExactly("key contact", "sponsor", "user", "(none)");
    }

    @Test
    void theRevenueWeightedMeanIsThatOfTheAccountsAsTheyAreExplained() {
        JsonNode told = nps("window=trailing_90_days");
        double sum = 0;
        double covered = 0;
        double all = 0;
        int responses = 0;
        List<String> without = new ArrayList<>();
        for (JsonNode account : api.all("/api/v1/accounts?limit=200")) {
            String id = account.get("id").asText();
            if (account.get("churned").asBoolean()) {
                continue;
            }
            JsonNode own = api.get("/api/v1/accounts/" + id + "/nps/explain?window=trailing_90_days")
                    .json();
            JsonNode exact = api.get("/api/v1/accounts/" + id + "/nps/explain?window=trailing_90_days")
                    .json();
            responses += own.get("responses").asInt();
            Object revenue =
                    salesforce.record("Account", id.replace("salesforce:", "")).get("AnnualRevenue");
            if (revenue == null) {
                without.add(id);
                continue;
            }
            double weight = ((BigDecimal) revenue).doubleValue();
            all += weight;
            if (own.get("responses").asInt() > 0) {
                covered += weight;
                sum += weight
                        * 100
                        * exact.at("/fraction/numerator").asInt()
                        / exact.at("/fraction/denominator").asInt();
            }
        }
        assertThat(told.at("/revenue_weighted/nps").asDouble()).isCloseTo(sum / covered, within(0.0501));
        assertThat(told.at("/revenue_weighted/not_covered_percent").asDouble())
                .isCloseTo(100 * (all - covered) / all, within(0.0501));
        List<String> listed = new ArrayList<>();
        told.at("/revenue_weighted/without_revenue").forEach(id -> listed.add(id.asText()));
        assertThat(listed).isNotEmpty().containsExactlyInAnyOrderElementsOf(without);
        assertThat(told.at("/revenue_weighted/method").asText()).isEqualTo("revenue-weighted mean of account NPS");
        assertThat(told.at("/accounts/responses").asInt()).isEqualTo(responses);
        assertThat(told.at("/plain/responses").asInt()
                        + told.at("/accounts/counted_twice").asInt())
                .isGreaterThanOrEqualTo(responses);
    }

    @Test
    void coverageIsThatOfAPlainCountOfAllAndOfEachSegment() {
        for (String window : List.of("trailing_90_days", "last_month")) {
            JsonNode told = nps("window=" + window + "&by=segment&include_churned=true");
            Set<String> answered =
                    plain
                            .counted(LocalDate.parse(told.get("today").asText()), window, Policy.LATEST_PER_PERSON)
                            .stream()
                            .map(row -> row.account().get("Id"))
                            .collect(Collectors.toSet());
            List<Map<String, Object>> paying = salesforce.records("Account").stream()
                    .filter(account -> !Boolean.TRUE.equals(account.get("Churned__c")))
                    .filter(account -> account.get("AnnualRevenue") != null)
                    .filter(account -> ((BigDecimal) account.get("AnnualRevenue")).signum() > 0)
                    .toList();
            assertThat(told.at("/coverage/of").asText()).isEqualTo("active accounts with revenue above 0");
            covered(told.get("coverage"), paying, answered);
            assertThat(told.at("/coverage/with_answers").asInt()).isBetween(1, paying.size() - 1);
            int groups = 0;
            for (JsonNode group : told.get("groups")) {
                String segment = group.get("value").asText();
                covered(
                        group.get("coverage"),
                        paying.stream()
                                .filter(account ->
                                        segment.equals(Objects.requireNonNullElse(account.get("Segment__c"), "(none)")))
                                .toList(),
                        answered);
                groups += group.at("/coverage/accounts").asInt();
            }
            assertThat(groups).isEqualTo(paying.size());
        }
        assertThat(nps("by=role").at("/groups/0/coverage").isNull()).isTrue();
    }

    private static void covered(JsonNode told, List<Map<String, Object>> paying, Set<String> answered) {
        long revenue = 0;
        long theirs = 0;
        int count = 0;
        for (Map<String, Object> account : paying) {
            long own = ((BigDecimal) account.get("AnnualRevenue")).longValueExact();
            boolean has = answered.contains(account.get("Id").toString());
            revenue += own;
            theirs += has ? own : 0;
            count += has ? 1 : 0;
        }
        assertThat(told.get("accounts").asInt()).isEqualTo(paying.size());
        assertThat(told.get("with_answers").asInt()).isEqualTo(count);
        if (paying.isEmpty()) {
            assertThat(told.get("percent").isNull()).isTrue();
            assertThat(told.get("revenue_percent").isNull()).isTrue();
        } else {
            assertThat(told.get("percent").decimalValue())
                    .isEqualByComparingTo(PlainCount.tenths(1000L * count, paying.size()));
            assertThat(told.get("revenue_percent").decimalValue())
                    .isEqualByComparingTo(PlainCount.tenths(1000L * theirs, revenue));
        }
    }

    @Test
    void monthsAreThoseOfAPlainCount() {
        for (Policy policy : Policy.values()) {
            JsonNode told = get("/api/v1/nps/trend?months=9&policy=" + policy.label());
            assertThat(told.get("months")).hasSize(9);
            JsonNode before = null;
            int responses = 0;
            for (JsonNode month : told.get("months")) {
                LocalDate first = LocalDate.parse(month.get("from").asText());
                LocalDate last = LocalDate.parse(month.get("to").asText());
                assertThat(last).isEqualTo(first.plusMonths(1).minusDays(1));
                check(month, of(plain.counted(first, last, policy), row -> !row.churned()));
                boolean both = before != null
                        && before.get("responses").asInt() > 0
                        && month.get("responses").asInt() > 0;
                assertThat(month.get("change").isNull()).isEqualTo(!both);
                if (both) {
                    checkChange(before, month);
                }
                before = month;
                responses += month.get("responses").asInt();
            }
            assertThat(before.get("month").asText())
                    .isEqualTo(LocalDate.now(ZONE).toString().substring(0, 7));
            assertThat(before.get("partial").asBoolean()).isTrue();
            assertThat(told.at("/months/6/partial").asBoolean()).isFalse();
            int total = nps("window=all_time&policy=" + policy.label())
                    .at("/plain/responses")
                    .asInt();
            if (policy == Policy.ALL_RESPONSES) {
                assertThat(responses).isEqualTo(total);
            } else {
                assertThat(responses).isGreaterThan(total);
            }
        }
    }

    private static void checkChange(JsonNode before, JsonNode after) {
        double points = nps(after) - nps(before);
        double error = Math.hypot(error(before), error(after));
        assertThat(after.at("/change/points").asDouble()).isCloseTo(points, within(0.0501));
        if (error(before) > 0 && error(after) > 0) {
            assertThat(after.at("/change/z").asDouble()).isCloseTo(points / error, within(0.00501));
            assertThat(after.at("/change/verdict").asText())
                    .isEqualTo(Math.abs(points / error) < 1.96 ? "not distinguishable" : points > 0 ? "rise" : "fall");
        }
    }

    private static double nps(JsonNode told) {
        return 100.0
                * (told.get("promoters").asInt() - told.get("detractors").asInt())
                / told.get("responses").asInt();
    }

    private static double error(JsonNode told) {
        double mean = nps(told) / 100;
        double n = told.get("responses").asInt();
        double moved = told.get("promoters").asInt() + told.get("detractors").asInt();
        return 100 * Math.sqrt((moved / n - mean * mean) / n);
    }

    @Test
    void anAccountsMonthIsTheOneThatIsExplained() {
        int compared = 0;
        for (JsonNode account : api.all("/api/v1/accounts?limit=200")) {
            String path = "/api/v1/accounts/" + account.get("id").asText();
            JsonNode told = get(path + "/trend?months=3");
            assertThat(told.get("account")).isEqualTo(account.get("id"));
            for (JsonNode month : told.get("months")) {
                JsonNode explained = get(path + "/nps?window="
                        + month.get("from").asText() + ".." + month.get("to").asText());
                for (String field : List.of("promoters", "passives", "detractors", "nps", "interval", "sample")) {
                    assertThat(month.get(field)).isEqualTo(explained.get(field));
                }
                compared += month.get("responses").asInt();
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void whoChangedTheirMindIsCountedByWhatTheySaidBefore() {
        for (String window : List.of("trailing_90_days", "all_time")) {
            JsonNode told = get("/api/v1/nps/changes?window=" + window);
            LocalDate first = window.equals("all_time")
                    ? LocalDate.EPOCH
                    : LocalDate.now(ZONE).minusDays(89);
            Map<String, List<PlainCount.Row>> people = plain.undoubled().stream()
                    .filter(row -> !row.churned())
                    .collect(Collectors.groupingBy(PlainCount.Row::person));
            int[] directions = new int[3];
            int[][] categories = new int[3][3];
            int firstTime = 0;
            for (List<PlainCount.Row> said : people.values()) {
                PlainCount.Row latest = said.get(said.size() - 1);
                if (latest.at().atZone(ZONE).toLocalDate().isBefore(first)) {
                    continue;
                }
                if (said.size() == 1) {
                    firstTime++;
                    continue;
                }
                int before = said.get(said.size() - 2).score();
                directions[Integer.signum(latest.score() - before) + 1]++;
                categories[band(before)][band(latest.score())]++;
            }
            assertThat(told.get("first_time").asInt()).isEqualTo(firstTime).isPositive();
            assertThat(told.get("worse").asInt()).isEqualTo(directions[0]).isPositive();
            assertThat(told.get("same").asInt()).isEqualTo(directions[1]).isPositive();
            assertThat(told.get("improved").asInt()).isEqualTo(directions[2]).isPositive();
            List<String> words = List.of("promoter", "passive", "detractor");
            for (int was = 0; was < 3; was++) {
                for (int is = 0; is < 3; is++) {
                    assertThat(told.at("/categories/" + words.get(was) + "/" + words.get(is))
                                    .asInt())
                            .isEqualTo(categories[was][is]);
                }
            }
            int again = directions[0] + directions[1] + directions[2];
            assertThat(told.get("people").asInt()).isEqualTo(firstTime + again);
            assertThat(told.at("/before/responses").asInt()).isEqualTo(again);
            assertThat(told.get("points").asDouble())
                    .isCloseTo(nps(told.get("after")) - nps(told.get("before")), within(0.0501));
        }
    }

    private static int band(int score) {
        return score > 8 ? 0 : score > 6 ? 1 : 2;
    }

    @Test
    void whatCannotBeAskedIsRefusedWithWhatCan() {
        Rest.Reply reply = api.get("/api/v1/nps?by=shoe_size&include_churned=perhaps&window=someday");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .contains("csm, department, plan, region, renewal, role, role_class, segment, source, survey")
                .contains("true or false")
                .contains("is not a window");
    }

    static JsonNode nps(String query) {
        return get("/api/v1/nps?" + query);
    }

    private static JsonNode get(String path) {
        Rest.Reply reply = api.get(path);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static String bucket(LocalDate date, LocalDate today) {
        return date.isBefore(today)
                ? "past due"
                : !date.isAfter(today.plusDays(90))
                        ? "0-90 days"
                        : !date.isAfter(today.plusDays(120)) ? "91-120 days" : "more than 120 days";
    }

    private static ByHand of(List<PlainCount.Row> rows, java.util.function.Predicate<PlainCount.Row> which) {
        int[] bands = new int[3];
        rows.stream().filter(which).forEach(row -> bands[row.score() > 8 ? 0 : row.score() > 6 ? 1 : 2]++);
        return new ByHand(bands[0], bands[1], bands[2]);
    }

    private static void check(JsonNode told, ByHand byHand) {
        assertThat(told.get("promoters").asInt()).isEqualTo(byHand.promoters());
        assertThat(told.get("passives").asInt()).isEqualTo(byHand.passives());
        assertThat(told.get("detractors").asInt()).isEqualTo(byHand.detractors());
        assertThat(told.get("responses").asInt()).isEqualTo(byHand.n());
        if (byHand.n() > 0) {
            assertThat(told.get("nps").decimalValue()).isEqualByComparingTo(byHand.nps());
            assertThat(told.at("/interval/low").asDouble()).isCloseTo(byHand.interval()[0], within(0.0501));
            assertThat(told.at("/interval/high").asDouble()).isCloseTo(byHand.interval()[1], within(0.0501));
        } else {
            assertThat(told.get("nps").isNull()).isTrue();
        }
    }

    private static int sum(JsonNode rows, String field) {
        int sum = 0;
        for (JsonNode row : rows) {
            sum += row.get(field).asInt();
        }
        return sum;
    }
}
