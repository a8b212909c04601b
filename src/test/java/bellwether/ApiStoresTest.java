package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.source.Position;
import bellwether.store.DeadLetters;
import bellwether.store.Delivery;
import bellwether.store.People;
import bellwether.store.Targets;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over a store written by hand: tool and CRM are paused and out of reach, so that nothing moves but by request. */
class ApiStoresTest {
    private static final String NOWHERE = "http://127.0.0.1:9";
    private static final Instant FEBRUARY = Instant.parse("2026-02-03T10:00:00Z");
    private static final Clock CLOCK = Clock.systemUTC();
    private static final List<String> TABLES = List.of(
            "account",
            "contact",
            "contact_name",
            "contact_email",
            "membership",
            "response",
            "response_version",
            "response_text",
            "respondent",
            "respondent_identity",
            "matching",
            "position",
            "run",
            "pause",
            "dead_letter",
            "absence",
            "reading",
            "seen",
            "rollup",
            "signal",
            "target");

    @TempDir
    static Path home;

    private static Daemon daemon;
    private static Rest api;
    private int responses;

    @BeforeAll
    static void start() {
        daemon = new House(home, NOWHERE, NOWHERE)
                .with("BELLWETHER_ZONE", "America/New_York")
                .daemon(CLOCK);
        daemon.pauses().pause("wootric", "BY_HAND", "The test paused it.");
        daemon.pauses().pause("salesforce", "BY_HAND", "The test paused it.");
        daemon.start();
        api = new Rest(daemon);
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    /** Two accounts and their contacts, nothing else: what an earlier test left is removed behind the daemon's back. */
    @BeforeEach
    void anew() throws SQLException {
        try (var store = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("data/bellwether.db"));
                var statement = store.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            for (String table : TABLES) {
                statement.execute("DELETE FROM " + table);
            }
            statement.execute("DELETE FROM survey WHERE metric IS NULL");
        }
        daemon.pauses().pause("wootric", "BY_HAND", "The test paused it.");
        daemon.pauses().pause("salesforce", "BY_HAND", "The test paused it.");
        daemon.ledger()
                .people()
                .accounts(List.of(account("001A", "Acme", null), account("001B", "Beta", "Asia/Kolkata")), List.of());
        daemon.ledger()
                .people()
                .contacts(
                        List.of(
                                contact("003A", "001A", "ada@acme.test"),
                                contact("003B", "001A", "bo@acme.test"),
                                contact("003C", "001B", "cy@beta.test"),
                                contact("003D", "001A", "shared@acme.test"),
                                contact("003E", "001A", "shared@acme.test"),
                                contact("003F", "001A", "both@acme.test"),
                                contact("003G", "001B", "both@acme.test")),
                        List.of());
        daemon.ledger().people().complete();
    }

