package bellwether.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers of a contract without their rows, in the tool's own shape. Found without reading the tool's file: a list of objects is a
 * list of rows, whatever speaks of more says that there is none.
 */
final class Emptied {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Emptied() {}

    /** The same shape with no rows at the place; null if there is no such place. */
    static JsonNode of(JsonNode answer, String place) {
        if (answer == null) return null;
        JsonNode copy = answer.deepCopy();
        if (place.equals("$")) return copy.isArray() ? JSON.createArrayNode() : null;
        List<String> names =
                new ArrayList<>(List.of(place.replaceFirst("^\\$\\.", "").split("\\.")));
        String last = names.remove(names.size() - 1);
        JsonNode at = copy;
        for (String name : names) at = at.path(name);
        if (!(at instanceof ObjectNode around) || !(around.get(last) instanceof ArrayNode)) return null;
        around.set(last, JSON.createArrayNode());
        quiet(copy);
        return copy;
    }

    private static void quiet(JsonNode node) {
        if (!(node instanceof ObjectNode object)) return;
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode value = object.get(name);
            String low = name.toLowerCase(java.util.Locale.ROOT);
            if (low.contains("more") || low.contains("hasnext")) object.put(name, false);
            else if (low.contains("next") && value.isValueNode()) object.putNull(name);
            else if (low.contains("total") || low.equals("count") || low.equals("pages")) {
                if (value.isTextual()) object.put(name, "0");
                else if (value.isNumber()) object.put(name, 0);
            } else quiet(value);
        }
    }
}
