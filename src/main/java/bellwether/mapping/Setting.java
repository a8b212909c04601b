package bellwether.mapping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A setting that a tool's file declares beside the common ones; the connection gives it in {@code config/connections.yaml}.
 *
 * @param secret never printed, and may be written as {@code <key>_file}
 * @param fallback the key {@code default}: used where the connection gives nothing, or null
 * @param what it is and where a person finds it
 * @param unverified what about it could not be confirmed, and why, or null
 */
public record Setting(boolean required, boolean secret, String fallback, String what, String unverified) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Setting of(JsonNode block) {
        return new Setting(
                block.path("required").asBoolean(),
                block.path("secret").asBoolean(),
                block.path("default").asText(null),
                block.path("what").asText(""),
                block.path("unverified").asText(null));
    }

    /** The block {@code settings} of a tool's file. */
    static Map<String, Setting> all(JsonNode blocks) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        blocks.properties().forEach(block -> settings.put(block.getKey(), of(block.getValue())));
        return settings;
    }

    /** Keys that every connection to a tool has, so that no tool can declare them. */
    public static Set<String> common() {
        return DeclaredSettings.common();
    }
}
