package bellwether.source;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.StillClock;
import bellwether.daemon.Wiring;
import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.mapping.Configuration;
import bellwether.mapping.Secret;
import bellwether.mapping.Surveys;
import bellwether.mapping.ToolSettings;
import bellwether.nps.Fault;
import bellwether.simulator.Company;
import bellwether.simulator.WootricSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A backfill through the real call route as fast as Wootric allows, and no faster, in a time that passes only where somebody waits:
 * its token runs out on the way, and the daemon is stopped in the middle.
 */
class AllowedRateTest {
    private static final Instant ANCHOR = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration TOKEN = Duration.ofSeconds(7_200);

    private final StillClock time = new StillClock(ANCHOR.plusSeconds(120));
    private final Map<Long, Integer> perMinute = new TreeMap<>();
    private final Run run = new Run();
    private Instant began;
    private int calls;

    @Test
    void aBackfillTakesNoLongerThanTheLimitAllows() throws Exception {
        backfill(5_000);
    }

    @Test
    @Tag("soak")
    void aLargeBackfillTakesNoLongerThanTheLimitAllows() throws Exception {
        backfill(100_000);
    }

    private void backfill(int rows) throws Exception {
        Company company = Company.of(7, 200, rows / 4, rows * 7 / 6, ANCHOR);
        try (WootricSimulator tool = WootricSimulator.start(
                company, WootricSimulator.Options.standard().clock(time))) {
            Connection connection = connection(tool);
            try (Wiring wiring = new Wiring(time, time::advance)) {
                Caller caller = counted(wiring.limited(connection));
                // The token is nearly two hours old when the backfill begins.
                go(connection, stopping(caller, 1));
                time.advance(TOKEN.minusSeconds(60));
                began = time.instant();
                calls = 0;
                perMinute.clear();
                go(connection, stopping(caller, rows / 50));
            }
            assertThat(run.positions.values()).as("stopped in the middle").anyMatch(Position::open);
            time.advance(Duration.ofSeconds(2));
            try (Wiring wiring = new Wiring(time, time::advance)) {
                go(connection, counted(wiring.limited(connection)));
            }
            assertThat(run.positions.values()).noneMatch(Position::open);
            double minutes = Duration.between(began, time.instant()).toMillis() / 60_000.0;
            double allowed = calls / 100.0;
            System.out.printf(
                    "%d responses, %d calls in %.1f min, %.1f min at 100 a minute: %.3f%n",
                    run.responses.size(), calls, minutes, allowed, minutes / allowed);
            assertThat(minutes / allowed).isLessThanOrEqualTo(1.05);
            assertThat(tool.statuses().keySet()).noneMatch(line -> line.endsWith(" 429"));
            assertThat(tool.calls().get("POST /oauth/token")).isEqualTo(3);
            assertThat(perMinute.values()).allMatch(count -> count <= 100);
            assertThat(run.responses.stream()
                            .map(response -> response.key().id())
                            .distinct())
                    .hasSizeGreaterThan(rows * 95 / 100);
        }
    }

    private void go(Connection connection, Caller caller) {
        run.go(connection, caller, time, ZoneOffset.UTC);
    }

    /** Counts what was asked, by the minute of the day. */
    private Caller counted(Caller caller) {
        return request -> {
            Answer answer = caller.call(request);
            calls++;
            perMinute.merge(time.instant().getEpochSecond() / 60, 1, Integer::sum);
            return answer;
        };
    }

    /** Gives the calls up after so many, as a daemon that stops does. */
    private Caller stopping(Caller caller, int after) {
        int[] left = {after};
        return request -> left[0]-- > 0
                ? caller.call(request)
                : new Answer.Failed(new Fault.Transient(
                        "pull",
                        "STOPPED",
                        "It stops.",
                        "Nothing to do.",
                        time.instant().plusSeconds(1)));
    }

    private static Connection connection(WootricSimulator tool) {
        Tool wootric = Tools.load(new Configuration(Path.of("."), variable -> null), "wootric")
                .value();
        ToolSettings settings = new ToolSettings(
                "wootric",
                "wootric",
                "wootric",
                null,
                null,
                tool.baseUrl() + "/v1",
                tool.baseUrl() + "/oauth/token",
                Map.of("client_id", new Secret("demo-client"), "client_secret", new Secret("demo-secret")),
                null,
                6,
                List.of(),
                50,
                Surveys.NONE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Connection(settings, wootric);
    }
}
