package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over real HTTP, of a Bellwether that has read and pushed a small company with some bad rows. */
class ApiTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path home;

    private static WootricSimulator wootric;
    private static SalesforceSimulator salesforce;
    private static Daemon daemon;
    private static Rest api;

    @BeforeAll
    static void start() {
        Company company =
                Company.of(7, 15, 120, 400, Instant.now().minusSeconds(600)).withFlaws();
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(0));
        salesforce = SalesforceSimulator.start(company);
        daemon = new House(home, wootric.baseUrl(), salesforce.baseUrl()).daemon(Clock.systemUTC());
        daemon.start();
        await().atMost(PATIENCE).until(() -> House.settled(daemon));
        api = new Rest(daemon);
    }

    @AfterAll
    static void stop() {
        daemon.close();
        wootric.close();
        salesforce.close();
    }

    @Test
    void theExplainedNpsIsTheOneInTheCrmToTheLastDigit() {
        List<JsonNode> accounts = api.all("/api/v1/accounts?limit=4");
        assertThat(accounts).hasSize(15);
        int withAnswers = 0;
        for (JsonNode account : accounts) {
            JsonNode told = api.get("/api/v1/accounts/" + account.get("id").asText() + "/nps/explain")
                    .json();
            var byHand = ByHand.of(told);
            byHand.check(told);
            String id = told.at("/account/id").asText().replace("salesforce:", "");
            Map<String, Object> held = salesforce.record("Account", id);
            if (told.get("crms").isEmpty()) {
                assertThat(held.get("NPS_Responses__c")).isNull();
                continue;
            }
            withAnswers++;
            byHand.checkHeld(held);
            assertThat(told.at("/crms/0/acknowledged")).isEqualTo(told.at("/crms/0/wanted"));
            assertThat(told.at("/crms/0/acknowledged/NPS_Responses__c").asInt()).isEqualTo(byHand.n());
            long records = salesforce.records("NPS_Response__c").stream()
                    .filter(r -> id.equals(r.get("Account__c")))
                    .count();
            assertThat(told.get("counted").size() + told.get("excluded").size()).isEqualTo((int) records);
            assertThat(account.get("nps")).isEqualTo(told.get("nps"));
            assertThat(account.get("interval")).isEqualTo(told.get("interval"));
            assertThat(account.get("health")).isEqualTo(told.at("/health/state"));
            assertThat(account.get("reason")).isEqualTo(told.at("/health/reason"));
        }
        assertThat(withAnswers).isGreaterThan(8);
    }

    @Test
    void anyWindowAndBothPoliciesAreExplained() {
        Set<String> reasons = new TreeSet<>();
        for (JsonNode account : api.all("/api/v1/accounts")) {
            String path = "/api/v1/accounts/" + account.get("id").asText() + "/nps/explain";
            for (String window : List.of("this_quarter", "trailing_90_days", "all_time", "2026-01-01..2099-12-31")) {
                JsonNode latest = api.get(path + "?window=" + window).json();
                JsonNode all =
                        api.get(path + "?policy=all_responses&window=" + window).json();
                ByHand.of(latest).check(latest);
                ByHand.of(all).check(all);
                assertThat(all.get("responses").asInt())
                        .isGreaterThanOrEqualTo(latest.get("responses").asInt());
                assertThat(all.at("/window/name").asText()).isEqualTo(window);
                latest.get("excluded").forEach(e -> reasons.add(e.get("reason").asText()));
            }
        }
        assertThat(reasons).contains("superseded", "unscored", "excluded_in_tool", "other_metric", "outside_window");
    }

    @Test
    void anAccountIsFoundByEitherFormOfItsId() {
        String id = api.all("/api/v1/accounts").get(3).get("id").asText();
        assertThat(id).startsWith("salesforce:001").hasSize("salesforce:".length() + 18);
        JsonNode one = api.get("/api/v1/accounts/" + id).json();
        assertThat(api.get("/api/v1/accounts/" + id.substring(11)).json()).isEqualTo(one);
        assertThat(one.get("id").asText()).isEqualTo(id);
        assertThat(api.get("/api/v1/accounts/hubspot:" + id.substring(11)).status())
                .isEqualTo(404);
    }

    @Test
    void accountsArePagedForwardsAndBackwardsInTheOrderOfTheirIds() {
        List<String> ids = ids(api.all("/api/v1/accounts?limit=200"));
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids(api.all("/api/v1/accounts?limit=1"))).isEqualTo(ids);
        JsonNode back = api.get("/api/v1/accounts?limit=3&before=" + ids.get(5)).json();
        assertThat(ids(items(back))).isEqualTo(ids.subList(2, 5));
        assertThat(ids(items(api.get(back.get("next").asText()).json()))).isEqualTo(ids.subList(5, 8));
    }

    @Test
    void aConnectionTellsHowItIs() {
        JsonNode tool = api.get("/api/v1/connections/wootric").json();
        assertThat(tool.get("kind").asText()).isEqualTo("tool");
        assertThat(tool.get("state").asText()).isEqualTo("ok");
        assertThat(tool.at("/positions/0/scan").asText()).isEqualTo("backfill");
        assertThat(tool.at("/positions/0/progress").asDouble()).isEqualTo(1);
        assertThat(tool.get("lag_seconds").asLong()).isBetween(0L, 600L);
        assertThat(Instant.parse(tool.get("data_since").asText())).isBefore(Instant.now());
        assertThat(tool.at("/last_run/id").asText()).startsWith("wootric:");
        assertThat(api.get("/api/v1/runs/wootric:1").json().get("added").asLong())
                .isGreaterThan(200);
        assertThat(tool.get("open_dead_letters").asLong()).isGreaterThan(4);
        assertThat(tool.at("/undeclared_surveys/0/survey").asText()).isEqualTo("99");
        assertThat(tool.at("/undeclared_surveys/0/responses").asLong()).isPositive();
        assertThat(tool.get("push").isNull()).isTrue();

        JsonNode crm = api.get("/api/v1/connections/salesforce").json();
        assertThat(crm.get("kind").asText()).isEqualTo("crm");
        assertThat(crm.get("directory").asBoolean()).isTrue();
        assertThat(crm.get("push").asText()).isEqualTo("on");
        assertThat(crm.at("/targets/response/acknowledged").asInt())
                .isEqualTo(salesforce.records("NPS_Response__c").size());
        assertThat(crm.get("held_rows").asInt()).isZero();
        assertThat(crm.get("missing_fields")).isEmpty();
        assertThat(items(api.get("/api/v1/connections").json())).hasSize(2);
    }

    @Test
    void everyOrderThatTakesTimeIsARunToLookAt() {
        assertThat(ended(api.post("/api/v1/connections/wootric/pull"))
                        .get("cause")
                        .asText())
                .isEqualTo("rest");
        assertThat(ended(api.post("/api/v1/connections/salesforce/people"))
                        .get("job")
                        .asText())
                .isEqualTo("people");
        JsonNode backfill = ended(api.post("/api/v1/connections/wootric/backfill?since=2026-10-01"));
        assertThat(backfill.get("status").asText()).isEqualTo("partial");
        assertThat(backfill.get("progress").asDouble()).isEqualTo(1);
        assertThat(backfill.get("added").asInt()).isZero();
        List<JsonNode> runs = api.all("/api/v1/runs?connection=wootric&limit=1");
        assertThat(runs).hasSizeGreaterThanOrEqualTo(3);
        assertThat(api.get("/api/v1/runs/" + runs.get(0).get("id").asText()).json())
                .isEqualTo(runs.get(0));
    }

    @Test
    void aResyncAsksNoToolAndWritesNothingThatIsThereAlready() {
        Map<String, Long> asked = wootric.calls();
        long written = House.writes(salesforce.calls());
        JsonNode run = ended(api.post("/api/v1/connections/salesforce/resync"));
        assertThat(run.get("job").asText()).isEqualTo("resync");
        assertThat(run.get("status").asText()).isEqualTo("ok");
        await().atMost(PATIENCE).until(() -> House.settled(daemon));
        assertThat(House.writes(salesforce.calls())).isEqualTo(written);
        assertThat(wootric.calls()).isEqualTo(asked);
    }

    @Test
    void aPausedConnectionStandsStillUntilItIsResumed() {
        JsonNode paused = api.post("/api/v1/connections/wootric/pause").json();
        assertThat(paused.get("state").asText()).isEqualTo("paused");
        assertThat(paused.at("/fault/code").asText()).isEqualTo("PAUSED_BY_PERSON");
        assertThat(paused.at("/fault/advice").asText()).contains("/resume");
        Rest.Reply refused = api.post("/api/v1/connections/wootric/pull");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("code").asText()).isEqualTo("CONNECTION_PAUSED");
        long before = daemon.runs().last("wootric").orElseThrow().number();
        assertThat(api.post("/api/v1/connections/wootric/resume")
                        .json()
                        .get("state")
                        .asText())
                .isNotEqualTo("paused");
        await().atMost(PATIENCE)
                .until(() -> daemon.runs().last("wootric").orElseThrow().number() > before);
    }

    @Test
    void theWaitingRoomTellsWhoWaitsForWhatAndNobodysAddress() {
        Rest.Reply first = api.get("/api/v1/waiting?limit=2");
        JsonNode causes = first.json().get("causes");
        assertThat(causes.get("UNKNOWN_EMAIL").asInt()).isPositive();
        List<JsonNode> waiting = api.all("/api/v1/waiting?limit=2");
        long counted = 0;
        for (JsonNode count : causes) {
            counted += count.asLong();
        }
        assertThat(waiting).hasSize((int) counted);
        assertThat(waiting).allSatisfy(w -> {
            assertThat(w.get("respondent").asText()).startsWith("wootric:");
            assertThat(w.get("responses").asInt()).isPositive();
            assertThat(Instant.parse(w.get("since").asText())).isBefore(Instant.now());
            assertThat(w.get("email").isNull() || w.get("email").asText().matches(".…@[^@]+"))
                    .isTrue();
        });
        assertThat(api.all("/api/v1/waiting?cause=UNKNOWN_EMAIL"))
                .hasSize(causes.get("UNKNOWN_EMAIL").asInt())
                .allMatch(w -> w.get("cause").asText().equals("UNKNOWN_EMAIL"));
    }

    @Test
    void deadLettersAreListedByCodeWithTheirRecordOnRequest() {
        JsonNode list = api.get("/api/v1/dead-letters?code=SCORE_OUT_OF_RANGE").json();
        assertThat(list.at("/codes/SCORE_OUT_OF_RANGE").asInt()).isEqualTo(1);
        assertThat(items(list)).hasSize(1);
        assertThat(list.at("/items/0/raw").isNull()).isTrue();
        JsonNode letter = api.get(
                        "/api/v1/dead-letters/" + list.at("/items/0/id").asText())
                .json();
        assertThat(letter.at("/raw/score").asInt()).isEqualTo(11);
        assertThat(letter.get("advice").asText()).isNotBlank();
        assertThat(letter.get("record").asText()).startsWith("response:");
        JsonNode replayed = api.post("/api/v1/dead-letters/" + letter.get("id").asText() + "/replay")
                .json();
        assertThat(replayed.get("refused_again").asInt()).isEqualTo(1);
        assertThat(replayed.get("accepted").asInt()).isZero();
        assertThat(api.get("/api/v1/dead-letters?status=resolved").json().get("items"))
                .isEmpty();
    }

    private static JsonNode ended(Rest.Reply accepted) {
        assertThat(accepted.status()).isEqualTo(202);
        String run = accepted.headers().firstValue("location").orElseThrow();
        assertThat(run).endsWith(accepted.json().get("id").asText());
        await().atMost(PATIENCE)
                .until(() -> !api.get(run).json().get("ended_at").isNull());
        return api.get(run).json();
    }

    private static List<JsonNode> items(JsonNode page) {
        List<JsonNode> items = new ArrayList<>();
        page.get("items").forEach(items::add);
        return items;
    }

    private static List<String> ids(List<JsonNode> items) {
        return items.stream().map(item -> item.get("id").asText()).toList();
    }
}