    @Test
    void theWorkedExampleOfEighteenElevenThree() {
        List<Response> answers = new ArrayList<>();
        List<Respondent> people = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            people.add(person("p" + i, "p" + i + "@acme.test"));
            daemon.ledger().people().contacts(List.of(contact("003P" + i, "001A", "p" + i + "@acme.test")), List.of());
            answers.add(answer("p" + i, i < 18 ? 9 : i < 29 ? 7 : 3, FEBRUARY.plusSeconds(i)));
        }
        accept(people, answers);
        JsonNode told = api.get("/api/v1/accounts/001A/nps/explain?window=2026-01-01..2026-03-31")
                .json();
        assertThat(told.get("promoters").asInt()).isEqualTo(18);
        assertThat(told.get("passives").asInt()).isEqualTo(11);
        assertThat(told.get("detractors").asInt()).isEqualTo(3);
        assertThat(told.get("nps").asText()).isEqualTo("46.9");
        assertThat(told.get("fraction").toString()).isEqualTo("{\"numerator\":15,\"denominator\":32}");
        assertThat(told.get("interval").toString()).isEqualTo("{\"low\":20.4,\"high\":65.3}");
        assertThat(told.get("sample").asText()).isEqualTo("Sufficient");
        assertThat(told.at("/window/from").asText()).isEqualTo("2026-01-01T05:00:00Z");
        assertThat(told.at("/window/from_local").asText()).startsWith("2026-01-01T00:00:00-05:00");
        assertThat(told.at("/window/to").asText()).isEqualTo("2026-04-01T04:00:00Z");
        assertThat(told.at("/window/zone").asText()).isEqualTo("America/New_York");
        assertThat(told.get("partial_since").isNull()).isTrue();
        ByHand.of(told).check(told);
        daemon.camel().createFluentProducerTemplate().to("seda:refresh").send();
        await().until(() -> daemon.refresh().backlog() == 0);
        JsonNode listed = api.get("/api/v1/accounts/001A").json();
        assertThat(listed.get("responses").asInt()).isZero();
        assertThat(listed.get("nps").isNull()).isTrue();
        assertThat(listed.get("health").asText()).isEqualTo("unknown");
        assertThat(listed.get("reason").asText()).isEqualTo("no answer since 2026-02-03");
    }

    @Test
    void whyAResponseDoesNotCountIsSaid() {
        position(Position.BACKFILL, Instant.parse("2026-02-01T05:00:00Z"), false, null);
        accept(
                List.of(person("a", "ADA@acme.test"), person("s", "shared@acme.test")),
                List.of(
                        answer("a", 3, FEBRUARY),
                        answer("a", 9, FEBRUARY.plusSeconds(7200)),
                        answer("a", 9, FEBRUARY.plusSeconds(7260)),
                        answer("a", null, FEBRUARY.plusSeconds(9000)),
                        Response.of("wootric", null, "x77")
                                .respondent("a")
                                .survey("77")
                                .score(4)
                                .answeredAt(FEBRUARY)
                                .build(),
                        Response.of("wootric", null, "x99")
                                .respondent("a")
                                .survey("99")
                                .score(10)
                                .answeredAt(FEBRUARY)
                                .build(),
                        answer("s", 10, FEBRUARY)));
        JsonNode told = api.get("/api/v1/accounts/salesforce:001A/nps/explain?window=2026-01-01..2026-03-31")
                .json();
        Map<String, String> reasons = new HashMap<>();
        told.get("excluded")
                .forEach(e -> reasons.put(
                        e.get("id").asText(),
                        e.get("reason").asText() + "/" + e.get("because").asText()));
        assertThat(reasons)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "wootric:1", "superseded/wootric:2",
                        "wootric:3", "suspected_duplicate/wootric:2",
                        "wootric:4", "unscored/null",
                        "wootric:x77", "other_metric/null",
                        "wootric:x99", "undeclared_survey/null"));
        assertThat(told.at("/counted/0/person").asText()).isEqualTo("wootric:s");
        assertThat(told.at("/counted/1/person").asText()).isEqualTo("salesforce:003A");
        assertThat(told.get("partial_since").asText()).isEqualTo("2026-02-01");
        assertThat(told.toString()).doesNotContain("@");
        assertThat(api.get("/api/v1/accounts/001B/nps/explain?window=this_month")
                        .json()
                        .at("/window/zone")
                        .asText())
                .isEqualTo("Asia/Kolkata");
        assertThat(api.get("/api/v1/connections/wootric")
                        .json()
                        .get("undeclared_surveys")
                        .toString())
                .contains("\"survey\":\"99\",\"responses\":1");
    }

    @Test
    void whoWaitsAndWhy() {
        accept(
                List.of(
                        person("u", "ünal@nowhere.test"),
                        person("n", null),
                        person("s", "shared@acme.test"),
                        person("b", "both@acme.test"),
                        person("silent", "silent@nowhere.test"),
                        person("a", "ada@acme.test")),
                List.of(
                        answer("u", 9, FEBRUARY),
                        answer("u", 8, FEBRUARY.plusSeconds(9)),
                        answer("n", 9, FEBRUARY),
                        answer("s", 9, FEBRUARY),
                        answer("b", 9, FEBRUARY),
                        answer("a", 9, FEBRUARY)));
        JsonNode room = api.get("/api/v1/waiting").json();
        assertThat(room.get("causes").toString())
                .isEqualTo(
                        "{\"NO_EMAIL\":1,\"ONE_EMAIL_TWO_ACCOUNTS\":1,\"ONE_EMAIL_TWO_CONTACTS\":1,\"UNKNOWN_EMAIL\":1}");
        Map<String, JsonNode> guests = new HashMap<>();
        room.get("items").forEach(g -> guests.put(g.get("respondent").asText(), g));
        assertThat(guests).containsOnlyKeys("wootric:u", "wootric:n", "wootric:s", "wootric:b");
        assertThat(guests.get("wootric:u").get("email").asText()).isEqualTo("ü…@nowhere.test");
        assertThat(guests.get("wootric:u").get("responses").asInt()).isEqualTo(2);
        assertThat(guests.get("wootric:n").get("email").isNull()).isTrue();
        assertThat(guests.get("wootric:s").get("account").asText()).isEqualTo("salesforce:001A");
        assertThat(guests.get("wootric:b").get("account").isNull()).isTrue();
        assertThat(api.all("/api/v1/waiting?limit=1")).hasSize(4);
    }

    @Test
    void aLetterIsReadAgainByTheMappingOfToday() {
        letter("response:501", row(501, "9"), "SCORE_NOT_INTEGER");
        letter("response:502", row(502, "\"nine\""), "SCORE_NOT_INTEGER");
        letter("response:503", null, "DATE_IN_FUTURE");
        letter("respondent:a", "{\"id\": 70, \"email\": \"ada@acme.test\"}", "DATE_UNREADABLE");
        JsonNode one = api.post("/api/v1/dead-letters/1/replay").json();
        assertThat(one.toString())
                .isEqualTo("{\"accepted\":1,\"refused_again\":0,\"pushes_owed\":0,\"without_record\":0}");
        assertThat(api.get("/api/v1/dead-letters/1").json().get("status").asText())
                .isEqualTo("resolved");
        assertThat(api.post("/api/v1/dead-letters/1/replay").json().get("code").asText())
                .isEqualTo("ALREADY_RESOLVED");
        JsonNode rest =
                api.post("/api/v1/dead-letters/replay?connection=wootric").json();
        assertThat(rest.toString())
                .isEqualTo("{\"accepted\":1,\"refused_again\":1,\"pushes_owed\":0,\"without_record\":1}");
        assertThat(api.get("/api/v1/dead-letters/2").json().get("times").asInt())
                .isEqualTo(2);
        assertThat(api.all("/api/v1/dead-letters?limit=1")).hasSize(2);
        assertThat(api.get("/api/v1/connections/wootric")
                        .json()
                        .get("open_dead_letters")
                        .asInt())
                .isEqualTo(2);
        // The person came by replay as well, so the response has its account.
        JsonNode told = api.get("/api/v1/accounts/001A/nps/explain?window=2026-01-01..2026-03-31")
                .json();
        assertThat(told.at("/counted/0/id").asText()).isEqualTo("wootric:501");
    }

    @Test
    void aResyncOwesWhatDiffersAndARejectedPushIsOwedAgain() {
        accept(
                List.of(person("a", "ada@acme.test"), person("b", "bo@acme.test"), person("c", "cy@beta.test")),
                List.of(answer("a", 9, FEBRUARY), answer("b", 3, FEBRUARY), answer("c", 7, FEBRUARY)));
        Duration now = Duration.ZERO;
        List<Targets.Owed> rows =
                daemon.targets().claim("salesforce", "response", Targets.Only.ALL, 10, now, now, "test");
        assertThat(rows).hasSize(3);
        daemon.targets()
                .settle(
                        "salesforce",
                        List.of(
                                new Targets.Outcome.Acknowledged(
                                        rows.get(0), rows.get(0).wanted()),
                                new Targets.Outcome.Acknowledged(rows.get(1), "{\"Score__c\":0}"),
                                new Targets.Outcome.Rejected(rows.get(2), "TOO_LONG", "It is too long.", "Cut it.")));
        assertThat(responseTargets()).isEqualTo(Map.of("acknowledged", 2, "rejected", 1));
        JsonNode letter = api.get("/api/v1/dead-letters").json().at("/items/0");
        assertThat(letter.get("step").asText()).isEqualTo("push");
        assertThat(api.post("/api/v1/dead-letters/replay?code=OTHER")
                        .json()
                        .get("pushes_owed")
                        .asInt())
                .isZero();
        assertThat(api.post("/api/v1/dead-letters/" + letter.get("id").asText() + "/replay")
                        .json()
                        .get("pushes_owed")
                        .asInt())
                .isEqualTo(1);
        assertThat(responseTargets()).isEqualTo(Map.of("acknowledged", 2, "owed", 1));
        String run = api.post("/api/v1/connections/salesforce/resync")
                .headers()
                .firstValue("location")
                .orElseThrow();
        await().until(() -> !api.get(run).json().get("ended_at").isNull());
        assertThat(responseTargets()).isEqualTo(Map.of("acknowledged", 1, "owed", 2));
        rows = daemon.targets().claim("salesforce", "response", Targets.Only.ALL, 10, now, now, "test");
        daemon.targets()
                .settle(
                        "salesforce",
                        rows.stream()
                                .map(r -> (Targets.Outcome) new Targets.Outcome.Acknowledged(r, r.wanted()))
                                .toList());
        assertThat(api.get("/api/v1/dead-letters/" + letter.get("id").asText())
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("resolved");
    }

    @Test
    void heldRowsWaitForAnApproval() {
        accept(List.of(person("a", "ada@acme.test")), List.of(answer("a", 9, FEBRUARY)));
        Duration now = Duration.ZERO;
        Targets.Owed row = daemon.targets()
                .claim("salesforce", "response", Targets.Only.ALL, 1, now, now, "test")
                .get(0);
        daemon.targets().settle("salesforce", List.of(new Targets.Outcome.Acknowledged(row, "{}")));
        daemon.targets().oweDifferences("salesforce");
        daemon.targets().hold("salesforce", "response", Targets.Only.ALL);
        JsonNode crm = api.get("/api/v1/connections/salesforce").json();
        assertThat(crm.get("held_rows").asInt()).isEqualTo(1);
        assertThat(crm.get("attention").toString()).contains("/approve");
        assertThat(api.post("/api/v1/connections/salesforce/approve")
                        .json()
                        .get("rows")
                        .asInt())
                .isEqualTo(1);
        assertThat(responseTargets()).isEqualTo(Map.of("owed", 1));
    }

    @Test
    void whatAToolShowsNoMoreIsRemovedWhenAPersonSaysSo() {
        accept(
                List.of(person("a", "ada@acme.test")),
                List.of(answer("a", 9, FEBRUARY), answer("a", 3, FEBRUARY.plusSeconds(7200))));
        for (int i = 0; i < 3; i++) {
            var nothing = new Delivery.Reading("", "rescan:all", FEBRUARY, Instant.now(), true);
            daemon.ledger()
                    .inbox()
                    .accept(new Delivery(
                            "wootric",
                            Delivery.NO_RUN,
                            "wootric",
                            false,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(nothing)));
        }
        assertThat(tool().at("/vanished/responses").asInt()).isEqualTo(2);
        assertThat(tool().at("/vanished/first").asText()).isEqualTo(FEBRUARY.toString());
        assertThat(tool().get("attention").toString()).contains("/api/v1/connections/wootric/approve");
        String explain = "/api/v1/accounts/001A/nps/explain?window=all_time";
        assertThat(api.get(explain).json().get("counted")).hasSize(1);

        assertThat(api.post("/api/v1/connections/wootric/approve")
                        .json()
                        .get("rows")
                        .asInt())
                .isEqualTo(2);
        assertThat(tool().get("vanished").isNull()).isTrue();
        assertThat(api.get(explain).json().get("counted")).isEmpty();
        assertThat(api.get(explain).json().get("excluded").findValuesAsText("reason"))
                .containsOnly("deleted_in_tool");
        assertThat(api.post("/api/v1/connections/wootric/approve")
                        .json()
                        .get("rows")
                        .asInt())
                .isZero();
    }

    @Test
    void theStateOfAConnectionIsToldFromWhatIsStored() {
        assertThat(tool().get("state").asText()).isEqualTo("paused");
        assertThat(tool().at("/fault/reason").asText()).isEqualTo("The test paused it.");
        daemon.pauses().resume("wootric");
        assertThat(tool().get("state").asText()).isEqualTo("ok");
        long run = daemon.runs().begin("wootric", "pull", "command");
        assertThat(tool().get("state").asText()).isEqualTo("running");
        daemon.runs().end("wootric", run, "failed", new Fault.Bug("accept", "UNEXPECTED", "It broke.", "Report it."));
        assertThat(tool().get("state").asText()).isEqualTo("failing");
        assertThat(tool().at("/fault/code").asText()).isEqualTo("UNEXPECTED");
        run = daemon.runs().begin("wootric", "pull", "schedule");
        assertThat(tool().get("state").asText()).isEqualTo("running");
        assertThat(tool().at("/fault/reason").asText()).startsWith("It broke.");
        daemon.runs().end("wootric", run, "ok", null);
        run = daemon.runs().begin("wootric", "pull", "schedule");
        assertThat(tool().get("fault").isNull()).isTrue();
        daemon.runs().end("wootric", run, "failed", new Fault.Bug("accept", "UNEXPECTED", "It broke.", "Report it."));
        Instant later = Instant.now().plusSeconds(3600);
        position(Position.INCREMENTAL, FEBRUARY, true, later);
        assertThat(tool().get("state").asText()).isEqualTo("waiting");
        assertThat(Instant.parse(tool().get("until").asText()).getEpochSecond()).isEqualTo(later.getEpochSecond());
        position(Position.BACKFILL, FEBRUARY, true, null);
        assertThat(tool().get("state").asText()).isEqualTo("backfilling");
        assertThat(tool().at("/positions/0/progress").asDouble()).isEqualTo(0.5);
        assertThat(tool().get("data_since").asText()).isEqualTo(FEBRUARY.toString());
        assertThat(tool().get("lag_seconds").asLong()).isGreaterThan(86_400);
    }

    @Test
    void withoutATokenNoPageOfSomebodyElseIsServed() throws IOException {
        assertThat(api.post("/api/v1/connections/wootric/resume", "Origin", "https://evil.test")
                        .json()
                        .get("code")
                        .asText())
                .isEqualTo("FOREIGN_PAGE");
        assertThat(tool().get("state").asText()).isEqualTo("paused");
        assertThat(api.raw("GET /api/v1/runs HTTP/1.1\r\nHost: evil.test:80\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("FOREIGN_PAGE");
        assertThat(api.raw("GET /api/v1/runs HTTP/1.1\r\nHost: localhost:9\r\nOrigin: http://localhost:9\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    private JsonNode tool() {
        return api.get("/api/v1/connections/wootric").json();
    }

    private Map<String, Integer> responseTargets() {
        Map<String, Integer> byStatus = new HashMap<>();
        api.get("/api/v1/connections/salesforce")
                .json()
                .at("/targets/response")
                .properties()
                .forEach(e -> byStatus.put(e.getKey(), e.getValue().asInt()));
        return byStatus;
    }

    private void accept(List<Respondent> people, List<Response> answers) {
        deliver(answers, people, List.of(), List.of());
    }

    private void letter(String record, String raw, String code) {
        deliver(
                List.of(),
                List.of(),
                List.of(new DeadLetters.Letter("wootric", "pull", record, code, "It is bad.", "Mend it.", raw, null)),
                List.of());
    }

    /** A scan from an instant on, done or half read. */
    private void position(String scan, Instant from, boolean half, Instant notBefore) {
        Instant to = from.plusSeconds(7200);
        deliver(
                List.of(),
                List.of(),
                List.of(),
                List.of(new Position(
                        "wootric", "", scan, half ? from.plusSeconds(3600) : to, from, to, null, null, notBefore, 0)));
    }

    private void deliver(
            List<Response> answers,
            List<Respondent> people,
            List<DeadLetters.Letter> letters,
            List<Position> positions) {
        daemon.ledger()
                .inbox()
                .accept(new Delivery(
                        "wootric", Delivery.NO_RUN, "wootric", false, answers, people, letters, positions));
    }

    private Response answer(String person, Integer score, Instant at) {
        return Response.of("wootric", null, Integer.toString(++responses))
                .respondent(person)
                .survey("31")
                .score(score)
                .answeredAt(at)
                .build();
    }

    private static String row(int id, String score) {
        return "{\"id\": " + id + ", \"end_user_id\": 70, \"survey_id\": 31, \"score\": " + score
                + ", \"text\": \"Fine.\", \"created_at\": \"2026-02-03 10:00:00 +0000\"}";
    }

    private static Respondent person(String id, String email) {
        return new Respondent("wootric", id, email, null, null, null, null, null, null);
    }

    private static People.Account account(String id, String name, String zone) {
        return new People.Account(id, name, null, null, zone, false, false, FEBRUARY, Map.of());
    }

    private static People.Contact contact(String id, String account, String email) {
        return new People.Contact(id, account, null, null, List.of(email), false, FEBRUARY, Map.of());
    }
}
