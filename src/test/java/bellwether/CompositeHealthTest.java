package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A health of the NPS and fields of the CRM over the whole line: who has one, by answers or without, and who has none any more. */
class CompositeHealthTest {
    private static final String RULE = """

            composite:
              inputs:
                nps: {weight: 25}
                plan: {weight: 75, values: {gold: 0.9, tin: 0.2}}
            """;

    @Test
    void whoeverTheCrmKnowsSomethingOfHasOneAndLosesItWithTheRule(@TempDir Path home) throws IOException {
        Company company = Company.of(29, 15, 60, 90, Instant.now().minusSeconds(600));
        try (var wootric = WootricSimulator.start(
                        company, WootricSimulator.Options.standard().callsPerMinute(0));
                var salesforce = SalesforceSimulator.start(company)) {
            House house = new House(home, wootric.baseUrl(), salesforce.baseUrl());
            String silent = salesforce.add("Account", Map.of("Name", "Silent", "Plan__c", "Gold"));
            String bare = salesforce.add("Account", Map.of("Name", "Bare"));
            Path rules = home.resolve("config/health.yaml");
            String usual = Files.readString(rules);
            Files.writeString(rules, usual + RULE);
            try (Daemon daemon = settled(house)) {
                Map<String, Object> held = salesforce.record("Account", silent);
                assertThat(held)
                        .containsEntry("NPS_Composite_Health__c", "Good")
                        .containsEntry(
                                "NPS_Composite_Health_Reason__c", "90.0 of 100 from 75 % of the weight; missing: nps")
                        .containsEntry("NPS_Health__c", "Unknown")
                        .containsEntry("NPS_Sample__c", "No responses");
                assertThat(held.get("NPS__c")).isNull();
                assertThat((BigDecimal) held.get("NPS_Health_Score__c")).isEqualByComparingTo("90");
                assertThat((BigDecimal) held.get("NPS_Health_Completeness__c")).isEqualByComparingTo("75");
                assertThat(salesforce.record("Account", bare))
                        .as("nothing is known, nothing is said")
                        .doesNotContainKeys("NPS_Composite_Health__c", "NPS_Responses__c", "NPS_Last_Synced__c");

                var api = new Rest(daemon);
                JsonNode told =
                        api.get("/api/v1/accounts/" + silent + "/nps/explain").json();
                assertThat(told.get("composite").toString())
                        .isEqualTo(
                                "{\"state\":\"good\",\"reason\":\"90.0 of 100 from 75 % of the weight; missing: nps\","
                                        + "\"score\":90.0,\"completeness\":75}");
                assertThat(told.at("/named_health/service/state").asText()).isEqualTo("unknown");
                JsonNode one = api.get("/api/v1/accounts/" + silent).json();
                assertThat(one.get("composite_health").asText()).isEqualTo("good");
                assertThat(one.get("composite_reason").asText()).startsWith("90.0 of 100");

                salesforce.edit("Account", silent, Map.of("Plan__c", "Tin"));
                House.sync(daemon);
                assertThat(salesforce.record("Account", silent)).containsEntry("NPS_Composite_Health__c", "Poor");
                assertThat(salesforce.records("NPS_Signal__c").stream()
                                .filter(signal -> signal.get("Rule__c").equals("composite_health"))
                                .map(signal -> signal.get("Account__c") + " " + signal.get("Value__c")))
                        .containsExactly(silent + " good_to_poor");
            }

            Files.writeString(rules, usual);
            try (Daemon daemon = settled(house)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !salesforce.record("Account", silent).containsKey("NPS_Composite_Health__c"));
                assertThat(salesforce.record("Account", silent))
                        .doesNotContainKeys(
                                "NPS_Composite_Health_Reason__c", "NPS_Health_Score__c", "NPS_Health_Completeness__c");
                assertThat(new Rest(daemon)
                                .get("/api/v1/accounts/" + silent + "/nps/explain")
                                .json()
                                .get("composite")
                                .isNull())
                        .isTrue();
            }
        }
    }

    private static Daemon settled(House house) {
        Daemon daemon = house.daemon(Clock.systemUTC());
        daemon.start();
        await().atMost(Duration.ofSeconds(90)).until(() -> House.settled(daemon));
        return daemon;
    }
}
