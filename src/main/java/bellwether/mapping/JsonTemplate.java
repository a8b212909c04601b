package bellwether.mapping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A JSON body with {@code {name}} in its texts. */
public sealed interface JsonTemplate {
    /** The names in it. */
    Set<String> names();

    /**
     * The body. A text that is nothing but {@code {name}} becomes the value itself, number, list or whatever it is; within a text the
     * value is written out. A key or list item whose text names something without a value is left out. A list among the items of a list
     * becomes items itself, unless it stands in brackets of its own.
     *
     * @param values the value of a name, or null
     */
    JsonNode fill(Function<String, JsonNode> values);

    /** Compiles a tree as it stands in the YAML file. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static JsonTemplate of(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            Map<String, JsonTemplate> fields = new LinkedHashMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), of(field.getValue())));
            return new Fields(fields);
        }
        if (tree instanceof ArrayNode array) {
            List<JsonTemplate> items = new ArrayList<>();
            array.forEach(item -> items.add(of(item)));
            return new Items(items);
        }
        return tree.isTextual() ? new Text(Template.of(tree.asText())) : new Constant(tree);
    }

    /** An object. */
    record Fields(Map<String, JsonTemplate> fields) implements JsonTemplate {
        @Override
        public Set<String> names() {
            return union(fields.values());
        }

        @Override
        public JsonNode fill(Function<String, JsonNode> values) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            fields.forEach((name, template) -> {
                JsonNode value = template.fill(values);
                if (value != null) object.set(name, value);
            });
            return object;
        }
    }

    /** A list. */
    record Items(List<JsonTemplate> items) implements JsonTemplate {
        @Override
        public Set<String> names() {
            return union(items);
        }

        @Override
        public JsonNode fill(Function<String, JsonNode> values) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (JsonTemplate item : items) {
                JsonNode value = item.fill(values);
                if (value instanceof ArrayNode several && item instanceof Text) array.addAll(several);
                else if (value != null) array.add(value);
            }
            return array;
        }
    }

    /** A text with or without names. */
    record Text(Template template) implements JsonTemplate {
        @Override
        public Set<String> names() {
            return template.names();
        }

        @Override
        public JsonNode fill(Function<String, JsonNode> values) {
            JsonNode whole = template.only() == null ? null : values.apply(template.only());
            if (whole != null) return whole;
            String text = template.fill(name -> {
                JsonNode value = values.apply(name);
                return value == null ? null : value.isValueNode() ? value.asText() : value.toString();
            });
            return text == null ? null : JsonNodeFactory.instance.textNode(text);
        }
    }

    /** A number, truth value or null as it stands. */
    record Constant(JsonNode value) implements JsonTemplate {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public JsonNode fill(Function<String, JsonNode> values) {
            return value;
        }
    }

    private static Set<String> union(Iterable<JsonTemplate> templates) {
        Set<String> names = new LinkedHashSet<>();
        templates.forEach(template -> names.addAll(template.names()));
        return names;
    }
}
