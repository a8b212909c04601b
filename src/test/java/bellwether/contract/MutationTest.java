package bellwether.contract;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Response;
import bellwether.source.Records;
import bellwether.source.TestConnections;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows as no documentation has them: whatever stands in them, each is either a response or set aside with a reason. */
class MutationTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final List<String> STRANGE = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "[[1]]",
            "{\"a\":{\"b\":[1]}}",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud83d\"",
            "0",
            "-0.0",
            "-1",
            "11",
            "6.5",
            "1e308",
            "1e999",
            "123456789012345678901234567890",
            "\"9\"",
            "\"nine\"",
            "\"2026-13-45 99:99:99 +9999\"",
            "\"0000-00-00 00:00:00 +0000\"",
            "\"2026-05-04 16:20:11 -0700\"",
            "\"9999-12-31T23:59:59.999999999Z\"",
            "253402300799000");

    @Test
    void everyRowIsEitherAResponseOrSetAsideWithAReason() throws IOException {
        Records records = new Records(
                TestConnections.connection(50), Clock.fixed(Instant.parse("2026-11-22T10:00:30Z"), ZoneOffset.UTC));
        List<JsonNode> rows = new ArrayList<>();
        Contract.load("wootric").exchanges().stream()
                .filter(exchange -> exchange.path().equals("/responses"))
                .forEach(exchange -> exchange.answer().forEach(rows::add));
        Random random = new Random(11);
        int accepted = 0;
        for (int i = 0; i < 5_000; i++) {
            ObjectNode row = rows.get(random.nextInt(rows.size())).deepCopy();
            List<String> names = new ArrayList<>();
            row.fieldNames().forEachRemaining(names::add);
            for (int k = random.nextInt(3); k >= 0; k--) {
                String name = names.get(random.nextInt(names.size()));
                if (random.nextInt(5) == 0) row.remove(name);
                else row.set(name, JSON.readTree(STRANGE.get(random.nextInt(STRANGE.size()))));
            }
            Records.Read<Response> read = records.response(row);
            if (read.setAside() == null) {
                accepted++;
                assertThat(read.value().score() == null
                                || (read.value().score() >= 0 && read.value().score() <= 10))
                        .isTrue();
                assertThat(read.value().contentHash()).isNotBlank();
            } else {
                // what was read of a row without a date is there for a response that is known by then
                assertThat(read.value() == null || read.value().answeredAt() == null)
                        .as(row.toString())
                        .isTrue();
                // where somebody answered from is kept nowhere
                row.remove(List.of("origin_url", "ip_address"));
                assertThat(JSON.readTree(read.setAside().raw())).isEqualTo(JSON.readTree(row.toString()));
            }
        }
        assertThat(accepted).isBetween(1_000, 4_000);
    }
}
