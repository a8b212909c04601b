package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The files of one installation: {@code config/} and {@code mappings/} below a home folder, with the environment filled in. */
public final class Configuration {
    static final String HEALTH = "config/health.yaml";
    private static final String CONNECTIONS = "config/connections.yaml";

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

    /**
     * A variable of the environment the files are filled from, or what the file named by {@code NAME_FILE} holds; null if neither is
     * set.
     *
     * @throws IllegalStateException if that file cannot be read, since a secret must not count as none
     */
    public String variable(String name) {
        Environment.Filled filled = environment.fill("${" + name + ":}");
        if (!filled.missing().isEmpty()) {
            throw new IllegalStateException("Not set: " + String.join(", ", filled.missing()) + ".");
        }
        return filled.text().isEmpty() ? null : filled.text();
    }

    /** The settings, without the connections that have mistakes; no value if something beside a connection is wrong. */
    public Loaded<Settings> settings() {
        List<Mistake> mistakes = new ArrayList<>();
        Document rules = checked(HEALTH, null, "health", mistakes);
        List<Mistake> connecting = new ArrayList<>();
        Document document = read(CONNECTIONS, null, connecting);
        if (rules != null && document != null) mistakes.addAll(unmapped(rules, document));
        HealthSettings health = health(rules, mistakes);
        mistakes.addAll(connecting);
        if (document == null) return Loaded.failed(mistakes);
        var declared = new DeclaredSettings(document, this::declared);
        Secrets.fill(document, home, declared::secret, mistakes);
        mistakes.addAll(declared.schema().check(document));
        var connections = new Connections(document, health, this::names);
        mistakes.addAll(connections.check());
        Map<String, List<Mistake>> broken = new LinkedHashMap<>();
        boolean fatal = health == null;
        for (Mistake mistake : mistakes) {
            if (mistake.file().equals(CONNECTIONS)) fatal |= !Connections.setAside(document, mistake, broken);
        }
        declared.gather(document);
        Settings settings = fatal ? null : Binder.bind(document, Settings.class, mistakes);
        if (settings == null) return Loaded.failed(mistakes);
        return new Loaded<>(
                new Settings(
                        settings.zone(),
                        settings.store(),
                        settings.tools(),
                        settings.crms(),
                        health,
                        connections.follows(),
                        connections.acceptPartial(),
                        connections.departed(),
                        broken),
                mistakes);
    }

    /** What is wrong beside the settings, and lets nothing start: the properties, and the folder of the routes. */
    public List<Mistake> around() {
        List<Mistake> mistakes = new ArrayList<>(PropertiesFile.check(home, this::variable));
        if (!Files.isDirectory(home.resolve("routes"))) {
            mistakes.add(new Mistake(
                    "routes", 0, "", "there is no such folder.", "`bellwether init` writes it as it is shipped."));
            return mistakes;
        }
        for (String route : Shipped.names("routes")) {
            String file = "routes/" + route + ".yaml";
            if (!Files.isRegularFile(home.resolve(file))) {
                mistakes.add(new Mistake(
                        file,
                        0,
                        "",
                        "there is no such file, and nothing else does its step.",
                        "`bellwether init` writes it as it is shipped, and leaves the others as they are."));
            }
        }
        return mistakes;
    }

    /** Overlays that are laid on nothing. */
    public List<Mistake> strayOverlays() {
        List<Mistake> mistakes = new ArrayList<>();
        for (String folder : List.of("tools", "crms")) {
            String place = "config/overlays/" + folder;
            String[] files = home.resolve(place).toFile().list();
            for (String file : files == null ? new String[0] : files) {
                if (!file.matches("[^.].*\\.ya?ml")) continue;
                String name = file.substring(0, file.lastIndexOf('.'));
                if (!names(folder).contains(name)) {
                    mistakes.add(new Mistake(
                            place + "/" + file,
                            0,
                            "",
                            "this is laid on nothing: there is no mappings/" + folder + "/" + name + ".yaml.",
                            Sentences.suggestion(name, names(folder), "There are: ")));
                } else if (!file.endsWith(".yaml")) {
                    mistakes.add(new Mistake(
                            place + "/" + file, 0, "", "this is laid on nothing.", "Call it " + name + ".yaml."));
                }
            }
        }
        return mistakes;
    }

    /**
     * The tools or CRMs that connections are of, as far as there are files for them.
     *
     * @param folder {@code tools} or {@code crms}
     */
    public List<String> used(String folder) {
        Document document = read(CONNECTIONS, null, new ArrayList<>());
        List<String> used = new ArrayList<>();
        if (document != null) {
            String key = folder.equals("crms") ? "crm" : "tool";
            document.root()
                    .path(folder)
                    .forEach(connection -> used.add(connection.path(key).asText()));
        }
        used.retainAll(names(folder));
        return used.stream().distinct().toList();
    }

