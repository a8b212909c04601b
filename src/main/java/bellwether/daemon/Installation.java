package bellwether.daemon;

import bellwether.mapping.Configuration;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.CrmSettings;
import bellwether.mapping.Loaded;
import bellwether.mapping.Mistake;
import bellwether.mapping.Settings;
import bellwether.source.Connection;
import bellwether.source.Tools;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a home folder holds: its sound connections, and every mistake in its files.
 *
 * @param settings null if a file beside the connections is wrong
 * @param crms how each sound CRM connection's CRM is declared, by the connection's name
 */
public record Installation(
        Configuration configuration,
        Settings settings,
        Map<String, Connection> tools,
        Map<String, CrmMapping> crms,
        List<Mistake> mistakes) {

    /** Reads all files; asks nothing over the network. */
    public static Installation load(Path home, Function<String, String> environment) {
        var configuration = new Configuration(home, environment);
        Loaded<Settings> settings = configuration.settings();
        List<Mistake> around = configuration.around();
        List<Mistake> mistakes = new ArrayList<>(settings.mistakes());
        mistakes.addAll(around);
        mistakes.addAll(configuration.strayOverlays());
        if (settings.value() == null || !around.isEmpty()) {
            configuration
                    .used("tools")
                    .forEach(name ->
                            mistakes.addAll(Tools.load(configuration, name).mistakes()));
            configuration
                    .used("crms")
                    .forEach(name -> mistakes.addAll(configuration.crm(name).mistakes()));
            return new Installation(configuration, null, Map.of(), Map.of(), List.copyOf(new TreeSet<>(mistakes)));
        }
        Loaded<Map<String, Connection>> tools = Tools.connections(configuration, settings.value());
        mistakes.addAll(tools.mistakes());
        Map<String, CrmMapping> crms = new LinkedHashMap<>();
        for (CrmSettings crm : settings.value().crms().values()) {
            if (crm.enabled()) {
                Loaded<CrmMapping> mapping = configuration.crm(crm.crm());
                mistakes.addAll(mapping.mistakes());
                if (mapping.value() != null) {
                    crms.put(crm.name(), mapping.value());
                }
            }
        }
        var sorted = List.copyOf(new TreeSet<>(mistakes));
        return new Installation(configuration, settings.value(), tools.value(), crms, sorted);
    }

    /**
     * The same with the mistakes that show only beside what the store holds: a tool that follows one of which there is nothing.
     *
     * @param kept sources whose responses are kept
     */
    public Installation compared(List<String> kept) {
        Set<String> known = new TreeSet<>(kept);
        settings.tools().values().forEach(tool -> known.add(tool.source()));
        Set<Mistake> all = new TreeSet<>(mistakes);
        settings.departed().forEach((connection, source) -> {
            if (!kept.contains(source)) {
                known.remove(
                        settings.tools().containsKey(connection)
                                ? settings.tools().get(connection).source()
                                : "");
                all.add(configuration.unheardOf(
                        connection,
                        source,
                        "Write the source of the tool used before it, or leave the line out; there are: "
                                + String.join(", ", known) + "."));
            }
        });
        return new Installation(configuration, settings, tools, crms, List.copyOf(all));
    }

    /** True if at least one connection can work. */
    public boolean usable() {
        return settings != null && !(tools.isEmpty() && crms.isEmpty());
    }

    /**
     * Refuses a name that no connection has; null stands for all.
     *
     * @throws Refusal usage, with the names there are
     */
    public void named(String connection) {
        Set<String> names = new TreeSet<>(settings.tools().keySet());
        names.addAll(settings.crms().keySet());
        names.addAll(settings.broken().keySet());
        if (connection != null && !names.contains(connection)) {
            throw new Refusal(
                    Exit.USAGE,
                    "There is no connection " + connection + "; there are " + String.join(", ", names) + "."
                            + (configuration.names("tools").contains(connection)
                                    ? " `bellwether tools " + connection
                                            + "` prints a block for config/connections.yaml."
                                    : ""));
        }
    }

    /**
     * Refuses a connection that is not there or has a mistake.
     *
     * @throws Refusal usage or configuration, with every mistake but those of other connections
     */
    public void sound(String connection) {
        if (settings != null) {
            named(connection);
        }
        if (!tools.containsKey(connection) && !crms.containsKey(connection)) {
            List<Mistake> own = mistakes.stream()
                    .filter(mistake -> concerns(mistake, connection))
                    .toList();
            List<String> lines = new ArrayList<>();
            lines.add(
                    own.isEmpty()
                            ? connection + " is not enabled in config/connections.yaml."
                            : connection + " cannot work before these mistakes are mended:");
            own.forEach(mistake -> lines.add("  " + mistake));
            throw new Refusal(Exit.CONFIGURATION, String.join(System.lineSeparator(), lines));
        }
    }

    /** Not the mistakes of another connection's block. */
    private static boolean concerns(Mistake mistake, String connection) {
        String[] names = mistake.where().split("\\.");
        boolean block = names.length > 1 && (names[0].equals("tools") || names[0].equals("crms"));
        return !block || names[1].equals(connection);
    }

    /** A daemon of the sound connections, its store open and nothing started. */
    public Daemon daemon(Clock clock) {
        return new Daemon(configuration, settings, tools, clock);
    }
}
