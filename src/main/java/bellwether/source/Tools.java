package bellwether.source;

import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import bellwether.mapping.Mistake;
import bellwether.mapping.Settings;
import bellwether.mapping.ToolSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads tools as declared, and the connections that use them. */
public final class Tools {
    private static final Logger LOG = LoggerFactory.getLogger(Tools.class);
    private static final String FOLDER = "tools";

    private Tools() {}

    /** {@code mappings/tools/<name>.yaml} with its overlay, checked against its schema and against itself. */
    public static Loaded<Tool> load(Configuration configuration, String name) {
        Loaded<Tool> loaded = configuration.declaration(FOLDER, name, "tool", Tool.class);
        List<Mistake> mistakes = new ArrayList<>(loaded.mistakes());
        if (loaded.value() == null) {
            mistakes.addAll(further(configuration, name, loaded.mistakes()));
            return new Loaded<>(null, mistakes);
        }
        reach(configuration, name, loaded.value(), mistakes);
        compare(configuration, name, loaded.value(), mistakes);
        return new Loaded<>(mistakes.isEmpty() ? loaded.value() : null, mistakes);
    }

    /** What shows beside the mistakes of a file's shape when the parts that are sound are compared, so that all is told at once. */
    private static List<Mistake> further(Configuration configuration, String name, List<Mistake> shape) {
        List<Mistake> further = new ArrayList<>();
        Tool draft = configuration.draft(FOLDER, name, Tool.class);
        if (draft == null) return further;
        asFarAsItGoes(() -> reach(configuration, name, draft, further));
        asFarAsItGoes(() -> compare(configuration, name, draft, further));
        further.removeIf(one -> shape.stream()
                .map(Mistake::where)
                .filter(where -> !where.isEmpty())
                .anyMatch(where -> one.where().startsWith(where) || where.startsWith(one.where())));
        return further;
    }

    /** Where a part is missing, as is told already, what would be compared with it is told when it is there. */
    private static void asFarAsItGoes(Runnable comparing) {
        try {
            comparing.run();
        } catch (RuntimeException e) {
            LOG.debug("a tool's file that has mistakes is not compared any further", e);
        }
    }

    private static void compare(Configuration configuration, String name, Tool tool, List<Mistake> mistakes) {
        if (!tool.tool().equals(name)) {
            mistakes.add(configuration.mistake(
                    FOLDER, name, "/tool", "this is not the name of the file.", "Write: tool: " + name + "."));
        }
        new Linter(
                        tool,
                        (pointer, what, advice) ->
                                mistakes.add(configuration.mistake(FOLDER, name, pointer, what, advice)))
                .check();
    }

    private static void reach(Configuration configuration, String name, Tool tool, List<Mistake> mistakes) {
        new Reach(tool)
                .check()
                .forEach(wrong -> mistakes.add(
                        configuration.mistake(FOLDER, name, wrong.pointer(), wrong.what(), wrong.advice())));
    }

    /** All enabled connections whose tool could be loaded, by name, and the mistakes of those that could not. */
    public static Loaded<Map<String, Connection>> connections(Configuration configuration, Settings settings) {
        Map<String, Connection> connections = new LinkedHashMap<>();
        Map<String, Loaded<Tool>> tools = new LinkedHashMap<>();
        List<Mistake> mistakes = new ArrayList<>();
        for (ToolSettings connection : settings.tools().values()) {
            if (!connection.enabled()) continue;
            Loaded<Tool> tool = tools.computeIfAbsent(connection.tool(), name -> load(configuration, name));
            if (tool.value() == null) continue;
            var sound = new Connection(connection, tool.value());
            boolean login = sound.auth() instanceof Auth.Grant && !Reach.isAddress(sound.loginUrl());
            if (sound.lacking() != null) {
                mistakes.add(configuration.incomplete(
                        connection.name(), "it has no complete credentials.", "Give " + sound.lacking() + "."));
            } else if (!Reach.isAddress(sound.baseUrl())) {
                mistakes.add(configuration.unreachable(connection.name(), "base_url", sound.baseUrl()));
            } else if (login) {
                mistakes.add(configuration.unreachable(connection.name(), "login_url", sound.loginUrl()));
            } else {
                connections.put(connection.name(), sound);
            }
        }
        tools.values().forEach(tool -> mistakes.addAll(tool.mistakes()));
        return new Loaded<>(connections, mistakes);
    }
}
