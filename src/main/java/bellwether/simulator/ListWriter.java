package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes values that are looked for in a list: the answers of a row, each an item of its own. */
final class ListWriter {
    /**
     * What a value is about.
     *
     * @param question it answers, or null
     * @param ours false if it answers another question than the one that is read
     */
    record About(Item item, String question, boolean ours) {}

    private final Declaration declaration;
    private final JsonNode metric;

    /** @param metric the line of the field map that tells the metric; an item must not speak of another one */
    ListWriter(Declaration declaration, JsonNode metric) {
        this.declaration = declaration;
        this.metric = metric;
    }

    /** True if the value can be read from the row now. */
    boolean put(ObjectNode row, JsonNode rule, List<String> paths, JsonNode value, About about) {
        String list = rule.get("list").asText();
        ObjectNode made = null;
        for (JsonNode way : Declaration.list(rule.path("where"))) {
            Map<String, String> wanted = wanted(way, list, paths.get(0), value, about);
            if (wanted == null) {
                continue;
            }
            ObjectNode there = about.ours() ? there(row, list, wanted) : null;
            if (there != null) {
                value(there, rule, paths, value, about);
                return true;
            }
            if (made == null) {
                made = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, String> place : wanted.entrySet()) {
                    Places.put(made, place.getKey(), TextNode.valueOf(place.getValue()));
                }
            }
        }
        if (made == null) {
            return false;
        }
        value(made, rule, paths, value, about);
        Places.add(row, list, String.valueOf(Places.items(row, list).size()), made);
        return about.ours();
    }

    /** A choice stands for its weight in the survey; every other row says the weight itself. */
    private static void value(ObjectNode item, JsonNode rule, List<String> paths, JsonNode value, About about) {
        boolean choice = rule.path("lookup").asText().equals("questions")
                && paths.size() > 1
                && value.isInt()
                && about.item().flaw() == null
                && about.item().id().hashCode() % 2 == 0;
        if (choice) {
            Places.put(item, paths.get(1), TextNode.valueOf(choice(value.intValue())));
        } else {
            Places.put(item, paths.get(0), value);
        }
    }

    /** The id of the choice that has a weight. */
    static String choice(int weight) {
        return "c" + weight;
    }

    private static ObjectNode there(ObjectNode row, String list, Map<String, String> wanted) {
        for (JsonNode item : Places.items(row, list)) {
            boolean fits = wanted.entrySet().stream().allMatch(place -> {
                JsonNode found = Places.at(item, place.getKey());
                return found != null && found.asText().equals(place.getValue());
            });
            if (fits) {
                return (ObjectNode) item;
            }
        }
        return null;
    }

    /** What an item says that this way finds, by place; null if it cannot be meant. */
    private Map<String, String> wanted(JsonNode way, String list, String path, JsonNode value, About about) {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> place : way.properties()) {
            List<String> texts = Declaration.list(place.getValue()).stream()
                    .map(JsonNode::asText)
                    .toList();
            String text = texts.get(0);
            String full =
                    Blanks.fill(text, name -> name.equals("question") ? about.question() : declaration.setting(name));
            if (full == null) {
                return null;
            }
            boolean literal = full.equals(text);
            boolean tellsMetric = metric.path("list").asText().equals(list)
                    && metric.path("path").asText().equals(place.getKey());
            String metricTold = String.valueOf(about.item().words().get("metric"));
            if (place.getKey().equals(path) && !texts.contains(value.asText())
                    || tellsMetric && !texts.contains(metricTold) && about.ours()) {
                return null;
            }
            String shown = tellsMetric && !about.ours() ? metricTold : literal && !about.ours() ? "other" : full;
            wanted.put(place.getKey(), place.getKey().equals(path) ? value.asText() : shown);
        }
        return wanted;
    }
}
