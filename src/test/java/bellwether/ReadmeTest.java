package bellwether;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.command.Bellwether;
import bellwether.mapping.Configuration;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The README says what is there: commands, settings, paths, codes and snippets. */
class ReadmeTest {
    private static String readme;

    @TempDir
    Path home;

    @BeforeAll
    static void read() throws IOException {
        readme = Files.readString(Path.of("README.md"));
    }

    @Test
    void itsTestCommandIsTheOneThatIsRunForEveryChange() throws IOException {
        assertThat(readme).contains("\nmvn -B -ntp verify\n");
        assertThat(Files.readString(Path.of(".ci/run"))).contains("mvn -B -ntp verify");
    }

    @Test
    void everySettingIsListedAndNoOther() throws IOException {
        Set<String> there =
                new TreeSet<>(names("\\$\\{([A-Z][A-Z_]+)[:}]", Files.readString(Path.of("config/connections.yaml"))));
        there.addAll(names("\\{\\{env:([A-Z_]+)", Files.readString(Path.of("config/application.properties"))));
        there.remove("NAME");
        Set<String> listed = names("`([A-Z]+_[A-Z_]+)`", section("settings"));
        listed.removeAll(
                Set.of("WOOTRIC_CLIENT_SECRET_FILE", "BELLWETHER_HOME", "BELLWETHER_LOG_LEVEL", "BELLWETHER_OPTS"));
        assertThat(listed).isEqualTo(there);
    }

    @Test
    void everySettingOfHealthIsListedAndNoOther() throws IOException {
        var schema =
                new ObjectMapper().readTree(Path.of("config/schema/health.json").toFile());
        Set<String> there = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(there::add);
        Set<String> listed = new TreeSet<>();
        for (String row : names("(?m)^\\| ((?:`[a-z_]+`(?:, )?)+) \\|", section("health"))) {
            listed.addAll(names("`([a-z_]+)`", row));
        }
        assertThat(listed).isEqualTo(there);
    }

    @Test
    void everyCommandIsListedAndNoOther() {
        Set<String> there = new TreeSet<>(new CommandLine(new Bellwether(name -> null, Clock.systemUTC()))
                .getSubcommands()
                .keySet());
        there.remove("help");
        assertThat(names("(?m)^\\| `([a-z]+)", section("commands"))).containsAll(there);
    }

    @Test
    void itsTableOfToolsIsTheOneThatIsGenerated() {
        var printed = new StringWriter();
        var out = new PrintWriter(printed);
        int code = new Bellwether(name -> null, Clock.systemUTC()).run(out, out, "tools", "--markdown", "--home=.");
        assertThat(code).isZero();
        String table = printed.toString();
        assertThat(section("tools"))
                .as("write what `bellwether tools --markdown` prints")
                .contains("\n\n" + table);
        assertThat(section("tools").lines().filter(line -> line.startsWith("|")))
                .hasSameSizeAs(table.lines().toList());
    }

    @Test
    void everyPathOfTheApiIsListed() throws IOException {
        String listed = section("rest").replace("…/", "/api/v1/connections/{name}/");
        for (String path : names("(?m)^ +- path: (/\\S+)", Files.readString(Path.of("routes/admin.yaml")))) {
            assertThat(listed).contains("/api/v1" + path);
        }
    }

    @Test
    void everyCodeItNamesExists() throws IOException {
        String sources;
        try (var files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(f -> f.toString().endsWith(".java"))
                    .map(ReadmeTest::text)
                    .collect(Collectors.joining());
        }
        String table =
                readme.substring(readme.indexOf("## When something goes wrong"), readme.indexOf("## Why it is so"));
        for (String code : names("`([A-Z]+(?:_[A-Z]+)+)`", table)) {
            assertThat(sources).as(code).contains("\"" + code + "\"");
        }
    }

    @Test
    void itsOverlayIsUnderstood() throws IOException {
        for (String folder : List.of("config", "mappings")) {
            House.copy(Path.of(folder), home.resolve(folder));
        }
        String yaml = readme.substring(readme.indexOf("```yaml\n") + 8);
        Path overlay = home.resolve("config/overlays/crms/salesforce.yaml");
        Files.createDirectories(overlay.getParent());
        Files.writeString(overlay, yaml.substring(0, yaml.indexOf("```")));
        var mapping = new Configuration(home, name -> null).crm("salesforce");
        assertThat(mapping.mistakes()).isEmpty();
        assertThat(mapping.value().push().get("contact").fields().get("score").field())
                .isEqualTo("Last_NPS__c");
        assertThat(mapping.value().push().get("contact").fields().get("comment"))
                .isNull();
    }

    private static String section(String name) {
        return readme.substring(readme.indexOf("<!-- " + name + " -->"), readme.indexOf("<!-- /" + name + " -->"));
    }

    private static Set<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
