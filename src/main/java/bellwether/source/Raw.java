package bellwether.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;

/** A record as it came, to be kept until it can be used: without the respondent's IP address and the page the answer was given on. */
final class Raw {
    private static final Set<String> UNWANTED = Set.of("ip", "ipaddress", "originurl");

    private Raw() {}

    static String of(JsonNode record) {
        JsonNode copy = record.deepCopy();
        strip(copy);
        return copy.toString();
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .removeIf(field -> UNWANTED.contains(
                            field.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "")));
        }
        node.forEach(Raw::strip);
    }
}
