package bellwether.source;

import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import bellwether.mapping.Mistake;
import bellwether.mapping.Setting;
import bellwether.mapping.Settings;
import bellwether.mapping.ToolSettings;
import bellwether.mapping.Word;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loads tools as declared, and the connections that use them. */
public final class Tools {
    private static final String FOLDER = "tools";

    private Tools() {}

    /** {@code mappings/tools/<name>.yaml} with its overlay, checked against its schema and against itself. */
    public static Loaded<Tool> load(Configuration configuration, String name) {
        Loaded<Tool> loaded = configuration.declaration(FOLDER, name, "tool", Tool.class);
        if (loaded.value() == null) return loaded;
        List<Mistake> mistakes = new ArrayList<>(loaded.mistakes());
        if (!loaded.value().tool().equals(name)) {
            mistakes.add(configuration.mistake(
                    FOLDER, name, "/tool", "this is not the name of the file.", "Write: tool: " + name + "."));
        }
        for (String key : loaded.value().settings().keySet()) {
            if (!Setting.common().contains(key)) continue;
            mistakes.add(configuration.mistake(
                    FOLDER,
                    name,
                    "/settings/" + key,
                    "every connection has a key of this name.",
                    "Give the setting another name."));
        }
        lint(configuration, name, "/responses", loaded.value(), loaded.value().responses(), mistakes);
        if (loaded.value().respondents() != null) {
            lint(
                    configuration,
                    name,
                    "/respondents",
                    loaded.value(),
                    loaded.value().respondents(),
                    mistakes);
        }
        return new Loaded<>(mistakes.isEmpty() ? loaded.value() : null, mistakes);
    }

    /** All enabled connections whose tool could be loaded, by name, and the mistakes of those that could not. */
    public static Loaded<Map<String, Connection>> connections(Configuration configuration, Settings settings) {
        Map<String, Connection> connections = new LinkedHashMap<>();
        Map<String, Loaded<Tool>> tools = new LinkedHashMap<>();
        List<Mistake> mistakes = new ArrayList<>();
        for (ToolSettings connection : settings.tools().values()) {
            if (!connection.enabled()) continue;
            Loaded<Tool> tool = tools.computeIfAbsent(connection.tool(), name -> load(configuration, name));
            if (tool.value() != null) connections.put(connection.name(), new Connection(connection, tool.value()));
        }
        tools.values().forEach(tool -> mistakes.addAll(tool.mistakes()));
        return new Loaded<>(connections, mistakes);
    }

    private static void lint(
            Configuration files, String name, String pointer, Tool tool, Tool.Stream stream, List<Mistake> mistakes) {
        try {
            Records.map(tool, stream, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            mistakes.add(files.mistake(
                    FOLDER,
                    name,
                    pointer + "/map",
                    String.valueOf(e.getMessage()),
                    "Correct the path, pattern or constant."));
        }
        Word word = stream.cursor().word();
        if (!stream.map().containsKey(word)) {
            mistakes.add(files.mistake(
                    FOLDER,
                    name,
                    pointer + "/cursor/word",
                    "'" + word.word() + "' is not mapped.",
                    "Add it to 'map', since the windows are cut by it."));
        }
    }
}
