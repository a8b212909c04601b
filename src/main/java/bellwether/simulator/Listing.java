package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The items of a list that a request asks for, in their order: of its parent, in its window. */
final class Listing {
    private final Declaration declaration;
    private final JsonNode cursor;

    Listing(Declaration declaration, JsonNode stream) {
        this.declaration = declaration;
        this.cursor = stream.path("cursor");
    }

    /** @throws Refused for a bound that is none */
    List<Item> of(List<Item> all, Asked asked) {
        String parent = asked.found().get("parent.id");
        Predicate<Item> wanted = item -> parent == null || item.survey().id().equals(parent);
        String from = asked.value("from", cursor.path("from"));
        String to = asked.value("to", cursor.path("to"));
        if (cursor.path("kind").asText().equals("id")) {
            long low = from == null ? 0 : Window.number("from", from);
            long high = to == null ? Long.MAX_VALUE : Window.number("to", to);
            return all.stream()
                    .filter(wanted)
                    .filter(item -> Long.parseLong(item.id()) >= low && Long.parseLong(item.id()) <= high)
                    .toList();
        }
        if (!cursor.has("word")) {
            return all.stream().filter(wanted).toList();
        }
        return all.stream()
                .filter(wanted)
                .filter(window(from, to))
                .sorted(order())
                .toList();
    }

    private Predicate<Item> window(String from, String to) {
        WireTime time = new WireTime(cursor.path("as").asText("iso"), declaration.zone());
        String bounds = cursor.path("bounds").asText("[)");
        Instant low = from == null ? Instant.MIN : time.read(from);
        Instant high = to == null ? Instant.MAX : time.read(to);
        String word = cursor.path("word").asText();
        return item -> {
            Instant at = time.told(item.at(word));
            boolean after = bounds.startsWith("[") ? !at.isBefore(low) : at.isAfter(low);
            return after && (bounds.endsWith("]") ? !at.isAfter(high) : at.isBefore(high));
        };
    }

    /** Ties go by the id; where no order is declared, it is one that nobody can rely on. */
    private Comparator<Item> order() {
        String word = cursor.path("word").asText();
        String order = cursor.path("order").asText("ascending");
        Comparator<Item> byTime = Comparator.comparing(item -> item.at(word));
        if (order.equals("any")) {
            byTime = Comparator.comparing(item -> Dice.mix(7, 3, item.id().hashCode()));
        }
        Comparator<Item> rising = byTime.thenComparing(Item::id);
        return order.equals("descending") ? rising.reversed() : rising;
    }
}
