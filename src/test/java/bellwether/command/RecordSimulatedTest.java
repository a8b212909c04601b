package bellwether.command;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.House;
import bellwether.daemon.Exit;
import bellwether.simulator.Company;
import bellwether.simulator.DeclaredTool;
import bellwether.simulator.Told;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bellwether record} of tools that are asked in other ways: survey by survey, by exports, by calls of methods, in batches. */
class RecordSimulatedTest {
    private static final String NOBODY = "http://127.0.0.1:1";
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Company company =
            Company.of(11, 14, 80, 250, Instant.now().minusSeconds(3600)).withFlaws();
    private final StringWriter out = new StringWriter();

    @TempDir
    private Path home;

    /** Exports of several surveys end, although each is waited for while the others get something new. */
    @ParameterizedTest
    @Timeout(120)
    @ValueSource(strings = {"surveymonkey", "typeform", "qualtrics", "limesurvey", "numbers", "tokens"})
    void aSimulatedAccountIsRecordedWithoutAnybodyInIt(String name) throws IOException {
        House house = new House(home, NOBODY, NOBODY);
        Path shipped = home.resolve("mappings/tools/" + name + ".yaml");
        Path own = Path.of("src/test/tools/mappings/tools/" + name + ".yaml");
        if (Files.exists(own)) Files.copy(own, shipped);
        JsonNode declared = YAML.readTree(shipped.toFile());
        try (DeclaredTool tool = DeclaredTool.start(declared, company, Clock.systemUTC(), 0)) {
            connect(house, name, declared, tool);
            assertThat(run(house, "record", name)).as(out::toString).isEqualTo(Exit.OK.code());
            assertThat(out.toString().replaceAll("\\s+", " "))
                    .containsPattern("recorded \\d+ exchanges, \\d\\d responses; replayed: same");
            assertThat(out.toString().contains(name + " prepares an export"))
                    .as("says that it waits")
                    .isEqualTo(declared.path("responses").has("export"));

            Path file = home.resolve("mappings/contracts/tools/" + name + "-recorded.yaml");
            nobodyIn(file, tool);
            assertThat(run(house, "test", name + "-recorded")).as(out::toString).isEqualTo(Exit.OK.code());
        }
    }

    private void connect(House house, String name, JsonNode declared, DeclaredTool tool) throws IOException {
        if (declared.path("responses").has("export")) {
            house.overlay("tools/" + name + ".yaml", "responses: {export: {poll: {every: 1s}}}\n");
        }
        Map<String, String> keys = new TreeMap<>(tool.settings());
        keys.put("tool", name);
        keys.put("base_url", tool.baseUrl());
        keys.put("nps_surveys", declared.at("/responses/map").has("metric") ? "" : "all");
        StringBuilder block = new StringBuilder("tools:\n  " + name + ":\n");
        keys.forEach((key, value) -> block.append("    " + key + ": \"" + value + "\"\n"));
        Files.writeString(home.resolve("config/connections.yaml"), block);
    }

    /** Neither whoever works at the customers, nor what the tool tells of the answers that were recorded. */
    private void nobodyIn(Path file, DeclaredTool tool) throws IOException {
        String text = Files.readString(file);
        String low = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < company.contactCount(); i++) {
            Company.Contact contact = company.contact(i);
            assertThat(low)
                    .doesNotContain(contact.email().toLowerCase(Locale.ROOT))
                    .doesNotContain((contact.firstName() + " " + contact.lastName()).toLowerCase(Locale.ROOT));
        }
        assertThat(low).doesNotContain("127.0.0.1");
        tool.settings().values().forEach(value -> assertThat(low).doesNotContain(value.toLowerCase(Locale.ROOT)));

        Map<String, Told> told = new HashMap<>();
        tool.told().forEach(one -> told.put(one.key(), one));
        int known = 0;
        for (JsonNode response : YAML.readTree(file.toFile()).at("/expected/responses")) {
            String id = response.path("id").asText();
            Told one = told.getOrDefault(id, told.get(response.path("parent").asText() + ":" + id));
            if (one == null) continue;
            known++;
            for (String hidden : new String[] {one.person(), one.email(), one.comment()}) {
                if (hidden != null && hidden.length() > 3) {
                    assertThat(low)
                            .doesNotContainPattern(
                                    "(?<!\\w)" + Pattern.quote(hidden.toLowerCase(Locale.ROOT)) + "(?!\\w)");
                }
            }
        }
        assertThat(known).as("answers that keep their id").isPositive();
    }

    private int run(House house, String... args) {
        out.getBuffer().setLength(0);
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--home";
        all[args.length + 1] = home.toString();
        var writer = new PrintWriter(out, true);
        return new Bellwether(house.environment::get, Clock.systemUTC()).run(writer, writer, all);
    }
}
