package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.simulator.Company;
import bellwether.simulator.Fault;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import bellwether.store.DeadLetters;
import bellwether.store.Pauses;
import bellwether.store.Runs;
import bellwether.store.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at a tool or a CRM is said, waited for or set aside, and the rest works on. */
class TroubleTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path home;

    private WootricSimulator wootric;
    private SalesforceSimulator salesforce;
    private House house;

    @BeforeEach
    void start() throws Exception {
        Company company =
                Company.of(11, 12, 90, 400, Instant.now().minusSeconds(600)).withFlaws();
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(0));
        salesforce = SalesforceSimulator.start(company);
        house = new House(home, wootric.baseUrl(), salesforce.baseUrl());
        Path properties = home.resolve("config/application.properties");
        Files.writeString(
                properties, Files.readString(properties).replace("call.first-wait = 1000", "call.first-wait = 10"));
    }

    @AfterEach
    void stop() {
        wootric.close();
        salesforce.close();
    }

    @Test
    void whatPassesByItselfIsRepeatedAndNothingIsDoubled() {
        wootric.fail(Fault.status("/v1/end_users", 503));
        wootric.fail(Fault.html("/v1/responses"));
        wootric.fail(Fault.truncated("/v1/responses").after(2));
        wootric.fail(Fault.drop("/v1/responses").after(3));
        wootric.fail(Fault.status("/v1/responses", 401).after(4));
        salesforce.fail(Fault.html("/services/data/v66.0/query"));
        salesforce.fail(Fault.status("/services/data/v66.0/composite/sobjects", 401));
        salesforce.fail(Fault.drop("/services/data/v66.0/composite/sobjects/NPS_Response__c")
                .committed());
        salesforce.fail(Fault.empty("/services/data/v66.0/composite/sobjects/NPS_Response__c")
                .after(1)
                .committed());
        try (Daemon daemon = house.daemon(CLOCK)) {
            daemon.start();
            await().atMost(PATIENCE).until(() -> House.settled(daemon));
            long records = daemon.targets().size("salesforce", "response", Targets.Only.ALL);
            assertThat(records).isGreaterThan(200);
            assertThat(salesforce.records("NPS_Response__c")).hasSize((int) records);
            assertThat(salesforce.creations("NPS_Response__c")).hasSize((int) records);
            assertThat(salesforce.creations("NPS_Response__c").values()).containsOnly(1);
            assertThat(salesforce.created()).containsOnlyKeys("NPS_Response__c", "NPS_Signal__c");
        }
    }

    @Test
    void aBrokenRecordIsSetAsideWithItsReasonAndItsNeighboursLive() {
        try (Daemon daemon = house.daemon(CLOCK)) {
            daemon.start();
            await().atMost(PATIENCE).until(() -> House.settled(daemon));
            Runs.Run run = daemon.runs().last("wootric").orElseThrow();
            assertThat(run.status()).isEqualTo("partial");
            assertThat(new DeadLetters(daemon.store(), CLOCK).list("open", null, 50))
                    .extracting(DeadLetters.Kept::code)
                    .contains(
                            "SCORE_OUT_OF_RANGE",
                            "SCORE_NOT_INTEGER",
                            "SCORE_NOT_INTEGER",
                            "SCORE_NOT_INTEGER",
                            "DATE_IN_FUTURE")
                    .hasSizeBetween(6, 8);
            assertThat(daemon.targets().size("salesforce", "response", Targets.Only.ALL))
                    .isGreaterThan(200);
        }
    }

    @Test
    void wrongCredentialsPauseOneConnectionAndNameTheSetting() {
        house.with("WOOTRIC_CLIENT_SECRET", "wrong-secret-canary");
        try (Daemon daemon = house.daemon(CLOCK)) {
            daemon.start();
            await().atMost(PATIENCE)
                    .until(() -> daemon.pauses().of("wootric").isPresent()
                            && daemon.ledger().people().isComplete());
            Pauses.Pause pause = daemon.pauses().of("wootric").orElseThrow();
            assertThat(pause.reason()).contains("client_secret").doesNotContain("canary");
            assertThat(daemon.pauses().of("salesforce")).isEmpty();
        }
    }

    @Test
    void anUnreachableCrmStopsNeitherTheStartNorTheTool() {
        house.with("SALESFORCE_LOGIN_URL", "http://127.0.0.1:9");
        try (Daemon daemon = house.daemon(CLOCK)) {
            daemon.start();
            await().atMost(PATIENCE)
                    .until(() -> daemon.positions().backfilling().isEmpty()
                            && daemon.runs()
                                    .last("wootric")
                                    .map(r -> r.added() > 200)
                                    .orElse(false)
                            && daemon.runs()
                                    .last("salesforce")
                                    .map(r -> r.endedAt() != null)
                                    .orElse(false));
            Runs.Run people = daemon.runs().last("salesforce").orElseThrow();
            assertThat(people.status()).isEqualTo("waiting");
            assertThat(people.fault()).contains("127.0.0.1");
        }
    }

    @Test
    void aMissingFieldIsLeftOutAndReportedAndARefusedRowCanBeReplayed() {
        List<String> gone = List.of(
                "NPS_Change__c", "NPS_Last_Surveyed__c", "NPS_Do_Not_Survey_Until__c", "NPS_Excluded_Reason__c");
        gone.forEach(field -> salesforce.removeField("Contact", field));
        salesforce.removeField("NPS_Response__c", "Comment__c");
        salesforce.addField("NPS_Response__c", "Comment__c", "string", 40);
        try (Daemon daemon = house.daemon(CLOCK)) {
            daemon.start();
            await().atMost(PATIENCE).until(() -> House.settled(daemon));
            assertThat(daemon.schemas().get("salesforce").complaints())
                    .singleElement()
                    .asString()
                    .contains("Contact")
                    .contains(gone);
            assertThat(salesforce.records("Contact")).anyMatch(c -> c.get("NPS_Score__c") != null);
            var letters = new DeadLetters(daemon.store(), CLOCK);
            long refused = daemon.targets().counts("salesforce").get("response/rejected");
            assertThat(refused).isPositive();
            assertThat(daemon.targets().counts("salesforce").get("response/acknowledged"))
                    .isPositive();
            assertThat(letters.list("open", null, 200)).anyMatch(l -> l.code().equals("STRING_TOO_LONG"));

            salesforce.removeField("NPS_Response__c", "Comment__c");
            salesforce.addField("NPS_Response__c", "Comment__c", "string", 32768);
            assertThat(letters.replayPushes("salesforce", "STRING_TOO_LONG", null))
                    .isEqualTo((int) refused);
            await().atMost(PATIENCE)
                    .until(() -> !daemon.targets().counts("salesforce").containsKey("response/rejected")
                            && House.settled(daemon));
            assertThat(letters.list("open", null, 200)).noneMatch(l -> l.code().equals("STRING_TOO_LONG"));
        }
    }

    @Test
    void aUsedUpQuotaIsWaitedForAndTheToolIsReadOn() {
        salesforce.callsPerDay(6);
        try (Daemon daemon = house.daemon(CLOCK)) {
            daemon.start();
            await().atMost(PATIENCE)
                    .until(() -> daemon.positions().backfilling().isEmpty()
                            && daemon.pushers().get("salesforce").fault() != null);
            assertThat(daemon.pushers().get("salesforce").fault().code()).contains("QUOTA");
            assertThat(daemon.pauses().of("salesforce")).isEmpty();
        }
    }

    @Test
    void aFullDiskIsSaidAndTheRunIsRepeated() {
        house.with("BELLWETHER_STORE_URL", "jdbc:sqlite:" + home.resolve("full.db") + "?max_page_count=150");
        try (Daemon daemon = house.daemon(CLOCK)) {
            daemon.start();
            await().atMost(PATIENCE)
                    .until(() -> List.of("wootric", "salesforce").stream().anyMatch(c -> daemon.runs()
                            .last(c)
                            .map(r -> "STORE_FULL".equals(r.faultCode()))
                            .orElse(false)));
            Rest api = new Rest(daemon);
            await().atMost(PATIENCE).untilAsserted(() -> {
                var connections = api.get("/api/v1/connections").json();
                assertThat(connections.findValuesAsText("advice"))
                        .contains("When that is settled, it goes on by itself.");
                assertThat(connections.findValues("attention").toString()).contains("Free some space");
            });
        }
    }
}
