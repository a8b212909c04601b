package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The files of one installation: {@code config/} and {@code mappings/} below a home folder, with the environment filled in. */
public final class Configuration {
    private static final String HEALTH = "config/health.yaml";

    private final Path home;
    private final Environment environment;

    /**
     * @param home the folder that holds {@code config} and {@code mappings}; files of secrets are relative to it too
     * @param variables the environment, null for a variable that is not set; {@code System::getenv} in production
     */
    public Configuration(Path home, Function<String, String> variables) {
        this.home = home;
        this.environment = new Environment(variables);
    }

    /** The folder that holds {@code config} and {@code mappings}. */
    public Path home() {
        return home;
    }

    /** The settings, without the connections that have mistakes; no value if something beside a connection is wrong. */
    public Loaded<Settings> settings() {
        List<Mistake> mistakes = new ArrayList<>();
        HealthSettings health = health(mistakes);
        boolean fatal = health == null;
        Document document = checked("config/connections.yaml", null, "connections", mistakes);
        if (document == null) return Loaded.failed(mistakes);
        mistakes.addAll(names(document));
        Map<String, List<Mistake>> broken = new LinkedHashMap<>();
        List<Mistake> found = mistakes.stream()
                .filter(mistake -> !mistake.file().equals(HEALTH))
                .toList();
        fatal |= setAside(document, found, broken);
        Settings settings = null;
        while (!fatal && settings == null) {
            List<Mistake> wrong = new ArrayList<>();
            settings = Binder.bind(document, Settings.class, wrong);
            if (settings != null) wrong.addAll(crossChecks(document, settings, health, broken));
            mistakes.addAll(wrong);
            fatal = setAside(document, wrong, broken);
            if (!wrong.isEmpty()) settings = null;
        }
        if (fatal) return Loaded.failed(mistakes);
        return new Loaded<>(
                new Settings(settings.zone(), settings.store(), settings.tools(), settings.crms(), health, broken),
                mistakes);
    }

    private HealthSettings health(List<Mistake> mistakes) {
        Document document = checked(HEALTH, null, "health", mistakes);
        if (document == null || !mistakes.isEmpty()) return null;
        HealthSettings health = Binder.bind(document, HealthSettings.class, mistakes);
        if (health == null) return null;
        for (int i = 0; i < health.windowNames().size(); i++) {
            try {
                health.window(health.windowNames().get(i));
            } catch (IllegalArgumentException e) {
                mistakes.add(document.mistake("/windows/" + i, e.getMessage(), ""));
            }
        }
        return mistakes.isEmpty() ? health : null;
    }

    /** How a CRM is declared: {@code mappings/crms/<name>.yaml} under {@code config/overlays/crms/<name>.yaml}. */
    public Loaded<CrmMapping> crm(String name) {
        return declaration("crms", name, "crm", CrmMapping.class);
    }

    /**
     * A declared tool or CRM.
     *
     * @param folder {@code tools} or {@code crms}
     * @param name of the file, without its ending
     * @param schema the kind of file, a name in {@code config/schema}
     */
    public <T> Loaded<T> declaration(String folder, String name, String schema, Class<T> type) {
        List<Mistake> mistakes = new ArrayList<>();
        String file = folder + "/" + name + ".yaml";
        Document document = checked("mappings/" + file, "config/overlays/" + file, schema, mistakes);
        T value = document == null || !mistakes.isEmpty() ? null : Binder.bind(document, type, mistakes);
        return new Loaded<>(value, mistakes);
    }

    /** A mistake in a declared tool or CRM that only shows when its parts are compared, with its line. */
    public Mistake mistake(String folder, String name, String pointer, String what, String advice) {
        List<Mistake> ignored = new ArrayList<>();
        String file = folder + "/" + name + ".yaml";
        Document document = read("mappings/" + file, "config/overlays/" + file, ignored);
        return document == null
                ? new Mistake("mappings/" + file, 0, "", what, advice)
                : document.mistake(pointer, what, advice);
    }

