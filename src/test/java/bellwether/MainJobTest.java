package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.oracle.Oracle;
import bellwether.oracle.Question;
import bellwether.oracle.Report;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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

/** The whole line over real HTTP: Wootric in, Salesforce out, and what a program of its own says of the outcome. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobTest {
    private static final Duration LONG = Duration.ofSeconds(120);
    private final ZoneId zone = Noon.zone();
    private final TestClock clock = new TestClock();
    private Company company;
    private WootricSimulator wootric;
    private SalesforceSimulator salesforce;
    private Oracle.Before before;
    private House house;
    private Daemon daemon;

    @BeforeAll
    void sixMonthsOfResponses(@TempDir Path home) {
        company = Company.of(7, 40, 400, 1500, Instant.now().minusSeconds(600)).withFlaws();
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(0));
        salesforce = SalesforceSimulator.start(company);
        before = Oracle.Before.of(salesforce.baseUrl());
        house = new House(home, wootric.baseUrl(), salesforce.baseUrl()).with("BELLWETHER_ZONE", zone.getId());
        daemon = house.daemon(clock);
        daemon.start();
        await().atMost(LONG).until(() -> House.settled(daemon));
    }

    @AfterAll
    void close() {
        daemon.close();
        salesforce.close();
        wootric.close();
    }

    @Test
    @Order(1)
    void sixMonthsOfResponsesBecomeAccountHealth() {
        Report report = asked();

        assertThat(report.differences()).as(report.toString()).isEmpty();
        assertThat(report.compared()).containsKeys("tool responses matched", "tool responses ambiguous");
        assertThat(report.compared()).containsKeys("tool responses waiting", "dead letters", "rollups");
        assertThat(report.compared().get("CRM responses")).isGreaterThan(1000);
        assertThat(report.compared().get("CRM signals")).isGreaterThan(20);
        assertThat(report.compared().get("signals that answers are a reason for"))
                .isGreaterThan(10);
    }

    @Test
    @Order(2)
    void aSecondSyncWithNothingNewWritesNothing() {
        Map<String, Long> writes = writes();

        sync();

        assertThat(writes()).isEqualTo(writes);
    }

    @Test
    @Order(3)
    void oneNewResponseIsOneWriteCallPerKindOfObject() {
        Map<String, Long> writes = writes();
        Map<String, Long> updated = salesforce.updated();
        long created = salesforce.created().get("NPS_Response__c");
        long signals = salesforce.created().get("NPS_Signal__c");
        company.grow(Instant.now(), 1, 0, 0);
        clock.advance(Duration.ofMinutes(2));

        sync();

        assertThat(salesforce.created()).containsEntry("NPS_Response__c", created + 1);
        assertThat(salesforce.updated().get("Contact") - updated.get("Contact")).isEqualTo(1);
        assertThat(salesforce.updated().get("Account") - updated.get("Account")).isEqualTo(1);
        Map<String, Long> further = new TreeMap<>(writes());
        writes.forEach((call, times) -> further.merge(call, -times, Long::sum));
        // What an answer is a sign of goes out in one call, if it is a sign of anything.
        Long calls = further.remove("PATCH /composite/sobjects/NPS_Signal__c/Signal_Id__c");
        assertThat(salesforce.created().get("NPS_Signal__c") > signals)
                .isEqualTo(Long.valueOf(1).equals(calls));
        assertThat(further)
                .isEqualTo(Map.of(
                        "PATCH /composite/sobjects/NPS_Response__c/Response_Id__c",
                        1L,
                        // a call with one contact, a call with one account
                        "PATCH /composite/sobjects",
                        2L));
        assertThat(asked().differences()).isEmpty();
    }

    /** Without this nobody would know whether the comparison above can fail. */
    @Test
    @Order(4)
    void whateverIsDamagedIsFound() throws SQLException {
        Map<String, Object> record = salesforce.records("NPS_Response__c").get(5);
        salesforce.delete("NPS_Response__c", (String) record.get("Id"));
        Map<String, Object> other = salesforce.records("NPS_Response__c").get(6);
        salesforce.edit("NPS_Response__c", (String) other.get("Id"), Map.of("Score__c", 3, "Comment__c", "another"));
        salesforce.add("NPS_Response__c", Map.of("Response_Id__c", "wootric:1"));
        Map<String, Object> warning = warnings().get(0);
        salesforce.edit("NPS_Signal__c", (String) warning.get("Id"), Map.of("Kind__c", "Milestone"));
        salesforce.delete("NPS_Signal__c", (String) warnings().get(1).get("Id"));
        salesforce.add("NPS_Signal__c", Map.of("Signal_Id__c", "no such event"));
        Map<String, Object> account = salesforce.records("Account").get(0);
        salesforce.edit("Account", (String) account.get("Id"), Map.of("NPS__c", 12.5, "Name", "Renamed"));
        salesforce.add("Contact", Map.of("LastName", "Stranger", "NPS_Score__c", 9));
        try (var ledger = DriverManager.getConnection(ledger());
                var statement = ledger.createStatement()) {
            statement.executeUpdate("DELETE FROM response WHERE id = 700");
            statement.executeUpdate("UPDATE response SET score = 1 WHERE id = 701");
            statement.executeUpdate(
                    "INSERT INTO response (id, source, parent, remote_id, version, hash, received_at, backfilled, survey, metric,"
                            + " respondent, score, answered_at, updated_at, excluded, deleted, duplicate, contact, account, date_only)"
                            + " SELECT 99999, source, 'x', remote_id, version, hash, received_at, backfilled, survey, metric,"
                            + " respondent, score, answered_at, updated_at, excluded, deleted, duplicate, contact, account, date_only"
                            + " FROM response WHERE id = 702");
        }

        Report report = asked();

        assertThat(String.join("\n", report.differences()))
                .contains(
                        "CRM response " + record.get("Response_Id__c") + " IsDeleted: expected false, found true",
                        "CRM response " + other.get("Response_Id__c") + " Score__c: expected",
                        "CRM response " + other.get("Response_Id__c") + " Comment__c: expected",
                        "CRM response wootric:1 belongs to nobody",
                        "CRM signal " + warning.get("Signal_Id__c") + " Kind__c: expected Warning, found Milestone",
                        "CRM signal no such event is no event",
                        "CRM account " + account.get("Id") + " NPS: expected",
                        account.get("Id") + " Name: expected",
                        "has NPS_Score__c, though nobody answered",
                        "is not in the ledger",
                        "in the ledger score: expected");
        assertThat(report.lost()).isEqualTo(2);
        assertThat(report.doubled()).isEqualTo(1);
    }

    private List<Map<String, Object>> warnings() {
        return salesforce.records("NPS_Signal__c").stream()
                .filter(signal -> "Warning".equals(signal.get("Kind__c")) && signal.get("Response__c") != null)
                .filter(signal -> !signal.get("Rule__c").equals("silence"))
                .toList();
    }

    private Report asked() {
        return Oracle.compare(
                Question.of(
                        wootric.baseUrl(),
                        salesforce.baseUrl(),
                        ledger(),
                        zone,
                        LocalDate.ofInstant(clock.instant(), zone)),
                before);
    }

    private String ledger() {
        return "jdbc:sqlite:" + house.home.resolve("data/bellwether.db");
    }

    private void sync() {
        House.sync(daemon);
    }

    static boolean settled(Daemon daemon) {
        return House.settled(daemon);
    }

    private Map<String, Long> writes() {
        Map<String, Long> writes = new TreeMap<>(salesforce.calls());
        writes.keySet().removeIf(call -> call.startsWith("GET") || call.contains("oauth"));
        return writes;
    }
}
