package bellwether.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A record as it came, to be kept until it can be used: without the respondent's IP address and the page the answer was given on. */
final class Raw {
    private static final String[] UNWANTED = {"ip", "ipaddress", "originurl"};

    private Raw() {}

    static String of(JsonNode record) {
        if (!holdsUnwanted(record)) return record.toString();
        JsonNode copy = record.deepCopy();
        strip(copy);
        return copy.toString();
    }

    private static boolean holdsUnwanted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> field : object.properties()) if (unwanted(field.getKey())) return true;
        }
        for (JsonNode inside : node) if (holdsUnwanted(inside)) return true;
        return false;
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> unwanted(field.getKey()));
        }
        node.forEach(Raw::strip);
    }

    private static boolean unwanted(String name) {
        for (String one : UNWANTED) if (spells(one, name)) return true;
        return false;
    }

    /** True if the letters of a name, great or small and whatever stands between them, are those of a word. */
    private static boolean spells(String word, String name) {
        int found = 0;
        for (int i = 0; i < name.length(); i++) {
            int letter = Character.toLowerCase(name.charAt(i));
            if (letter < 'a' || letter > 'z') continue;
            if (found == word.length() || word.charAt(found) != letter) return false;
            found++;
        }
        return found == word.length();
    }
}