    /** The settings that a tool's file declares, or null if it cannot be read; what is wrong with it is told when the tool is loaded. */
    private Map<String, Setting> declared(String tool) {
        List<Mistake> told = new ArrayList<>();
        String file = "tools/" + tool + ".yaml";
        Document document = checked("mappings/" + file, "config/overlays/" + file, "tool", told);
        return document == null || !told.isEmpty()
                ? null
                : Setting.all(document.root().path("settings"));
    }

    private static HealthSettings health(Document document, List<Mistake> mistakes) {
        if (document == null) return null;
        mistakes.addAll(new HealthChecks(document).check());
        return mistakes.isEmpty() ? Binder.bind(document, HealthSettings.class, mistakes) : null;
    }

    /** What is asked of accounts must be read from the directory. */
    private List<Mistake> unmapped(Document health, Document connections) {
        for (JsonNode crm : connections.root().path("crms")) {
            if (crm.path("directory").asBoolean()
                    && (health.root().has("composite") || health.root().has("paying"))) {
                String file = "crms/" + crm.path("crm").asText() + ".yaml";
                Document mapping = read("mappings/" + file, "config/overlays/" + file, new ArrayList<>());
                if (mapping != null) {
                    return HealthChecks.unmapped(health, mapping.root().at("/directory/account"), "mappings/" + file);
                }
            }
        }
        return List.of();
    }

    /**
     * The names of the files in {@code mappings/<folder>}, in order; none if there is no such folder.
     *
     * @param folder {@code tools} or {@code crms}
     */
    public List<String> names(String folder) {
        String[] files = home.resolve("mappings").resolve(folder).toFile().list();
        return files == null
                ? List.of()
                : Stream.of(files)
                        .filter(file -> file.endsWith(".yaml"))
                        .map(file -> file.substring(0, file.length() - ".yaml".length()))
                        .sorted()
                        .toList();
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

    /** A declared file as it is written, overlay included; null if it cannot be read. */
    public JsonNode tree(String folder, String name) {
        String file = folder + "/" + name + ".yaml";
        Document document = read("mappings/" + file, "config/overlays/" + file, new ArrayList<>());
        return document == null ? null : document.root();
    }

    /**
     * A file of a declared kind, wherever it lies; nothing is filled in from the environment.
     *
     * @param schema the kind of file, a name in {@code config/schema}
     */
    public static <T> Loaded<T> file(Path file, String schema, Class<T> type) {
        List<Mistake> mistakes = new ArrayList<>();
        Document document = Yaml.read(file, file.toString(), new Environment(variable -> null), mistakes);
        if (document != null) mistakes.addAll(Schema.named(schema).check(document));
        return new Loaded<>(mistakes.isEmpty() ? Binder.bind(document, type, mistakes) : null, mistakes);
    }

    /** As much of a declaration that has mistakes as fits, so that the rest of it can be judged too; or null. */
    public <T> T draft(String folder, String name, Class<T> type) {
        String file = folder + "/" + name + ".yaml";
        Document document = read("mappings/" + file, "config/overlays/" + file, new ArrayList<>());
        return document == null ? null : Binder.draft(document, type);
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

    /**
     * The mistake of a tool's connection that leads nowhere.
     *
     * @param key {@code base_url} or {@code login_url}
     * @param address what it and the settings in it amount to, or null
     */
    public Mistake unreachable(String connection, String key, String address) {
        String what = address == null ? "the key '" + key + "' is missing." : "'" + address + "' is no address.";
        return incomplete(
                connection, what, "Write '" + key + "', or the settings of the tool that its address is made of.");
    }

    /** A mistake of a tool's connection that only shows when it is compared with the tool's file. */
    public Mistake incomplete(String connection, String what, String advice) {
        return mistake("/tools/" + connection, what, advice);
    }

    /** The mistake of a tool's connection that follows a source of which nobody has heard. */
    public Mistake unheardOf(String connection, String source, String advice) {
        return mistake(
                "/tools/" + connection + "/follows",
                "no connection has the source '" + source + "', and no response of it is kept.",
                advice);
    }

    private Mistake mistake(String pointer, String what, String advice) {
        Document document = read(CONNECTIONS, null, new ArrayList<>());
        return document == null
                ? new Mistake(CONNECTIONS, 0, Document.dotted(pointer), what, advice)
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
        Secrets.fill(document, home, (pointer, key) -> Secret.KEYS.contains(key), mistakes);
        mistakes.addAll(Schema.named(schema).check(document));
        return document;
    }
}
