package bellwether;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.command.Bellwether;
import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import bellwether.simulator.Company;
import bellwether.simulator.Fault;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import bellwether.store.WaitingRoom;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What changes afterwards, at the tool or in the CRM, over the whole line: the CRM follows, and what was is still told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HistoryTest {
    private static final String RESPONSE = "NPS_Response__c";

    private final ZoneId zone = Noon.zone();
    private final TestClock clock = new TestClock();
    private final Map<Instant, Map<String, String>> told = new LinkedHashMap<>();
    private final Map<Instant, JsonNode> ofAll = new LinkedHashMap<>();
    private Company company;
    private WootricSimulator wootric;
    private SalesforceSimulator salesforce;
    private House house;
    private Daemon daemon;
    private Rest api;
    private int late;
    private String mover;
    private List<String> moved;
    private String movedFrom;

    @BeforeAll
    void start(@TempDir Path home) {
        company = Company.of(7, 40, 200, 500, Instant.now().minusSeconds(600));
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(0));
        salesforce = SalesforceSimulator.start(
                company, SalesforceSimulator.Options.standard().clock(clock));
        house = new House(home, wootric.baseUrl(), salesforce.baseUrl()).with("BELLWETHER_ZONE", zone.getId());
        daemon = house.daemon(clock);
        // one response that the tool comes out with later
        late = index(250, r -> matched(r) != null && r.score() != null && r.surveyId() != 77);
        company.delete(late);
        daemon.start();
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> House.settled(daemon));
        api = new Rest(daemon);
        remember();
    }

    @AfterAll
    void stop() {
        daemon.close();
        salesforce.close();
        wootric.close();
    }

    @Test
    @Order(1)
    void whatIsDeletedInTheToolLeavesTheCrmAndComesBackWithIt() {
        String account = smallest();
        JsonNode before = explain(account, "?window=all_time&policy=all_responses");
        List<String> ids = ids(before);
        assertThat(before.get("responses").asInt()).isPositive();
        assertThat(ids).hasSizeLessThan(10);
        Map<String, Object> contact = contactOf(ids.get(0));
        Instant then = clock.instant();
        clock.advance(Duration.ofMinutes(1));

        salesforce.edit("Contact", (String) contact.get("Id"), Map.of("NPS_Comment__c", "Called her, all is well"));
        ids.forEach(id -> company.delete(indexOf(id)));
        readAll();
        assertThat(explain(account, "?window=all_time&policy=all_responses").get("counted"))
                .isEqualTo(before.get("counted"));
        readAll();

        Map<String, Object> held = salesforce.record("Account", account);
        assertThat(held.get("NPS__c")).isNull();
        assertThat(held.get("NPS_Responses__c")).isEqualTo(BigDecimal.ZERO);
        assertThat(held.get("NPS_Health__c")).isEqualTo("Unknown");
        assertThat(salesforce.record("Contact", (String) contact.get("Id")))
                .doesNotContainKeys("NPS_Score__c", "NPS_Date__c", "NPS_Category__c", "NPS_Responses__c")
                .as("what a person wrote there is theirs")
                .containsEntry("NPS_Comment__c", "Called her, all is well");
        assertThat(record(ids.get(0)).get("Counted__c")).isEqualTo(false);
        JsonNode now = explain(account, "?window=all_time&policy=all_responses");
        assertThat(now.get("counted")).isEmpty();
        now.get("excluded").forEach(e -> assertThat(e.get("reason").asText()).isEqualTo("deleted_in_tool"));
        JsonNode known = explain(account, "?window=all_time&policy=all_responses&known_at=" + then);
        assertThat(known.get("counted")).isEqualTo(before.get("counted"));
        assertThat(known.get("nps")).isEqualTo(before.get("nps"));
        remember();

        ids.forEach(id -> company.restore(indexOf(id)));
        readAll();
        assertThat(explain(account, "?window=all_time&policy=all_responses").get("counted"))
                .isEqualTo(before.get("counted"));
        assertThat(salesforce.record("Contact", (String) contact.get("Id"))).containsKey("NPS_Score__c");
        remember();
    }

    @Test
    @Order(2)
    void aToolThatAnswersAnEmptyListForAnHourChangesNoNumber() {
        Map<String, Object> before = held();
        wootric.fail(Fault.status("/v1/responses", 200).saying("[]").times(-1));
        for (int minutes = 0; minutes <= 60; minutes += 20) {
            clock.advance(Duration.ofMinutes(20));
            House.sync(daemon);
        }
        readAll();
        readAll();
        assertThat(held()).isEqualTo(before);
        JsonNode tool = api.get("/api/v1/connections/wootric").json();
        assertThat(tool.at("/vanished/responses").asInt()).isGreaterThan(300);
        assertThat(tool.get("attention").toString()).contains("/api/v1/connections/wootric/approve");

        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        assertThat(new Bellwether(house.environment::get, clock)
                        .run(writer, writer, "check", "wootric", "--home", house.home.toString()))
                .isEqualTo(Exit.PARTIAL.code());
        assertThat(out.toString()).contains("were twice not in what it answers", "/connections/wootric/approve");

        wootric.clearFaults();
        readAll();
        assertThat(held()).isEqualTo(before);
        assertThat(api.get("/api/v1/connections/wootric").json().get("vanished").isNull())
                .isTrue();
        remember();
    }

    @Test
    @Order(3)
    void anEditedScoreAndALateCommentAreOneUpdateEach() {
        int index = index(300, r -> matched(r) != null && r.text() == null && latest(r));
        Company.Response old = company.response(index);
        company.put(index, with(old, old.score(), "It came later."));
        Map<String, Long> updated = salesforce.updated();
        readAll();
        Map<String, Long> now = salesforce.updated();
        assertThat(record("wootric:" + old.id()).get("Comment__c")).isEqualTo("It came later.");
        assertThat(now.get("Contact") - updated.get("Contact")).isEqualTo(1);
        assertThat(now.get(RESPONSE) - updated.getOrDefault(RESPONSE, 0L)).isEqualTo(1);
        assertThat(now.get("Account")).isEqualTo(updated.get("Account"));

        String account = (String) record("wootric:" + old.id()).get("Account__c");
        int score = old.score() > 6 ? 0 : 10;
        company.put(index, with(company.response(index), score, "It came later."));
        remember();
        readAll();
        assertThat(record("wootric:" + old.id()).get("Score__c")).isEqualTo(BigDecimal.valueOf(score));
        checked(account);
        remember();
    }

    @Test
    @Order(4)
    void anAnswerThatTheToolComesOutWithLaterHasItsOwnDate() {
        Company.Response response = company.response(late);
        assertThat(record("wootric:" + response.id())).isEmpty();
        company.restore(late);
        clock.advance(Duration.ofMinutes(1));
        readAll();
        Map<String, Object> record = record("wootric:" + response.id());
        assertThat((String) record.get("Answered_At__c"))
                .startsWith(response.created().toString().substring(0, 19));
        checked((String) record.get("Account__c"));
        remember();
    }

    @Test
    @Order(5)
    void whoWasUnknownIsFoundWhenTheContactAppears() {
        var guest =
                new WaitingRoom(daemon.store()).page("UNKNOWN_EMAIL", null, 1).get(0);
        String account = smallest();
        int before = explain(account, "?window=all_time&policy=all_responses")
                        .get("excluded")
                        .size()
                + explain(account, "?window=all_time&policy=all_responses")
                        .get("counted")
                        .size();
        String contact =
                salesforce.add("Contact", Map.of("LastName", "Newcomer", "Email", guest.email(), "AccountId", account));
        House.sync(daemon);
        assertThat(ids(explain(account, "?window=all_time&policy=all_responses")))
                .hasSize(before + (int) guest.responses());
        assertThat(salesforce.records(RESPONSE).stream().filter(r -> contact.equals(r.get("Contact__c"))))
                .hasSize((int) guest.responses());
        checked(account);
        remember();
    }

    @Test
    @Order(6)
    void aContactThatMovesIsMergedOrDeletedTakesItsAnswersAlong() {
        List<Map<String, Object>> people = salesforce.records("Contact").stream()
                .filter(c -> c.get("NPS_Score__c") != null && c.get("AccountId") != null)
                .limit(3)
                .toList();
        movedFrom = (String) people.get(0).get("AccountId");
        String to = salesforce.records("Account").stream()
                .map(a -> (String) a.get("Id"))
                .filter(id -> people.stream().noneMatch(c -> id.equals(c.get("AccountId"))))
                .findFirst()
                .orElseThrow();
        mover = (String) people.get(0).get("Id");
        moved = of(mover).stream().map(r -> (String) r.get("Response_Id__c")).toList();
        salesforce.edit("Contact", mover, Map.of("AccountId", to));
        House.sync(daemon);
        assertThat(of(mover)).isNotEmpty().allSatisfy(r -> assertThat(r.get("Account__c"))
                .isEqualTo(to));
        checked(movedFrom);
        checked(to);
        remember();

        String loser = (String) people.get(1).get("Id");
        int answers = of(loser).size() + of(mover).size();
        String left = (String) people.get(1).get("AccountId");
        salesforce.merge("Contact", loser, mover);
        House.sync(daemon);
        assertThat(of(loser)).isEmpty();
        assertThat(of(mover)).hasSize(answers);
        checked(left);
        checked(to);
        remember();

        String gone = (String) people.get(2).get("Id");
        List<Object> orphans =
                of(gone).stream().map(r -> r.get("Response_Id__c")).toList();
        String account = (String) people.get(2).get("AccountId");
        salesforce.delete("Contact", gone);
        House.sync(daemon);
        assertThat(orphans).isNotEmpty().allSatisfy(id -> assertThat(record((String) id))
                .doesNotContainKey("Contact__c"));
        checked(account);
        assertThat(api.get("/api/v1/dead-letters").json().get("items")).isEmpty();
        remember();
    }

    /** What the CRM shows of every account is what its explanation adds up to, and every earlier state can still be told. */
    @Test
    @Order(7)
    void everythingToldBeforeIsToldAgain() {
        for (JsonNode account : api.all("/api/v1/accounts")) {
            if (!account.get("refreshed_at").isNull()) {
                checked(remote(account));
            }
        }
        assertThat(told.size()).isGreaterThan(8);
        told.forEach(
                (at, accounts) -> accounts.forEach((id, figures) -> assertThat(figures(explain(id, "?known_at=" + at)))
                        .as(id + " at " + at)
                        .isEqualTo(figures)));
        ofAll.forEach((at, figures) ->
                assertThat(company("&known_at=" + at)).as("company at " + at).isEqualTo(figures));
        assertThat(new HashSet<>(ofAll.values())).hasSizeGreaterThan(2);
    }

    @Test
    @Order(8)
    void theCompanysDayIsToldByItsEndAndWhatIsNotKeptIsSaid() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        assertThat(company("&as_of=" + today)).isEqualTo(company(""));
        JsonNode past = api.get("/api/v1/nps?as_of=" + today.minusDays(30)).json();
        assertThat(past.get("today").asText()).isEqualTo(today.minusDays(30).toString());
        assertThat(Instant.parse(past.get("known_at").asText())).isBeforeOrEqualTo(clock.instant());
        assertThat(past.get("not_kept")).hasSize(1);
        assertThat(past.at("/not_kept/0").asText())
                .startsWith("Whether accounts have left or are deleted in the CRM is kept since ");
        JsonNode before = api.get("/api/v1/nps?window=all_time&known_at=" + today.minusDays(30))
                .json();
        assertThat(before.at("/plain/responses").asInt())
                .as("nothing had been read by then")
                .isZero();
        assertThat(before.at("/coverage/accounts").asInt()).isZero();
        assertThat(before.at("/plain/nps").isNull()).isTrue();
        for (String bad : List.of("as_of=2099-01-01", "as_of=x", "known_at=2099-01-01T00:00:00Z", "known_at=1")) {
            assertThat(api.get("/api/v1/nps?" + bad).json().get("errors"))
                    .as(bad)
                    .isEqualTo(api.get("/api/v1/accounts/" + smallest() + "/nps/explain?" + bad)
                            .json()
                            .get("errors"))
                    .hasSize(1);
        }
    }

    @Test
    @Order(8)
    void aDayIsToldByItsEnd() {
        String account = smallest();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        JsonNode now = explain(account, "?window=all_time&policy=all_responses");
        assertThat(figures(explain(account, "?as_of=" + today))).isEqualTo(figures(explain(account, "")));
        Instant middle = Instant.parse(now.at("/counted/0/answered_at").asText());
        LocalDate day = LocalDate.ofInstant(middle, zone).minusDays(1);
        JsonNode past = explain(account, "?window=all_time&policy=all_responses&as_of=" + day);
        assertThat(past.get("as_of").asText()).isEqualTo(day.toString());
        assertThat(past.get("counted")).isEmpty();
        assertThat(past.get("excluded").findValuesAsText("reason")).contains("after_as_of");
        assertThat(past.at("/health/state").asText()).isEqualTo("unknown");
        JsonNode figuresOnly =
                api.get("/api/v1/accounts/" + account + "/nps?as_of=" + today).json();
        assertThat(figuresOnly.get("nps")).isEqualTo(explain(account, "").get("nps"));
        assertThat(figuresOnly.has("counted")).isFalse();
        for (String bad : List.of("as_of=2099-01-01", "as_of=x", "known_at=2099-01-01T00:00:00Z", "known_at=1")) {
            assertThat(api.get("/api/v1/accounts/" + account + "/nps/explain?" + bad)
                            .status())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    @Order(9)
    void byTheAnswerWhatWasGivenBeforeAMoveGoesBackToWhereItWasGiven() throws IOException {
        String there = (String) salesforce.record("Contact", mover).get("AccountId");
        Object score = salesforce.record("Contact", mover).get("NPS_Score__c");
        Path rules = house.home.resolve("config/health.yaml");
        Files.writeString(rules, Files.readString(rules).replace("attribute_by: now", "attribute_by: answer"));
        daemon.close();
        daemon = house.daemon(clock);
        daemon.start();
        api = new Rest(daemon);
        House.sync(daemon);
        assertThat(moved).isNotEmpty().allSatisfy(id -> assertThat(record(id).get("Account__c"))
                .isEqualTo(movedFrom));
        assertThat(movedFrom).isNotEqualTo(there);
        checked(movedFrom);
        checked(there);
        assertThat(salesforce.record("Contact", mover).get("NPS_Score__c")).isEqualTo(score);
        assertThat(explain(there, "?known_at=" + clock.instant().minusMillis(1)).get("nps"))
                .isEqualTo(explain(there, "").get("nps"));
    }

    /** The explanation adds up, and the CRM shows that. */
    private void checked(String account) {
        JsonNode explained = explain(account, "");
        ByHand.of(explained).check(explained);
        ByHand.of(explained).checkHeld(salesforce.record("Account", account));
    }

    private void remember() {
        clock.advance(Duration.ofMillis(5));
        Map<String, String> figures = new TreeMap<>();
        for (JsonNode account : api.all("/api/v1/accounts")) {
            if (!account.get("refreshed_at").isNull()) {
                figures.put(remote(account), figures(explain(remote(account), "")));
            }
        }
        told.put(clock.instant(), figures);
        ofAll.put(clock.instant(), company(""));
        clock.advance(Duration.ofMillis(5));
    }

    /** What figures the company has, whatever moment they are asked for. */
    private JsonNode company(String query) {
        JsonNode told = api.get("/api/v1/nps?by=role&window=all_time" + query).json();
        assertThat(told.get("not_kept")).isEmpty();
        ((ObjectNode) told).remove("known_at");
        return told;
    }

    private static String figures(JsonNode explained) {
        List<String> counted = new ArrayList<>();
        explained.get("counted").forEach(c -> counted.add(c.toString()));
        counted.sort(Comparator.naturalOrder());
        return explained.get("nps") + " " + explained.get("interval") + " "
                + explained.get("window").get("from_local") + " " + explained.get("health") + " " + counted;
    }

    /** A backfill over everything, twice as complete as any page. */
    private void readAll() {
        clock.advance(Duration.ofSeconds(2));
        LocalDate since = LocalDate.ofInstant(clock.instant(), zone).minusMonths(6);
        assertThat(api.post("/api/v1/connections/wootric/backfill?since=" + since)
                        .status())
                .isEqualTo(202);
        House.sync(daemon);
    }

    private JsonNode explain(String account, String query) {
        return api.get("/api/v1/accounts/" + account + "/nps/explain" + query).json();
    }

    private static List<String> ids(JsonNode explained) {
        List<String> ids = new ArrayList<>(explained.get("counted").findValuesAsText("id"));
        ids.addAll(explained.get("excluded").findValuesAsText("id"));
        return ids;
    }

    /** The account with the fewest responses, at least two of them counted. */
    private String smallest() {
        return api.all("/api/v1/accounts?policy=all_responses").stream()
                .filter(a -> a.get("responses").asInt() > 1)
                .min(Comparator.comparing(
                        a -> ids(explain(remote(a), "?window=all_time")).size()))
                .map(HistoryTest::remote)
                .orElseThrow();
    }

    private static String remote(JsonNode account) {
        return account.get("id").asText().replaceFirst(".*:", "");
    }

    private Map<String, Object> record(String id) {
        return salesforce.records(RESPONSE).stream()
                .filter(r -> id.equals(r.get("Response_Id__c")))
                .findFirst()
                .orElse(Map.of());
    }

    private List<Map<String, Object>> of(String contact) {
        return salesforce.records(RESPONSE).stream()
                .filter(r -> contact.equals(r.get("Contact__c")))
                .toList();
    }

    private Map<String, Object> contactOf(String response) {
        return salesforce.record("Contact", (String) record(response).get("Contact__c"));
    }

    /** Everything the CRM shows of us. */
    private Map<String, Object> held() {
        Map<String, Object> held = new TreeMap<>();
        for (String object : List.of("Account", "Contact", RESPONSE)) {
            salesforce.records(object).forEach(r -> held.put(object + r.get("Id"), r));
        }
        return held;
    }

    /** The contact a response belongs to by its e-mail address, if there is exactly one. */
    private String matched(Company.Response response) {
        if (response.endUserId() == null) {
            return null;
        }
        String email = null;
        for (int i = 0; i < company.endUserCount(); i++) {
            if (company.endUser(i).id() == response.endUserId()) {
                email = company.endUser(i).email();
            }
        }
        String found = null;
        for (int i = 0; i < company.contactCount(); i++) {
            if (email != null && email.equalsIgnoreCase(company.contact(i).email())) {
                if (found != null || company.contact(i).accountId() == null) {
                    return null;
                }
                found = company.contact(i).id();
            }
        }
        return found;
    }

    private boolean latest(Company.Response response) {
        Map<String, Object> contact = salesforce.record("Contact", matched(response));
        return contact.get("NPS_Date__c") != null
                && ((String) contact.get("NPS_Date__c"))
                        .startsWith(response.created().toString().substring(0, 19));
    }

    private int index(int from, java.util.function.Predicate<Company.Response> wanted) {
        for (int i = from; i < company.responseCount(); i++) {
            if (wanted.test(company.response(i))) {
                return i;
            }
        }
        throw new IllegalStateException("The company has no such response");
    }

    private int indexOf(String id) {
        return index(0, r -> id.equals("wootric:" + r.id()));
    }

    private Company.Response with(Company.Response old, Integer score, String text) {
        return new Company.Response(
                old.id(),
                old.endUserId(),
                old.surveyId(),
                score,
                text,
                old.created(),
                clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                old.completed(),
                old.excluded(),
                old.tags(),
                old.originUrl(),
                old.ipAddress(),
                old.properties(),
                null);
    }
}
