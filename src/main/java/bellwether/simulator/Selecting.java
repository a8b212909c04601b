package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** By what a stream's rows are taken or passed over. */
final class Selecting {
    private final JsonNode stream;

    Selecting(JsonNode stream) {
        this.stream = stream;
    }

    /** Makes the row one that is taken, unless what it says of itself speaks against that; who is not counted is a test. */
    void mark(ObjectNode row, Item item) {
        boolean test = Boolean.TRUE.equals(item.words().get("excluded"))
                && !stream.path("map").has("excluded");
        for (JsonNode select : Declaration.list(stream.path("select"))) {
            JsonNode is = select.path("is").path(0);
            JsonNode not = select.path("not").path(0);
            String at = select.path("at").asText();
            if (Places.at(row, at) != null) {
                continue;
            }
            if (!is.isMissingNode()) {
                Places.put(row, at, is);
            } else if (!not.isMissingNode()) {
                JsonNode other = not.isBoolean() ? BooleanNode.valueOf(!not.asBoolean()) : TextNode.valueOf("default");
                Places.put(row, at, test ? not : other);
            }
        }
    }

    /** Whether the row is one of those that are taken. */
    boolean taken(ObjectNode row) {
        for (JsonNode select : Declaration.list(stream.path("select"))) {
            JsonNode found = Places.at(row, select.path("at").asText());
            boolean there = found != null && !found.isNull();
            boolean fits = (!select.has("is") || there && holds(select.get("is"), found))
                    && (!select.has("not") || !there || !holds(select.get("not"), found))
                    && (!select.has("exists") || select.get("exists").asBoolean() == there);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(JsonNode texts, JsonNode value) {
        return Declaration.list(texts).stream().anyMatch(text -> text.asText().equalsIgnoreCase(value.asText()));
    }
}
