package bellwether.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitsTest {
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

    private static Reply reply(String... headers) {
        Map<String, String> all = new java.util.HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new Reply(429, all, new byte[0]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 |",
                "7 | 2026-05-04T10:00:07Z",
                "1.5 | 2026-05-04T10:00:01.500Z",
                "-3 |",
                "soon |",
                "999999999 | 2026-05-05T10:00:00Z",
                "Mon, 4 May 2026 10:00:09 GMT | 2026-05-04T10:00:09Z",
                "Mon, 4 May 2026 09:00:00 GMT |"
            })
    void retryAfter(String header, Instant then) {
        assertThat(Waits.retryAfter(reply("retry-after", header), NOW)).isEqualTo(then);
    }

    @Test
    void theirClockMayBeWrong() {
        Reply reply = reply(
                "date",
                "Mon, 4 May 2026 08:00:00 GMT",
                "retry-after",
                "Mon, 4 May 2026 08:00:20 GMT",
                "reset",
                "1777881605");
        assertThat(Waits.retryAfter(reply, NOW)).isEqualTo("2026-05-04T10:00:20Z");
        Limits limits = Limits.NONE.obeying("left", "Reset", Limits.Reset.UNIX_SECONDS);
        assertThat(Waits.reset(reply, limits, NOW)).isEqualTo("2026-05-04T10:00:05Z");
    }

    @Test
    void ofSeveralWindowsTheLastThatIsUsedUpCounts() {
        Limits limits = Limits.NONE.obeying(List.of(
                new Limits.Header("minute-left", "minute-reset", Limits.Reset.SECONDS),
                new Limits.Header("day-left", "day-reset", Limits.Reset.UNIX_SECONDS)));
        String day = "" + NOW.plusSeconds(5000).getEpochSecond();
        Reply both = reply("minute-left", "0", "minute-reset", "30", "day-left", "0", "day-reset", day);
        assertThat(Waits.spent(both, limits, NOW)).isEqualTo(NOW.plusSeconds(5000));
        Reply minute = reply("minute-left", "0", "minute-reset", "30", "day-left", "9", "day-reset", day);
        assertThat(Waits.spent(minute, limits, NOW)).isEqualTo(NOW.plusSeconds(30));
        assertThat(Waits.reset(minute, limits, NOW)).isEqualTo(NOW.plusSeconds(30));
        Reply none = reply("minute-left", "3", "minute-reset", "30", "day-left", "9", "day-reset", day);
        assertThat(Waits.spent(none, limits, NOW)).isNull();
        assertThat(Waits.reset(none, limits, NOW)).isEqualTo(NOW.plusSeconds(30));
    }

    @Test
    void onlyAnEmptyWindowMustBeWaitedFor() {
        Limits limits = Limits.NONE.obeying("X-Left", "X-Reset", Limits.Reset.SECONDS);
        assertThat(Waits.spent(reply("x-left", "0", "x-reset", "5"), limits, NOW))
                .isEqualTo(NOW.plusSeconds(5));
        assertThat(Waits.spent(reply("x-left", "1", "x-reset", "5"), limits, NOW))
                .isNull();
        assertThat(Waits.spent(reply("x-left", "0"), limits, NOW)).isNull();
        assertThat(Waits.spent(reply("x-left", "none", "x-reset", "5"), limits, NOW))
                .isNull();
        assertThat(Waits.spent(reply("x-left", "0", "x-reset", "5"), Limits.NONE, NOW))
                .isNull();
    }
}
