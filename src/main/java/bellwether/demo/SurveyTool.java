package bellwether.demo;

import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import bellwether.simulator.Company;
import bellwether.simulator.DeclaredTool;
import bellwether.simulator.Teller;
import bellwether.simulator.ToolSimulator;
import bellwether.simulator.WootricSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The survey tool of a demo: simulated, and connected in the demo's home folder as an admin would connect it. */
final class SurveyTool implements AutoCloseable {
    static final String WOOTRIC = "wootric";
    static final int CALLS_PER_MINUTE = 6_000;
    final String name;
    final String label;
    final ToolSimulator simulator;
    private final JsonNode declared;
    private final Teller teller;
    private final Path home;

    private SurveyTool(String name, JsonNode declared, ToolSimulator simulator, Teller teller, Path home) {
        this.name = name;
        this.label = declared.path("label").asText(name);
        this.declared = declared;
        this.simulator = simulator;
        this.teller = teller;
        this.home = home;
    }

    /** Starts the simulator and writes what connects it. */
    static SurveyTool open(String name, Path home, Company company, Clock clock) {
        Path changes = home.resolve("config/overlays/tools/" + name + ".yaml");
        JsonNode declared = declared(name, home, changes);
        ToolSimulator simulator = name.equals(WOOTRIC)
                ? WootricSimulator.start(
                        company, WootricSimulator.Options.standard().callsPerMinute(CALLS_PER_MINUTE))
                : DeclaredTool.start(declared, company, clock, CALLS_PER_MINUTE);
        SurveyTool tool = new SurveyTool(name, declared, simulator, Teller.of(declared, company, clock), home);
        var files = new ToolFiles(tool, declared, home);
        files.overlay(changes);
        if (simulator instanceof DeclaredTool other) {
            files.connect(other);
        }
        if (!tool.listsSends()) {
            files.sends();
        }
        return tool;
    }

    /** The file as it is shipped: what an earlier demo changed of it is forgotten. */
    private static JsonNode declared(String name, Path home, Path changes) {
        try {
            Files.deleteIfExists(changes);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's folder " + home + " cannot be written", e);
        }
        Loaded<JsonNode> loaded =
                new Configuration(home, variable -> null).declaration("tools", name, "tool", JsonNode.class);
        if (loaded.value() == null) {
            throw new IllegalStateException("The shipped file of " + name + " has mistakes: " + loaded.mistakes());
        }
        return loaded.value();
    }

    /** How often it is read, in seconds: seldom where it tells by itself what is new. */
    int everySeconds() {
        return teller == null ? 5 : 20;
    }

    /** Whether it tells by webhook what is new. */
    boolean tells() {
        return teller != null;
    }

    /**
     * Tells the connection's webhook what is new, if it does such a thing.
     *
     * @param port where the daemon listens
     * @return the statuses the notices were answered with
     */
    List<Integer> tell(Company.Growth growth, int port) throws InterruptedException {
        return teller == null
                ? List.of()
                : teller.tell(growth, URI.create("http://127.0.0.1:" + port + "/hooks/" + name));
    }

    /** Whether its API says who was asked. */
    boolean listsSends() {
        return declared.has("sends");
    }

    /** Whether its answers name people by ids of its own. */
    boolean knowsPeople() {
        return declared.at("/responses/map").has("respondent");
    }

    /** Whether the file of those who were asked does so too. */
    boolean filesPeople() {
        return knowsPeople() && !declared.path("file").has("sends");
    }

    /** True when the file of those who were asked is taken in, or there is none. */
    boolean filesTaken() {
        return !Files.exists(ToolFiles.sends(home, name));
    }

    /** What points the shipped connection for Wootric at the simulator; other tools have a connection written for them. */
    Map<String, String> environment() {
        return name.equals(WOOTRIC)
                ? Map.ofEntries(
                        Map.entry("WOOTRIC_BASE_URL", simulator.host() + "/v1"),
                        Map.entry("WOOTRIC_LOGIN_URL", simulator.host() + "/oauth/token"),
                        Map.entry("WOOTRIC_CLIENT_ID", "demo-client"),
                        Map.entry("WOOTRIC_CLIENT_SECRET", "demo-secret"),
                        Map.entry("WOOTRIC_WEBHOOK_SECRET", "demo-webhook-secret"),
                        Map.entry("WOOTRIC_NPS_SURVEYS", "31,32"),
                        Map.entry("WOOTRIC_CSAT_SURVEYS", "77"),
                        Map.entry("WOOTRIC_REQUESTS_PER_MINUTE", Integer.toString(CALLS_PER_MINUTE)),
                        Map.entry("WOOTRIC_SCHEDULE", "every " + everySeconds() + "s"),
                        Map.entry("WOOTRIC_RESCAN_EVERY", "30s"))
                : Map.of();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
