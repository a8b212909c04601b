package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole line over real HTTP: Wootric in, Salesforce out. */
class MainJobTest {
    @TempDir
    Path home;

    @Test
    void sixMonthsOfResponsesBecomeAccountHealthAndASecondSyncWritesNothing() {
        Company company = Company.of(7, 40, 400, 1500, Instant.now());
        try (var wootric = WootricSimulator.start(
                        company, WootricSimulator.Options.standard().callsPerMinute(0));
                var salesforce = SalesforceSimulator.start(company)) {
            var house = new House(home, wootric.baseUrl(), salesforce.baseUrl());
            try (Daemon daemon = house.daemon(Clock.systemUTC())) {
                daemon.start();
                await().atMost(Duration.ofSeconds(60)).until(() -> settled(daemon));
                assertThat(salesforce.updated().get("Account"))
                        .isEqualTo(daemon.targets().size("salesforce", "account"));
                assertThat(salesforce.updated().get("Contact"))
                        .isEqualTo(daemon.targets().size("salesforce", "contact"));
                long before = writes(salesforce.calls());
                daemon.pullNow("wootric", "command");
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> daemon.runs().last("wootric").get().number() > 1
                                && daemon.runs().last("wootric").get().endedAt() != null);
                await().pollDelay(Duration.ofSeconds(3)).until(() -> settled(daemon));
                assertThat(writes(salesforce.calls())).isEqualTo(before);
            }
        }
    }

    static boolean settled(Daemon daemon) {
        return daemon.ledger().people().isComplete()
                && daemon.runs().last("wootric").map(r -> r.endedAt() != null).orElse(false)
                && daemon.positions().backfilling().isEmpty()
                && daemon.refresh().backlog() == 0
                && daemon.targets().counts("salesforce").keySet().stream().noneMatch(k -> k.endsWith("/owed"));
    }

    static long writes(Map<String, Long> calls) {
        return calls.entrySet().stream()
                .filter(e -> e.getKey().startsWith("PATCH") || e.getKey().startsWith("POST /services/data"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
