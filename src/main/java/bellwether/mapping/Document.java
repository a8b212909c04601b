package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A YAML file as a tree, with the place of every value.
 *
 * @param file named in mistakes
 * @param root changed in place by the steps of loading, then only read
 * @param places by JSON pointer; the empty pointer is the file itself
 * @param filled by JSON pointer: what a value filled from the environment would be if it were not text
 */
record Document(String file, JsonNode root, Map<String, Place> places, Map<String, JsonNode> filled) {

    /** The place of the value, or of the nearest thing around it. */
    Place place(String pointer) {
        String at = pointer;
        while (true) {
            Place place = places.get(at);
            if (place != null) return place;
            if (at.isEmpty()) return new Place(file, 1);
            at = parent(at);
        }
    }

    Mistake mistake(String pointer, String what, String advice) {
        Place place = place(pointer);
        return new Mistake(place.file(), place.line(), dotted(pointer), what, advice);
    }

    /** Puts another value where one is; the root cannot be replaced. */
    void replace(String pointer, JsonNode value) {
        String name = name(pointer);
        JsonNode around = root.at(parent(pointer));
        if (around instanceof ObjectNode object) object.set(name, value);
        else if (around instanceof ArrayNode array) array.set(Integer.parseInt(name), value);
    }

    static String parent(String pointer) {
        return pointer.substring(0, pointer.lastIndexOf('/'));
    }

    static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }

    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** {@code /tools/wootric/rescan/0} as {@code tools.wootric.rescan[0]}, as people write it. */
    static String dotted(String pointer) {
        StringBuilder text = new StringBuilder();
        for (String part : pointer.split("/")) {
            if (part.isEmpty()) continue;
            if (part.chars().allMatch(Character::isDigit)) {
                text.append('[').append(part).append(']');
            } else {
                if (text.length() > 0) text.append('.');
                text.append(part.replace("~1", "/").replace("~0", "~"));
            }
        }
        return text.toString();
    }
}
