package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.simulator.Company;
import bellwether.simulator.DeclaredTool;
import bellwether.simulator.Teller;
import bellwether.simulator.Told;
import bellwether.source.Position;
import bellwether.store.Runs;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Simulated tools and one running daemon. Every shipped tool with a webhook tells what is new: signed, and written as its file declares it
 * by code that shares nothing with what takes it; no schedule brings an answer here. Two made-up tools are read in ways that no shipped one
 * declares: people in batches, and by a cursor of the tool's own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimulatedToolsTest {
    private static final List<String> MADE_UP = List.of("numbers", "tokens");
    private static final String NOBODY = "http://127.0.0.1:1";

    private final Company company = Company.of(11, 6, 40, 200, Instant.now().minusSeconds(3600));
    private final Map<String, JsonNode> files = new TreeMap<>();
    private final Map<String, DeclaredTool> tools = new LinkedHashMap<>();
    private Daemon daemon;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        House house = new House(folder, NOBODY, NOBODY);
        company.grow(Instant.now().minusSeconds(5), 1, 0, 0); // the next answers are given after this one
        StringBuilder blocks = new StringBuilder("\ntools:\n");
        for (String name : MADE_UP) {
            Path file = Path.of("src/test/tools/mappings/tools", name + ".yaml");
            Files.copy(file, folder.resolve("mappings/tools").resolve(name + ".yaml"));
            files.put(name, read(file));
        }
        try (Stream<Path> all = Files.list(Path.of("mappings/tools"))) {
            for (Path file : all.toList()) {
                JsonNode declared = read(file);
                if (declared.has("webhook")) {
                    files.put(declared.path("tool").asText(), declared);
                }
            }
        }
        files.forEach((name, declared) -> {
            DeclaredTool tool = DeclaredTool.start(declared, company, Clock.systemUTC(), 0);
            tools.put(name, tool);
            blocks.append(connection(name, declared, tool));
            house.overlay("tools/" + name + ".yaml", overlay(declared));
        });
        Path connections = folder.resolve("config/connections.yaml");
        String shipped = Files.readString(connections);
        Files.writeString(
                connections,
                shipped.substring(0, shipped.indexOf("\ntools:\n"))
                        + blocks
                        + shipped.substring(shipped.indexOf("\ncrms:\n")));
        daemon = house.daemon(Clock.systemUTC());
        daemon.start();
        tools.keySet().forEach(name -> daemon.pullNow(name, "test"));
        tools.keySet().forEach(name -> await(name)
                .atMost(Duration.ofSeconds(120))
                .until(() -> ended(name)
                        && daemon.positions().positions(name).stream()
                                .anyMatch(p -> p.scan().equals(Position.BACKFILL)
                                        && p.parent().isEmpty()
                                        && !p.open())));
    }

    private static JsonNode read(Path file) throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    }

    private static String overlay(JsonNode declared) {
        StringBuilder overlay = new StringBuilder("limits: {requests_per_second: null, requests_per_day: null}\n");
        List<String> changes = new ArrayList<>();
        if (declared.at("/responses/cursor").has("lag")) {
            changes.add("cursor: {lag: 1s}");
        }
        if (declared.path("responses").has("export")) {
            changes.add("export: {poll: {every: 1s}}");
        }
        return overlay + "responses: {" + String.join(", ", changes) + "}\n";
    }

    private static String connection(String name, JsonNode declared, DeclaredTool tool) {
        Map<String, String> keys = new TreeMap<>(tool.settings());
        keys.put("tool", name);
        keys.put("base_url", tool.baseUrl());
        if (declared.path("auth").path("kind").asText().startsWith("oauth2")) {
            keys.put("login_url", tool.loginUrl());
        }
        keys.put("requests_per_minute", "6000");
        keys.put("schedule", "0 0 0 1 1 ? 2099");
        StringBuilder block = new StringBuilder("  " + name + ":\n");
        keys.forEach((key, value) ->
                block.append("    " + key + ": " + (value.matches("\\d+") ? value : "\"" + value + "\"") + "\n"));
        JsonNode map = declared.at("/responses/map");
        String surveys = map.has("metric") ? "\"\"" : map.has("survey") ? "[31, 32]" : "all";
        return block + "    nps_surveys: " + surveys + "\n    rescan: [{days: all, every: 7d}]\n";
    }

    @AfterAll
    void stop() {
        daemon.close();
        tools.values().forEach(DeclaredTool::close);
    }

    @Test
    @Order(1)
    void peopleAreAskedForInBatchesAndTheToolsOwnCursorTellsEditsToo() throws Exception {
        assertThat(held("numbers")).isNotEmpty().isEqualTo(told("numbers"));
        Map<String, String> people = new TreeMap<>();
        tools.get("numbers").told().stream()
                .filter(told -> told.person() != null)
                .forEach(told -> people.put(told.person(), String.valueOf(told.email())));
        assertThat(emails("numbers")).isNotEmpty().isEqualTo(people);
        assertThat(tools.get("numbers").calls().get("POST /people")).isBetween(2L, people.size() / 2 + 3L);

        assertThat(held("tokens")).isNotEmpty().isEqualTo(told("tokens"));
        long calls = tools.get("tokens").calls().get("GET /changes");
        company.grow(Instant.now(), 2, 9, 0);
        await().pollDelay(Duration.ofSeconds(4)).until(() -> true); // a change is listed when it has settled
        daemon.pullNow("tokens", "test");
        await().atMost(Duration.ofSeconds(30)).until(() -> held("tokens").equals(told("tokens")));
        assertThat(tools.get("tokens").calls().get("GET /changes") - calls).isLessThanOrEqualTo(3);
    }

    @Test
    @Order(2)
    void whatIsToldIsInTheLedgerWithinSeconds() throws Exception {
        Set<String> telling = new TreeSet<>(tools.keySet());
        telling.removeIf(name -> !files.get(name).has("webhook"));
        assertThat(telling).hasSizeGreaterThan(8);
        Map<String, Long> runs = new TreeMap<>();
        telling.forEach(name -> runs.put(name, number(name)));
        Company.Growth growth = company.grow(Instant.now(), 8, 4, 0);

        List<String> missing = new ArrayList<>();
        for (String name : telling) {
            URI hook = URI.create("http://127.0.0.1:" + daemon.port() + "/hooks/" + name);
            List<Integer> statuses =
                    Teller.of(files.get(name), company, Clock.systemUTC()).tell(growth, hook);
            assertThat(statuses).as(name).isNotEmpty().containsOnly(200);
            JsonNode webhook = files.get(name).path("webhook");
            boolean hint = webhook.path("hint").asBoolean();
            Set<String> expected = expected(name, hint ? growth.added() : all(growth));
            assertThat(expected).as(name).hasSizeGreaterThan(3);
            boolean now = !hint && !webhook.has("thin");
            long began = System.nanoTime();
            while (!held(name).containsAll(expected) && !now && System.nanoTime() - began < 30e9) {
                Thread.sleep(100);
            }
            expected.removeAll(held(name));
            expected.forEach(line -> missing.add(name + " " + line));
            assertThat(number(name) > runs.get(name)).as(name + " was read").isEqualTo(hint);
        }
        assertThat(missing).isEmpty();
        List<String> letters = daemon.store()
                .read(h -> h.createQuery("SELECT connection || ' ' || code FROM dead_letter")
                        .mapTo(String.class)
                        .list());
        assertThat(letters).isEmpty();
    }

    private static List<Company.Response> all(Company.Growth growth) {
        return Stream.concat(growth.added().stream(), growth.edited().stream()).toList();
    }

    private Set<String> expected(String name, List<Company.Response> responses) {
        Set<String> ids =
                responses.stream().map(one -> Integer.toString(one.id())).collect(Collectors.toSet());
        return tools.get(name).told().stream()
                .filter(told -> ids.contains(told.key().replaceFirst(".*:", "")))
                .map(SimulatedToolsTest::line)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String line(Told told) {
        return told.key().replaceFirst(".*:", "") + " " + told.score() + " " + told.comment();
    }

    /** What is listed of the last six months; ids count upwards without regard to time. */
    private Set<String> told(String name) {
        Instant since = Instant.now()
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .minusMonths(6)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return tools.get(name).told().stream()
                .filter(told -> told.listed() == null || !told.listed().isBefore(since))
                .map(SimulatedToolsTest::line)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, String> emails(String name) {
        Map<String, String> emails = new TreeMap<>();
        daemon.store()
                .read(h -> h.createQuery(
                                "SELECT p.remote_id, i.email FROM respondent p JOIN source s ON s.id = p.source"
                                        + " LEFT JOIN respondent_identity i ON i.respondent = p.id WHERE s.name = :name")
                        .bind("name", name)
                        .map((rs, ctx) -> Map.entry(rs.getString(1), String.valueOf(rs.getString(2))))
                        .list())
                .forEach(one -> emails.put(one.getKey(), one.getValue()));
        return emails;
    }

    private Set<String> held(String name) {
        return daemon.store().read(h -> h.createQuery(
                        "SELECT r.remote_id, r.score, t.comment FROM response r JOIN source s ON s.id = r.source LEFT JOIN response_text t"
                                + " ON t.response = r.id AND t.version = r.version WHERE s.name = :name")
                .bind("name", name)
                .map((rs, ctx) ->
                        rs.getString(1).replaceFirst(".*:", "") + " " + rs.getObject(2) + " " + rs.getString(3))
                .set());
    }

    private boolean ended(String name) {
        return daemon.runs().last(name).filter(run -> run.endedAt() != null).isPresent();
    }

    private long number(String name) {
        return daemon.runs().last(name).map(Runs.Run::number).orElse(0L);
    }
}
