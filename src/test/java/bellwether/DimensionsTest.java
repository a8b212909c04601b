package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What figures are grouped by comes from the CRM's fields, those it has. */
class DimensionsTest {
    @TempDir
    private Path home;

    private final Company company = Company.of(23, 15, 90, 300, Instant.now().minusSeconds(600));
    private WootricSimulator wootric;
    private SalesforceSimulator salesforce;

    @BeforeEach
    void start() {
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(0));
        salesforce = SalesforceSimulator.start(company);
    }

    @AfterEach
    void stop() {
        wootric.close();
        salesforce.close();
    }

    @Test
    void aFieldTheCrmDoesNotHaveIsLeftOutAndReportedAndReadOnceItIsThere() {
        salesforce.removeField("Account", "Segment__c");
        salesforce.removeField("Account", "Churned__c");
        salesforce.removeField("Contact", "Department");
        House house = new House(home, wootric.baseUrl(), salesforce.baseUrl());
        try (Daemon daemon = settled(house)) {
            var api = new Rest(daemon);
            assertThat(values(api, "segment")).containsExactly("(none)");
            assertThat(values(api, "department")).containsExactly("(none)");
            assertThat(values(api, "plan")).hasSizeGreaterThan(2);
            assertThat(api.get("/api/v1/connections/salesforce")
                            .json()
                            .get("attention")
                            .toString())
                    .contains("Account has no readable Churned__c, Segment__c")
                    .contains("Contact has no readable Department");
        }
        // No account has changed since, so only reading all of them again finds the field.
        salesforce.addField("Account", "Segment__c", "string", 40);
        salesforce.addField("Contact", "Department", "string", 80);
        try (Daemon daemon = settled(house)) {
            var api = new Rest(daemon);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> values(api, "segment").size() > 2);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> values(api, "department").size() > 2);
            assertThat(api.get("/api/v1/connections/salesforce")
                            .json()
                            .get("attention")
                            .toString())
                    .doesNotContain("Segment__c")
                    .contains("Churned__c");
        }
    }

    @Test
    void aFieldThatDisappearsIsNoticedByTheQueryThatFails() {
        try (Daemon daemon = settled(new House(home, wootric.baseUrl(), salesforce.baseUrl()))) {
            var api = new Rest(daemon);
            salesforce.removeField("Account", "Plan__c");
            Rest.Reply accepted = api.post("/api/v1/connections/salesforce/people");
            String run = accepted.headers().firstValue("location").orElseThrow();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !api.get(run).json().get("ended_at").isNull());
            assertThat(api.get(run).json().get("status").asText()).isEqualTo("ok");
            assertThat(api.get("/api/v1/connections/salesforce")
                            .json()
                            .get("attention")
                            .toString())
                    .contains("Account has no readable Plan__c");
        }
    }

    @Test
    void anOverlayNamesFurtherOnesAndRelatedFields() throws IOException {
        House house = new House(home, wootric.baseUrl(), salesforce.baseUrl());
        Path overlay = home.resolve("config/overlays/crms/salesforce.yaml");
        Files.createDirectories(overlay.getParent());
        Files.writeString(overlay, """
                directory:
                  account:
                    attributes: {csm: Owner.Name, region: null}
                  contact:
                    attributes: {persona: Title}
                """);
        try (Daemon daemon = settled(house)) {
            var api = new Rest(daemon);
            assertThat(values(api, "csm"))
                    .contains("José García")
                    .allMatch(name -> name.contains(" ") || name.equals("(none)"));
            assertThat(values(api, "persona")).contains("End User");
            assertThat(api.get("/api/v1/nps?by=region").status()).isEqualTo(400);
        }
    }

    @Test
    void aValueThatChangesIsCountedAsItIsNow() {
        House house = new House(home, wootric.baseUrl(), salesforce.baseUrl());
        try (Daemon daemon = settled(house)) {
            var api = new Rest(daemon);
            salesforce.records("Account").forEach(account -> {
                salesforce.edit("Account", account.get("Id").toString(), Map.of("Segment__c", "Everybody"));
            });
            api.post("/api/v1/connections/salesforce/people");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> values(api, "segment").contains("Everybody"));
            assertThat(values(api, "segment")).isSubsetOf("Everybody", "(none)");
        }
    }

    private static Daemon settled(House house) {
        Daemon daemon = house.daemon(Clock.systemUTC());
        daemon.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> House.settled(daemon));
        return daemon;
    }

    private static List<String> values(Rest api, String by) {
        List<String> values = new ArrayList<>();
        JsonNode told = api.get("/api/v1/nps?window=all_time&by=" + by).json();
        told.get("groups").forEach(group -> values.add(group.get("value").asText()));
        return values;
    }
}
