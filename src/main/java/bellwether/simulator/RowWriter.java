package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes of an item the row that a stream's field map reads it from. */
final class RowWriter {
    /**
     * A row.
     *
     * @param told the words that can be read from it
     * @param listed false for a row that the tool does not list: its client asks for complete ones only
     */
    record Written(ObjectNode row, Set<String> told, boolean listed) {}

    private final Declaration declaration;
    private final JsonNode stream;
    private final ListWriter lists;
    final Selecting selecting;

    RowWriter(Declaration declaration, JsonNode stream) {
        this.declaration = declaration;
        this.stream = stream;
        this.selecting = new Selecting(stream);
        this.lists = new ListWriter(declaration, stream.path("map").path("metric"));
    }

    Written write(Item item) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        Set<String> told = new HashSet<>();
        JsonNode map = stream.path("map");
        // A word that stands where another one does is written over it, and the metric tells the more.
        List<String> words = new ArrayList<>(List.of("survey", "metric"));
        map.fieldNames().forEachRemaining(word -> {
            if (!words.contains(word)) {
                words.add(word);
            }
        });
        boolean listed = true;
        for (String word : words) {
            JsonNode rule = map.path(word);
            Object value = item.words().get(word);
            if (rule.has("value")) {
                boolean same = rule.get("value").asText().equals(String.valueOf(value));
                listed &= same || !word.equals("completed");
                told.add(word);
            } else if (value != null && !rule.isMissingNode() && put(row, word, rule, value, item)) {
                told.add(word);
            }
        }
        selecting.mark(row, item);
        return new Written(row, told, listed);
    }

    /** True if the word can be read from the row now. */
    private boolean put(ObjectNode row, String word, JsonNode rule, Object value, Item item) {
        if (rule.has("scale") && !rule.get("scale").asText().equals("0-10")) {
            throw new IllegalArgumentException("The simulator knows scores from 0 to 10 only.");
        }
        boolean ours =
                !word.equals("score") || item.survey() == null || item.survey().nps();
        String question = item.survey() == null
                ? null
                : word.equals("score")
                        ? item.survey().score().id()
                        : item.survey().comment().id();
        JsonNode node = looked(rule, node(word, value, item));
        List<String> paths = paths(rule, question);
        if (paths.isEmpty()) {
            return false;
        }
        if (rule.has("list")) {
            return lists.put(row, rule, paths, node, new ListWriter.About(item, question, ours));
        }
        if (paths.get(0).startsWith("parent.")) {
            return true;
        }
        Places.put(row, paths.get(0), node);
        return ours || !rule.has("question");
    }

    /** The places a word is read from whose settings are given, in order. */
    private List<String> paths(JsonNode rule, String question) {
        JsonNode path = rule.isObject() ? rule.path("path") : rule;
        List<String> paths = new ArrayList<>();
        for (JsonNode one : Declaration.list(path)) {
            String full =
                    Blanks.fill(one.asText(), name -> name.equals("question") ? question : declaration.setting(name));
            if (full != null) {
                paths.add(full);
            }
        }
        return paths;
    }

    /** What stands for a value in a look-up table; a value that is in none goes through. */
    private static JsonNode looked(JsonNode rule, JsonNode value) {
        for (Map.Entry<String, JsonNode> entry : rule.path("lookup").properties()) {
            if (entry.getValue().asText().equals(value.asText())) {
                return TextNode.valueOf(entry.getKey());
            }
        }
        return value;
    }

    private JsonNode node(String word, Object value, Item item) {
        Flaw flaw = item.flaw() == null ? Flaw.HUGE_COMMENT : item.flaw();
        if (word.equals("score")) {
            return switch (flaw) {
                case SCORE_ELEVEN -> IntNode.valueOf(11);
                case SCORE_FRACTION -> DoubleNode.valueOf(6.5);
                case SCORE_WORD -> TextNode.valueOf("nine");
                case SCORE_TRUE -> BooleanNode.TRUE;
                default -> IntNode.valueOf((Integer) value);
            };
        }
        if (word.equals("answered_at") && flaw == Flaw.GARBLED_CREATED) {
            return TextNode.valueOf("the day before yesterday");
        }
        if (value instanceof Instant at) {
            return declaration
                    .time()
                    .write(word.equals("answered_at") && flaw == Flaw.FUTURE ? at.plus(Flaw.AHEAD) : at);
        }
        return Json.MAPPER.valueToTree(value);
    }
}
