package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When contacts were asked, over the whole line: fields that are new to a CRM cost nothing, and a send to everybody is held by nothing. */
class AskedLastTest {
    private static final String FIELDS = "{last_surveyed_at: null, do_not_survey_until: null, excluded_reason: null}";
    private static final String SENDS = """
            respondents: {map: {last_surveyed_at: null}}
            file:
              map: {id: id, email: email, score: score, answered_at: answered_at}
              time_formats: [iso]
              sends: {id: id, email: email, sent_at: sent_at, status: status}
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void emptyFieldsAreNotWrittenAndASendToEverybodyIs(@TempDir Path home) throws IOException {
        Company company = Company.of(31, 15, 60, 90, Instant.now().minusSeconds(600));
        try (var wootric = WootricSimulator.start(
                        company, WootricSimulator.Options.standard().callsPerMinute(0));
                var salesforce = SalesforceSimulator.start(company)) {
            House house = new House(home, wootric.baseUrl(), salesforce.baseUrl())
                    .overlay("tools/wootric.yaml", SENDS)
                    .overlay("crms/salesforce.yaml", "push: {contact: {fields: " + FIELDS + "}}\n");
            Path connections = home.resolve("config/connections.yaml");
            Files.writeString(
                    connections,
                    Files.readString(connections).replace("{percent: 20, at_least: 100}", "{percent: 1, at_least: 1}"));
            settled(house).close();
            Map<String, Object> told = field(salesforce, "NPS_Last_Synced__c");
            assertThat(told).isNotEmpty();

            Files.delete(home.resolve("config/overlays/crms/salesforce.yaml"));
            try (Daemon daemon = settled(house)) {
                assertThat(daemon.targets().counts("salesforce")).doesNotContainKey("contact/held");
                assertThat(field(salesforce, "NPS_Last_Synced__c"))
                        .as("nothing to say")
                        .isEqualTo(told);

                Instant asked = Instant.parse("2026-11-20T08:00:00Z");
                StringBuilder sends = new StringBuilder("id,email,sent_at,status\n");
                for (int i = 0; i < company.contactCount(); i++) {
                    sends.append("s")
                            .append(i)
                            .append(',')
                            .append(company.contact(i).email());
                    sends.append(',').append(asked).append(",delivered\n");
                }
                Path file = home.resolve("data/in/wootric/sends.csv");
                Files.createDirectories(file.getParent());
                Files.writeString(file, sends);
                await().atMost(PATIENCE).until(() -> !Files.exists(file));
                await().pollDelay(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> House.settled(daemon));

                assertThat(daemon.targets().counts("salesforce")).doesNotContainKey("contact/held");
                Map<String, Object> dates = field(salesforce, "NPS_Last_Surveyed__c");
                assertThat(dates.values()).containsOnly("2026-11-20T08:00:00.000+0000");
                assertThat(dates.keySet()).containsAll(told.keySet()).hasSizeGreaterThan(told.size());
            }
        }
    }

    private static Map<String, Object> field(SalesforceSimulator salesforce, String name) {
        Map<String, Object> values = new HashMap<>();
        salesforce.records("Contact").forEach(contact -> {
            if (contact.get(name) != null) {
                values.put((String) contact.get("Id"), contact.get(name));
            }
        });
        return values;
    }

    private static Daemon settled(House house) {
        Daemon daemon = house.daemon(Clock.systemUTC());
        daemon.start();
        await().pollDelay(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> House.settled(daemon));
        return daemon;
    }
}