    private Document read(String file, String overlay, List<Mistake> mistakes) {
        Document document = Yaml.read(home.resolve(file), file, environment, mistakes);
        if (document == null || overlay == null || !Files.exists(home.resolve(overlay))) return document;
        Document patch = Yaml.read(home.resolve(overlay), overlay, environment, mistakes);
        if (patch != null) Overlay.lay(patch, document);
        return document;
    }

    private Document checked(String file, String overlay, String schema, List<Mistake> mistakes) {
        Document document = read(file, overlay, mistakes);
        if (document == null) return null;
        Secrets.fill(document, home, mistakes);
        mistakes.addAll(Schema.named(schema).check(document));
        return document;
    }

    /** Each connection is told its own name; no two may share one, since routes and metrics are called after it. */
    private static List<Mistake> names(Document document) {
        List<Mistake> mistakes = new ArrayList<>();
        for (String kind : List.of("tools", "crms")) {
            for (Map.Entry<String, JsonNode> entry : document.root().path(kind).properties()) {
                if (entry.getValue() instanceof ObjectNode connection) connection.put("name", entry.getKey());
                if (kind.equals("crms") && document.root().path("tools").has(entry.getKey())) {
                    mistakes.add(document.mistake(
                            Document.child("/crms", entry.getKey()),
                            "a tool's connection has this name too.",
                            "Give one of them another name."));
                }
            }
        }
        return mistakes;
    }

    /** Takes connections with mistakes out of the document; true if a mistake lies elsewhere. */
    private static boolean setAside(Document document, List<Mistake> found, Map<String, List<Mistake>> broken) {
        boolean elsewhere = false;
        for (Mistake mistake : found) {
            String connection = null;
            for (String kind : List.of("tools", "crms")) {
                for (Map.Entry<String, JsonNode> entry :
                        document.root().path(kind).properties()) {
                    String place = kind + "." + entry.getKey();
                    String rest =
                            mistake.where().startsWith(place) ? mistake.where().substring(place.length()) : "x";
                    if (rest.isEmpty() || rest.startsWith(".") || rest.startsWith("[")) connection = entry.getKey();
                }
            }
            if (connection != null)
                broken.computeIfAbsent(connection, name -> new ArrayList<>()).add(mistake);
            else elsewhere = true;
        }
        for (String kind : List.of("tools", "crms")) {
            if (document.root().path(kind) instanceof ObjectNode object) object.remove(broken.keySet());
        }
        return elsewhere;
    }

    private static List<Mistake> crossChecks(
            Document document, Settings settings, HealthSettings health, Map<String, List<Mistake>> broken) {
        List<Mistake> mistakes = new ArrayList<>();
        long directories =
                settings.crms().values().stream().filter(CrmSettings::directory).count();
        boolean undecided = directories == 0 && (settings.crms().isEmpty() || !broken.isEmpty());
        if (directories != 1 && !undecided) {
            mistakes.add(
                    document.mistake(
                            "/crms",
                            directories == 0
                                    ? "no CRM is the directory."
                                    : directories + " CRMs are declared as the directory.",
                            "Write 'directory: true' at exactly one: its contacts and accounts are the people and accounts of Bellwether."));
        }
        for (CrmSettings crm : settings.crms().values()) {
            for (int i = 0; i < crm.windowsInCrm().size(); i++) {
                String window = crm.windowsInCrm().get(i);
                if (health.windowNames().contains(window)) continue;
                mistakes.add(document.mistake(
                        "/crms/" + crm.name() + "/windows_in_crm/" + i,
                        "'" + window + "' is not kept.",
                        "Add it to 'windows' in " + HEALTH + ", or write one of: "
                                + String.join(", ", health.windowNames()) + "."));
            }
        }
        return mistakes;
    }
}
