package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The keys of {@code tools.<name>} that the tool's own file declares beside the common ones. */
final class DeclaredSettings {
    private static final String TOOL = "^[a-z0-9_-]+$";

    private final Map<String, String> tools = new LinkedHashMap<>();
    private final Map<String, Map<String, Setting>> declared = new LinkedHashMap<>();

    /**
     * @param connections the file as written
     * @param files the settings that a tool's file declares, or null if it cannot be read
     */
    DeclaredSettings(Document connections, Function<String, Map<String, Setting>> files) {
        for (Map.Entry<String, JsonNode> entry :
                connections.root().path("tools").properties()) {
            String tool = entry.getValue().path("tool").asText("");
            if (!tool.matches(TOOL)) continue;
            Map<String, Setting> settings = declared.containsKey(tool) ? declared.get(tool) : files.apply(tool);
            if (settings == null) continue;
            declared.put(tool, settings);
            tools.put(entry.getKey(), tool);
        }
    }

    static Set<String> common() {
        Set<String> keys = new HashSet<>();
        common(Schema.named("connections").node()).fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static JsonNode common(JsonNode schema) {
        return schema.at("/$defs/tool/properties");
    }

    /** Whether the block at the pointer may have {@code <key>_file}. */
    boolean secret(String pointer, String key) {
        if (Secret.KEYS.contains(key)) return true;
        String connection = pointer.startsWith("/tools/") ? Document.name(pointer) : "";
        Setting setting = declared.getOrDefault(tools.getOrDefault(connection, ""), Map.of())
                .get(key);
        return setting != null && setting.secret();
    }

    /** The schema of the file, in which each connection has the keys of its tool and no others. */
    Schema schema() {
        ObjectNode schema = Schema.named("connections").node().deepCopy();
        declared.forEach((tool, settings) -> {
            ObjectNode block = schema.at("/$defs/tool").deepCopy();
            block.put("additionalProperties", false);
            ObjectNode keys = (ObjectNode) block.get("properties");
            settings.forEach((key, setting) -> {
                if (keys.has(key)) return;
                ObjectNode rule = keys.putObject(key);
                rule.putArray("type").add("string").add("number").add("boolean");
                rule.put("minLength", 1).put("description", setting.what());
                if (setting.required()) ((ArrayNode) block.get("required")).add(key);
            });
            ((ObjectNode) schema.get("$defs")).set("tool-" + tool, block);
        });
        ObjectNode connections = ((ObjectNode) schema.at("/properties/tools")).putObject("properties");
        tools.forEach((name, tool) -> connections.putObject(name).put("$ref", "#/$defs/tool-" + tool));
        return new Schema(schema);
    }

    /** Moves what is not common under {@code settings} and fills in the defaults, so that the block can be bound. */
    void gather(Document connections) {
        Set<String> common = common();
        common.add("name");
        for (Map.Entry<String, JsonNode> entry :
                connections.root().path("tools").properties()) {
            if (!(entry.getValue() instanceof ObjectNode block)) continue;
            Map<String, Setting> settings = declared.getOrDefault(tools.getOrDefault(entry.getKey(), ""), Map.of());
            Map<String, String> values = new LinkedHashMap<>();
            settings.forEach((key, setting) -> {
                if (setting.fallback() != null) values.put(key, setting.fallback());
            });
            for (Map.Entry<String, JsonNode> key : List.copyOf(block.properties())) {
                if (common.contains(key.getKey())) continue;
                values.put(key.getKey(), key.getValue().asText());
                block.remove(key.getKey());
            }
            ObjectNode gathered = block.putObject("settings");
            values.forEach(gathered::put);
        }
    }
}
