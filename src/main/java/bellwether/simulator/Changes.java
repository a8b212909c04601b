package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A list in the order of its changes, for a tool that keeps the place itself: its cursor names the last change that was told. */
final class Changes {
    private static final String WORD = "updated_at";
    private static final int PAGE = 100;
    /** A company grows change by change: what is told is old enough that nothing can come before it. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final Comparator<Item> ORDER =
            Comparator.comparing((Item item) -> item.at(WORD)).thenComparing(item -> Long.valueOf(item.id()));

    private final JsonNode cursor;
    private final WireTime time;
    private final Clock clock;

    Changes(Declaration declaration, JsonNode cursor, Clock clock) {
        this.cursor = cursor;
        this.time = new WireTime(cursor.path("as").asText("iso"), declaration.zone());
        this.clock = clock;
    }

    /** What came after the cursor of the request, or else since the time it names; the answer names the next cursor in any case. */
    Leaf after(List<Item> all, Asked asked) {
        String token = asked.value("token", cursor.path("token"));
        String from = asked.value("from", cursor.path("from"));
        Instant since = token != null || from == null ? Instant.MIN : time.read(from);
        Instant until = clock.instant().minus(SETTLED);
        List<Item> some = all.stream()
                .filter(item -> !item.at(WORD).isBefore(since) && !item.at(WORD).isAfter(until))
                .sorted(ORDER)
                .dropWhile(item -> token != null && !later(item, token))
                .limit(PAGE)
                .toList();
        String next = some.isEmpty() ? token == null ? "0-0" : token : name(some.get(some.size() - 1));
        return new Leaf(some, Map.of(cursor.path("next").asText(), TextNode.valueOf(next)), null);
    }

    private static String name(Item item) {
        return item.at(WORD).toEpochMilli() + "-" + item.id();
    }

    private static boolean later(Item item, String token) {
        if (!token.matches("\\d{1,15}-\\d{1,15}")) {
            throw new Refused("the cursor " + token + " is not known");
        }
        long millis = Long.parseLong(token.substring(0, token.indexOf('-')));
        long id = Long.parseLong(token.substring(token.indexOf('-') + 1));
        long at = item.at(WORD).toEpochMilli();
        return at > millis || at == millis && Long.parseLong(item.id()) > id;
    }
}
