package bellwether.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.JsonPath;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read by hand, because it stands in every row, means what the library says that it means. */
class ShortcutsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "+05:30", "-03:00"})
    void timesReadByHandAreThoseOfTheFormatters(String zone) {
        ZoneId naive = ZoneId.of(zone);
        agree(
                naive,
                text -> Stamp.iso(text, naive),
                DateTimeFormatter.ISO_DATE_TIME,
                List.of(
                        "2026-10-25T02:30:00.123456Z",
                        "2024-02-29T23:59:59+18:00",
                        "2026-03-29T02:30:00",
                        "1999-12-31T00:00:00.5-03:30"));
        agree(
                naive,
                text -> Stamp.local(text, naive),
                pattern("uuuu-MM-dd HH:mm:ss"),
                List.of("2026-03-29 02:30:00", "2024-02-29 00:00:00"));
        agree(naive, text -> Stamp.day(text, naive), pattern("uuuu-MM-dd"), List.of("2026-10-25", "2024-02-29"));
        agree(
                naive,
                Stamp::spaced,
                pattern("uuuu-MM-dd HH:mm:ss Z"),
                List.of("2026-05-04 16:20:11 -0700", "2024-02-29 00:00:00 +1800"));
        assertThat(Stamp.iso("2026-05-04T16:20:11+0200", naive)).isEqualTo("2026-05-04T14:20:11Z");
    }

    private static void agree(
            ZoneId naive, Function<String, Instant> byHand, DateTimeFormatter formatter, List<String> texts) {
        Random random = new Random(5);
        for (String text : texts) {
            assertThat(byHand.apply(text)).as(text).isNotNull().isEqualTo(formatted(text, formatter, naive));
            for (int i = 0; i < 20_000; i++) {
                StringBuilder changed = new StringBuilder(text);
                for (int n = random.nextInt(3); n >= 0; n--) {
                    int at = random.nextInt(changed.length());
                    changed.setCharAt(at, "0123456789+-:.TZ x".charAt(random.nextInt(18)));
                }
                if (random.nextInt(8) == 0) changed.setLength(random.nextInt(changed.length()));
                Instant instant = byHand.apply(changed.toString());
                // ISO's formatter wants a colon in the offset; see Times.
                boolean tight = changed.toString().matches(".*T.*[+-][0-9]{4}");
                if (instant != null && !tight)
                    assertThat(instant)
                            .as(changed.toString())
                            .isEqualTo(formatted(changed.toString(), formatter, naive));
            }
        }
    }

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.STRICT);
    }

    private static Instant formatted(String text, DateTimeFormatter formatter, ZoneId naive) {
        try {
            TemporalAccessor read = formatter.parseBest(text, Instant::from, LocalDateTime::from, LocalDate::from);
            if (read instanceof Instant instant) return instant;
            LocalDateTime local = read instanceof LocalDate day ? day.atTime(12, 0) : (LocalDateTime) read;
            return local.atZone(naive).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    @Test
    void textsWithoutMarginsAreThoseTheLibraryStrips() {
        String letters = " \u2003\u00a0\u00e9a~";
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(random.nextInt(6), 0, letters.length())
                    .mapToObj(letters::charAt)
                    .map(String::valueOf)
                    .collect(Collectors.joining());

            assertThat(Convert.convert(TextNode.valueOf(text), Conversion.TEXT, null))
                    .as("'%s'", text)
                    .isEqualTo(text.isBlank() ? null : text.strip());
        }
    }

    @Test
    void listsInListsAreWalkedAsTheLibraryWalksThem() throws Exception {
        Random random = new Random(6);
        for (String path : List.of("$.a[*].b[*]", "$[*]", "$.a[*]", "$.a.b[*]", "$[*].a[*]", "$.a[*][*]")) {
            JsonPlace byHand = JsonPlace.of(path);
            assertThat(byHand).isInstanceOf(JsonPlace.Items.class);
            JsonPlace library = new JsonPlace.Searched(JsonPath.compile(path));
            for (int i = 0; i < 3_000; i++) {
                JsonNode record = JSON.readTree(tree(random, 4));
                assertThat(byHand.all(record))
                        .as(path + " in " + record)
                        .containsExactlyElementsOf(library.all(record));
                assertThat(byHand.in(record)).as(path + " in " + record).isEqualTo(library.in(record));
            }
        }
    }

    private static String tree(Random random, int depth) {
        int kind = depth == 0 ? 4 + random.nextInt(3) : random.nextInt(7);
        if (kind < 2) return "{\"a\":" + tree(random, depth - 1) + ",\"b\":" + tree(random, depth - 1) + "}";
        if (kind == 2) return "{\"b\":" + tree(random, depth - 1) + "}";
        if (kind == 3) return "[" + tree(random, depth - 1) + "," + tree(random, depth - 1) + "]";
        return kind == 4 ? "7" : kind == 5 ? "null" : "[]";
    }
}
