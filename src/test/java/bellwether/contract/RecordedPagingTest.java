package bellwether.contract;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.daemon.Wiring;
import bellwether.mapping.Configuration;
import bellwether.source.ChangingServer;
import bellwether.source.Connection;
import bellwether.source.PagingTest;
import bellwether.source.TestConnections;
import bellwether.source.Tool;
import bellwether.source.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A list that is cut in whatever way is recorded as far as is wanted, and ends there. */
class RecordedPagingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final int ROWS = 100;

    @TempDir
    private Path home;

    @ParameterizedTest
    @EnumSource(PagingTest.Way.class)
    void aFewPagesAreAWholeList(PagingTest.Way way) throws Exception {
        try (var server = new ChangingServer();
                var wiring = new Wiring()) {
            for (int i = 1; i <= ROWS; i++) {
                Instant at = NOW.minus(Duration.ofDays(90)).plus(Duration.ofHours(20L * i));
                server.put(7000 + i, at, at, 4321);
            }
            Contract recorded = recorded(way, server, wiring, Recording.Size.rows(10));

            // a row at the edge of a window comes twice
            assertThat(recorded.expected().responses()).hasSizeBetween(9, 10);
            assertThat(server.asked).hasSizeLessThanOrEqualTo(8);
            assertThat(recorded.expected().positions())
                    .allSatisfy(position ->
                            assertThat(position.path("covered_until").asText()).isEqualTo(NOW.toString()));
            assertThat(recorded.exchanges().toString()).doesNotContain("v4321", "127.0.0.1");
        }
    }

    private Contract recorded(PagingTest.Way way, ChangingServer server, Wiring wiring, Recording.Size most)
            throws IOException {
        Path file = home.resolve("mappings/tools/acme.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, way.yaml("unix_millis", 20));
        var configuration = new Configuration(home, variable -> null);
        Tool tool = Tools.load(configuration, "acme").value();
        Connection live = TestConnections.connection(tool, server.base(), Map.of(), null, 6, List.of());
        var recording = new Recording(live, most, Set.of(), Clock.fixed(NOW, ZoneOffset.UTC), ZoneOffset.UTC);
        return RecordingTest.recorded(wiring, configuration, recording, home.resolve("recorded.yaml"));
    }
}
