package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Places in JSON, written to: {@code a.b}, {@code a.0.b}, and of JSONPath {@code $.a[*].b[*]} (items of a list) and {@code $.a.*}
 * (values of an object).
 */
final class Places {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ITEM = "[]";
    private static final String ENTRY = "*";

    private Places() {}

    private static List<String> steps(String place) {
        String plain = place.replaceFirst("^\\$\\.?", "").replace("[*]", "." + ITEM);
        if (plain.contains("?") || plain.contains("(")) {
            throw new IllegalArgumentException("The simulator cannot write to the place " + place + ".");
        }
        return plain.isEmpty() ? List.of() : List.of(plain.split("\\."));
    }

    /** What stands there, or null. */
    static JsonNode at(JsonNode node, String place) {
        JsonNode at = node;
        for (String step : steps(place)) {
            at = at == null ? null : at.isArray() ? at.get(index(step)) : at.get(step);
        }
        return at;
    }

    static void put(ObjectNode node, String place, JsonNode value) {
        put(node, steps(place), value);
    }

    private static void put(ContainerNode<?> node, List<String> steps, JsonNode value) {
        String step = steps.get(0);
        if (steps.size() == 1) {
            set(node, step, value);
            return;
        }
        JsonNode next = node instanceof ArrayNode array ? array.get(index(step)) : node.get(step);
        if (next == null || !next.isContainerNode()) {
            boolean list = steps.get(1).equals(ITEM) || steps.get(1).matches("[0-9]+");
            next = list ? JSON.arrayNode() : JSON.objectNode();
            set(node, step, next);
        }
        put((ContainerNode<?>) next, steps.subList(1, steps.size()), value);
    }

    private static void set(ContainerNode<?> node, String step, JsonNode value) {
        if (node instanceof ArrayNode array) {
            while (array.size() <= index(step)) {
                array.addNull();
            }
            array.set(index(step), value);
        } else {
            ((ObjectNode) node).set(step, value);
        }
    }

    private static int index(String step) {
        return step.equals(ITEM) ? 0 : step.matches("[0-9]{1,6}") ? Integer.parseInt(step) : Integer.MAX_VALUE;
    }

    /** The items that stand in a list; none if it is not there yet. */
    static List<JsonNode> items(ObjectNode node, String list) {
        List<String> steps = steps(list);
        boolean open = !steps.isEmpty() && List.of(ITEM, ENTRY).contains(steps.get(steps.size() - 1));
        JsonNode found = at(node, String.join(".", open ? steps.subList(0, steps.size() - 1) : steps));
        return found == null
                ? List.of()
                : java.util.stream.StreamSupport.stream(found.spliterator(), false)
                        .toList();
    }

    /** Adds an item to a list, or an entry to an object of items. */
    static void add(ObjectNode node, String list, String key, ObjectNode item) {
        List<String> steps = steps(list);
        String last = steps.get(steps.size() - 1);
        boolean open = List.of(ITEM, ENTRY).contains(last);
        String place = String.join(".", open ? steps.subList(0, steps.size() - 1) : steps);
        JsonNode found = at(node, place);
        if (found == null) {
            found = last.equals(ENTRY) ? JSON.objectNode() : JSON.arrayNode();
            put(node, place, found);
        }
        if (found instanceof ArrayNode array) {
            array.add(item);
        } else {
            ((ObjectNode) found).set(key, item);
        }
    }
}
