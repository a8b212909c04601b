package bellwether.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void secondsInATextAreNoDay() {
        var times = new Times(List.of("iso", "unix_seconds", "yyyy-MM-dd"), ZoneOffset.UTC);

        assertThat(times.read(TextNode.valueOf("1777887000"))).isEqualTo(Instant.ofEpochSecond(1_777_887_000));
        assertThat(times.dateOnly(TextNode.valueOf("1777887000"))).isFalse();
        assertThat(times.read(TextNode.valueOf("2026-05-04"))).isEqualTo(Instant.parse("2026-05-04T12:00:00Z"));
        assertThat(times.dateOnly(TextNode.valueOf("2026-05-04"))).isTrue();
        assertThat(times.dateOnly(TextNode.valueOf("2026-05-04T10:00:00Z"))).isFalse();
    }
}
