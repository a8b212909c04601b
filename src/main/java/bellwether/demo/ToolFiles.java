package bellwether.demo;

import bellwether.simulator.DeclaredTool;
import bellwether.simulator.Sent;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What an admin would write to connect the demo's survey tool. */
final class ToolFiles {
    /** Who was asked, in a file, where the tool does not tell it itself. */
    private static final List<String> COLUMNS =
            List.of("id", "respondent", "email", "survey", "channel", "sent_at", "status");

    private final SurveyTool tool;
    private final JsonNode declared;
    private final Path home;

    /** @param declared the tool's file */
    ToolFiles(SurveyTool tool, JsonNode declared, Path home) {
        this.tool = tool;
        this.declared = declared;
        this.home = home;
    }

    /** The simulated tool shows a row at once and can be asked often, so there is no need to stay behind or to wait. */
    void overlay(Path file) {
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
        if (!tool.listsSends() && !declared.at("/file").has("sends")) {
            overlay.append("file:\n");
            if (!declared.has("file")) {
                overlay.append(
                        "  map: {id: id, metric: {value: nps}, email: email, answered_at: answered_at}\n  time_formats: [iso]\n");
            }
            List<String> map =
                    COLUMNS.stream().map(column -> column + ": " + column).toList();
            overlay.append("  sends: {").append(String.join(", ", map)).append("}\n");
        }
        write(file, overlay.toString());
    }

    /** Puts a block for this tool in the place of the shipped one for Wootric. */
    void connect(DeclaredTool other) {
        StringBuilder block = new StringBuilder("tools:\n  " + tool.name + ":\n    tool: " + tool.name + "\n");
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
                map.has("metric")
                        ? "    nps_surveys: \"\"\n"
                        : map.has("survey")
                                ? "    nps_surveys: [31, 32]\n    csat_surveys: [77]\n"
                                : "    nps_surveys: all\n");
        block.append("    schedule: every " + tool.everySeconds()
                + "s\n    rescan: [{days: 2, every: 30s}, {days: all, every: 7d}]\n");
        block.append("    requests_per_minute: " + SurveyTool.CALLS_PER_MINUTE + "\n\n");
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
    void sends() {
        StringBuilder file = new StringBuilder(String.join(",", COLUMNS)).append('\n');
        for (Sent sent : tool.simulator.sent()) {
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
        write(sends(home, tool.name), file.toString());
    }

    /** Where that file is put. */
    static Path sends(Path home, String tool) {
        return home.resolve("data/in").resolve(tool).resolve("sends.csv");
    }

    private void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's folder " + home + " cannot be written", e);
        }
    }
}
