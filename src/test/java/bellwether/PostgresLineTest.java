package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import bellwether.store.DeadLetters;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole line over PostgreSQL, by one setting, with a further window in the CRM. */
class PostgresLineTest {
    private static final List<String> WORDS = List.of(
            "Promoters",
            "Passives",
            "Detractors",
            "Responses",
            "Nps",
            "Interval_Low",
            "Interval_High",
            "Sample",
            "Window");

    @TempDir
    Path home;

    @Test
    void aFurtherWindowHasFieldsOfItsOwn() throws IOException {
        Company company = Company.of(5, 10, 80, 300, Instant.now().minusSeconds(600));
        try (var postgres = EmbeddedPostgres.start();
                var wootric = WootricSimulator.start(
                        company, WootricSimulator.Options.standard().callsPerMinute(0));
                var salesforce = SalesforceSimulator.start(company)) {
            for (String word : WORDS) {
                boolean text = word.equals("Sample") || word.equals("Window");
                salesforce.addField(
                        "Account", "NPS_" + word + "_Trailing_90_Days__c", text ? "string" : "double", text ? 80 : 1);
            }
            var house = new House(home, wootric.baseUrl(), salesforce.baseUrl())
                    .with("BELLWETHER_STORE_URL", postgres.getJdbcUrl("postgres", "postgres"))
                    .with("BELLWETHER_STORE_USER", "postgres")
                    .with("BELLWETHER_STORE_PASSWORD", "postgres");
            edit(
                    "config/connections.yaml",
                    "    # windows_in_crm: [this_quarter]",
                    "    windows_in_crm: [trailing_90_days]");
            edit(
                    "config/health.yaml",
                    "windows: [trailing_6_months,",
                    "windows: [trailing_6_months, trailing_90_days,");
            try (Daemon daemon = house.daemon(Clock.systemUTC())) {
                daemon.start();
                await().atMost(Duration.ofSeconds(120)).until(() -> House.settled(daemon));
                assertThat(daemon.schemas().get("salesforce").complaints()).isEmpty();
                assertThat(new DeadLetters(daemon.store(), Clock.systemUTC()).list("open", null, 5))
                        .isEmpty();
                assertThat(daemon.targets().counts("salesforce")).containsKey("account/acknowledged");
                List<Map<String, Object>> told = salesforce.records("Account").stream()
                        .filter(a -> a.get("NPS_Responses__c") != null)
                        .toList();
                assertThat(told).isNotEmpty().allSatisfy(a -> {
                    assertThat(number(a, "NPS_Responses_Trailing_90_Days__c"))
                            .isLessThanOrEqualTo(number(a, "NPS_Responses__c"))
                            .isEqualTo(number(a, "NPS_Promoters_Trailing_90_Days__c")
                                    + number(a, "NPS_Passives_Trailing_90_Days__c")
                                    + number(a, "NPS_Detractors_Trailing_90_Days__c"));
                    assertThat((String) a.get("NPS_Window_Trailing_90_Days__c")).startsWith("trailing 90 days");
                });
                assertThat(told).anyMatch(a -> a.get("NPS_Nps_Trailing_90_Days__c") != null);
            }
        }
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(home.resolve(file));
        int at = text.indexOf(from);
        assertThat(at).as(from).isNotNegative();
        int end = text.indexOf('\n', at);
        String line = text.substring(at, end);
        Files.writeString(
                home.resolve(file), text.replace(line, from.startsWith("windows:") ? line.replace(from, to) : to));
    }

    private static double number(Map<String, Object> record, String field) {
        return ((Number) record.get(field)).doubleValue();
    }
}
