package bellwether.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A contract's row as the answers of many: other ids, people, times, scores and words, in the form in which the tool writes them;
 * everything else stays. One score in a hundred is off the scale, one comment in four is blank.
 */
final class Varied {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int PEOPLE = 4_000;
    private static final int STEP = 61;
    private static final Pattern DAY_AND_TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)([T ])(\\d\\d:\\d\\d:\\d\\d)(.*)");
    private static final Pattern EMAIL = Pattern.compile("[^;,\\s]+@[^;,\\s]+");
    private static final List<String> COMMENTS = List.of(
            "Quick to set up, and the team answered every question within the hour. We would choose it again.",
            "Fine.",
            "",
            "Größere Exporte brauchen zu lange; sonst sind wir zufrieden. 🚀",
            "The reports are what we bought it for, and they do what they should. What is missing is a way to share one with somebody"
                    + " who has no account: today we make screenshots of them. Prices went up twice this year, which is hard to explain.",
            "Support could be faster",
            "",
            "Does what it says.\nThe new navigation hides what I need most.");

    private final JsonNode row;
    private final JsonNode expected;
    private final boolean descending;

    /**
     * @param expected what comes of the row
     * @param descending true if the newest row stands first
     */
    Varied(JsonNode row, JsonNode expected, boolean descending) {
        this.row = row;
        this.expected = expected;
        this.descending = descending;
    }

    /** The page with this number, of so many rows. */
    ArrayNode page(int number, int rows) {
        ArrayNode page = JSON.arrayNode(rows);
        for (int i = 0; i < rows; i++) {
            int earlier = STEP * (descending ? i : rows - i) + number;
            page.add(varied("", row, number * rows + i, earlier));
        }
        return page;
    }

    private JsonNode varied(String name, JsonNode node, int n, int earlier) {
        if (node.isObject()) {
            ObjectNode object = JSON.objectNode();
            for (Map.Entry<String, JsonNode> entry : node.properties())
                object.set(entry.getKey(), varied(entry.getKey(), entry.getValue(), n, earlier));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JSON.arrayNode();
            node.forEach(item -> array.add(varied(name, item, n, earlier)));
            return array;
        }
        if (!node.isTextual() && !node.isIntegralNumber()) return node;
        if (is("id", node)) return written(node, numbered(node.asText(), n));
        if (is("score", node) && !name.matches("(?i).*id"))
            return written(node, "" + (n % 100 == 57 ? 11 : n * 7 % 11));
        if (is("comment", node)) return JSON.textNode(COMMENTS.get(n % COMMENTS.size()));
        if (is("respondent", node)) return written(node, numbered(node.asText(), n % PEOPLE));
        return written(node, elsewhen(node.asText(), n, earlier));
    }

    private boolean is(String word, JsonNode node) {
        return expected.hasNonNull(word) && expected.get(word).asText().equals(node.asText());
    }

    private static JsonNode written(JsonNode like, String text) {
        return like.isTextual() ? JSON.textNode(text) : JSON.numberNode(Long.parseLong(text));
    }

    private static String numbered(String id, int n) {
        return id.matches("\\d{1,12}") ? Long.toString(Long.parseLong(id) + n) : id + n;
    }

    /** The text with its e-mail addresses or its time changed. */
    private static String elsewhen(String text, int n, int earlier) {
        if (text.matches("1[678]\\d{8}")) return Long.toString(Long.parseLong(text) - earlier);
        if (text.indexOf('@') > 0)
            return EMAIL.matcher(text).replaceAll("Person" + n % PEOPLE + "@firm" + n % 97 + ".example");
        Matcher time = DAY_AND_TIME.matcher(text);
        if (!time.matches()) return text;
        LocalDateTime then =
                LocalDateTime.parse(time.group(1) + "T" + time.group(3)).minusSeconds(earlier);
        return then.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'" + time.group(2) + "'HH:mm:ss")) + time.group(4);
    }
}
