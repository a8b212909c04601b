package bellwether.demo;

import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import bellwether.simulator.Company;
import bellwether.simulator.DeclaredTool;
import bellwether.simulator.Sent;
import bellwether.simulator.ToolSimulator;
import bellwether.simulator.WootricSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The survey tool of a demo: simulated, and connected in the demo's home folder as an admin would connect it. */
final class SurveyTool implements AutoCloseable {
    static final String WOOTRIC = "wootric";
    static final int CALLS_PER_MINUTE = 6_000;
    /** Who was asked, in a file, where the tool does not tell it itself. */
    private static final List<String> COLUMNS =
            List.of("id", "respondent", "email", "survey", "channel", "sent_at", "status");

    final String name;
    final String label;
    final ToolSimulator simulator;
    private final JsonNode declared;
    private final Path home;

    private SurveyTool(String name, JsonNode declared, ToolSimulator simulator, Path home) {
        this.name = name;
        this.label = declared.path("label").asText(name);
        this.declared = declared;
        this.simulator = simulator;
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
        SurveyTool tool = new SurveyTool(name, declared, simulator, home);
        tool.write(changes, tool.overlay());
        if (simulator instanceof DeclaredTool other) {
            tool.connect(other);
        }
        tool.sends();
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

    /** The simulated tool shows a row at once and can be asked often, so there is no need to stay behind or to wait. */
    private String overlay() {
        StringBuilder overlay = new StringBuilder();
        for (String stream : List.of("responses", "respondents", "sends")) {
            List<String> changes = new ArrayList<>();
            if (declared.path(stream).path("cursor").has("lag")) {
                changes.add("cursor: {lag: 1s}");
            }
            if (declared.path(stream).has("export")) {
                changes.add("export: {poll: {every: 1s}}");
            }
            if (!changes.isEmpty()) {
                overlay.append(stream)
                        .append(": {")
                        .append(String.join(", ", changes))
                        .append("}\n");
            }
        }
        overlay.append("limits: {requests_per_second: null, requests_per_day: null}\n");
        if (!listsSends() && !declared.at("/file").has("sends")) {
            overlay.append("file:\n");
            if (!declared.has("file")) {
                overlay.append(
                        "  map: {id: id, metric: {value: nps}, email: email, answered_at: answered_at}\n  time_formats: [iso]\n");
            }
            List<String> map =
                    COLUMNS.stream().map(column -> column + ": " + column).toList();
            overlay.append("  sends: {").append(String.join(", ", map)).append("}\n");
        }
        return overlay.toString();
    }

    /** Puts a block for this tool in the place of the shipped one for Wootric. */
    private void connect(DeclaredTool other) {
        StringBuilder block = new StringBuilder("tools:\n  " + name + ":\n    tool: " + name + "\n");
        Map<String, String> keys = new TreeMap<>(other.settings());
        keys.put("base_url", other.baseUrl());
        JsonNode auth = declared.path("auth").isArray() ? declared.path("auth").get(0) : declared.path("auth");
        if (auth.has("login_url")) {
            keys.put("login_url", other.loginUrl());
        }
        keys.forEach((key, value) -> block.append("    " + key + ": \"" + value + "\"\n"));
        JsonNode map = declared.at("/responses/map");
        // The rows of most tools tell what an answer is about.
        block.append(
                map.has("metric") ? "    nps_surveys: \"\"\n" : "    nps_surveys: [31, 32]\n    csat_surveys: [77]\n");
        block.append("    schedule: every 5s\n    rescan: [{days: 2, every: 30s}, {days: all, every: 7d}]\n");
        block.append("    requests_per_minute: " + CALLS_PER_MINUTE + "\n\n");
        Path file = home.resolve("config/connections.yaml");
        try {
            String shipped = Files.readString(file);
            int from = shipped.indexOf("\ntools:\n") + 1;
            int to = shipped.indexOf("\ncrms:\n") + 1;
            write(file, shipped.substring(0, from) + block + shipped.substring(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the tool's API does not say who was asked, a file does. */
    private void sends() {
        if (listsSends()) {
            return;
        }
        StringBuilder file = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        for (Sent sent : simulator.sent()) {
            List<String> values = List.of(
                    "send-" + sent.id(),
                    Integer.toString(sent.endUserId()),
                    Objects.requireNonNullElse(sent.email(), ""),
                    Objects.requireNonNullElse(sent.survey(), ""),
                    sent.channel(),
                    sent.sentAt().toString(),
                    sent.status());
            file.append(String.join(",", values)).append('\n');
        }
        write(inbox().resolve("sends.csv"), file.toString());
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

    private Path inbox() {
        return home.resolve("data/in/" + name);
    }

    /** True when the file of those who were asked is taken in, or there is none. */
    boolean filesTaken() {
        return !Files.exists(inbox().resolve("sends.csv"));
    }

    private void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's folder " + home + " cannot be written", e);
        }
    }

    /** What points the shipped connection for Wootric at the simulator; other tools have a connection written for them. */
    Map<String, String> environment() {
        return name.equals(WOOTRIC)
                ? Map.of(
                        "WOOTRIC_BASE_URL", simulator.host() + "/v1",
                        "WOOTRIC_LOGIN_URL", simulator.host() + "/oauth/token",
                        "WOOTRIC_CLIENT_ID", "demo-client",
                        "WOOTRIC_CLIENT_SECRET", "demo-secret",
                        "WOOTRIC_NPS_SURVEYS", "31,32",
                        "WOOTRIC_CSAT_SURVEYS", "77",
                        "WOOTRIC_REQUESTS_PER_MINUTE", Integer.toString(CALLS_PER_MINUTE),
                        "WOOTRIC_SCHEDULE", "every 5s",
                        "WOOTRIC_RESCAN_EVERY", "30s")
                : Map.of();
    }

    @Override
    public void close() {
        simulator.close();
    }
}
