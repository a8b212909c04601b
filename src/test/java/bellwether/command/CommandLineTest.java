package bellwether.command;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.House;
import bellwether.daemon.Exit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What the command line says of itself, and how commands end that ask nobody. */
class CommandLineTest {
    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Map<String, String> environment, String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new Bellwether(environment::get, Clock.systemUTC())
                .run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private static Stream<CommandLine> commands() {
        return line().getSubcommands().values().stream();
    }

    private static CommandLine line() {
        var nowhere = new PrintWriter(new StringWriter());
        return new Bellwether(name -> null, Clock.systemUTC()).line(nowhere, nowhere);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfInEightyColumns(CommandLine command) {
        int code = run(Map.of(), command.getCommandName(), "--help");

        assertThat(code).isEqualTo(Exit.OK.code());
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        for (Exit exit : Exit.values()) {
            assertThat(out.toString()).containsPattern("(?m)^\\s+" + exit.code() + "\\s+\\w");
        }
        for (OptionSpec option : command.getCommandSpec().options()) {
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
            assertThat(out.toString()).contains(option.longestName());
        }
    }

    @Test
    void theCommandsAreThere() {
        assertThat(line().getSubcommands().keySet())
                .containsExactlyInAnyOrder(
                        "run", "check", "try", "record", "test", "sync", "import", "push", "compare", "tools", "init",
                        "demo", "version", "help");
        assertThat(run(Map.of(), "version")).isZero();
        assertThat(out.toString()).startsWith("bellwether ");
    }

    @Test
    void whatIsNotUnderstoodIsRefused() {
        assertThat(run(Map.of(), "frobnicate")).isEqualTo(Exit.USAGE.code());
        assertThat(run(Map.of(), "run", "--hoem", "x")).isEqualTo(Exit.USAGE.code());
        assertThat(err.toString()).contains("--hoem");
        assertThat(run(Map.of(), "sync")).isEqualTo(Exit.USAGE.code());
        assertThat(run(Map.of(), "sync", "wootric", "--once", "--since", "2026-01-01"))
                .isEqualTo(Exit.USAGE.code());
    }

    @Test
    void initWritesTheShippedFilesOnceAndNeverOverwrites() throws Exception {
        assertThat(run(Map.of(), "init", home.toString())).isZero();
        assertThat(out.toString()).contains("bellwether check", "bellwether run", "WOOTRIC_CLIENT_ID");
        for (String file : new String[] {
            "config/connections.yaml", "config/health.yaml", "mappings/tools/wootric.yaml", "routes/pull.yaml"
        }) {
            assertThat(home.resolve(file)).hasSameBinaryContentAs(Path.of(file));
        }
        assertThat(home.resolve("config/connections.yaml")).content().contains("push: ${BELLWETHER_PUSH:preview}");

        Files.writeString(home.resolve("config/health.yaml"), "min_n_flag: 7\n");
        Files.delete(home.resolve("routes/pull.yaml"));
        assertThat(run(Map.of(), "init", home.toString())).isZero();
        assertThat(home.resolve("config/health.yaml")).hasContent("min_n_flag: 7\n");
        assertThat(home.resolve("routes/pull.yaml")).exists();
        assertThat(out.toString()).contains("Wrote 1 file");
    }

    @Test
    void withoutAUsableConnectionRunEndsAndNamesEveryVariableWithItsLine() {
        run(Map.of(), "init", home.toString());

        int code = run(Map.of(), "run", "--home", home.toString());

        assertThat(code).isEqualTo(Exit.CONFIGURATION.code());
        assertThat(err.toString())
                .containsPattern("config/connections.yaml:\\d+: tools.wootric.client_id: .*WOOTRIC_CLIENT_ID")
                .containsPattern(
                        "config/connections.yaml:\\d+: crms.salesforce.client_secret: .*SALESFORCE_CLIENT_SECRET")
                .contains("No connection is left");
    }

    @Test
    void anEmptyFolderIsTold() {
        assertThat(run(Map.of("BELLWETHER_HOME", home.toString()), "check")).isEqualTo(Exit.CONFIGURATION.code());
        assertThat(out.toString()).contains("bellwether init", home.toString());
    }

    @Test
    void everyMistakeIsNamedAtOnceWithItsLine() throws Exception {
        run(Map.of(), "init", home.toString());
        Files.writeString(home.resolve("config/connections.yaml"), """
                zone: Europe/Nowhere
                tools:
                  wootric:
                    tool: wootric
                    client_id: a
                    client_secret: b
                    nps_survey: 31
                    page_size: many
                """);

        int code = run(Map.of(), "check", "--home", home.toString());

        assertThat(code).isEqualTo(Exit.CONFIGURATION.code());
        assertThat(out.toString())
                .contains("connections.yaml:1:", "connections.yaml:7:", "connections.yaml:8:")
                .contains("nps_survey", "page_size");
    }

    @Test
    void whatStopsAStartIsSaidWithoutAStack() throws Exception {
        var house = new House(home, "http://127.0.0.1:1", "http://127.0.0.1:1");
        Files.createFile(home.resolve("occupied"));
        house.with("BELLWETHER_STORE_URL", "occupied/store.db");
        assertThat(run(house.environment, "run", "--home", home.toString())).isEqualTo(Exit.FAILURE.code());
        assertThat(err.toString())
                .contains("cannot be written", "BELLWETHER_STORE_URL")
                .doesNotContain("\tat ");

        house.with("BELLWETHER_STORE_URL", "jdbc:postgresql://127.0.0.1:1/none");
        assertThat(run(house.environment, "run", "--home", home.toString())).isEqualTo(Exit.UNREACHABLE.code());
        assertThat(err.toString()).contains("STORE_UNAVAILABLE").doesNotContain("\tat ");

        try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            house.with("BELLWETHER_STORE_URL", "data/store.db");
            house.with("BELLWETHER_PORT", Integer.toString(socket.getLocalPort()));
            assertThat(run(house.environment, "run", "--home", home.toString())).isEqualTo(Exit.FAILURE.code());
            assertThat(err.toString()).contains("BELLWETHER_PORT").doesNotContain("\tat ");
        }
    }

    @Test
    void whereInitMayNotWriteItSaysSo() throws Exception {
        Path file = Files.createFile(home.resolve("file"));

        assertThat(run(Map.of(), "init", file.toString())).isEqualTo(Exit.FAILURE.code());
        assertThat(err.toString())
                .contains(file + " cannot be written", "name another folder")
                .doesNotContain("\tat ");
    }

    @Test
    void whateverIsWrongAnywhereIsToldAtOnce() throws Exception {
        run(Map.of(), "init", home.toString());
        Path properties = home.resolve("config/application.properties");
        Files.writeString(
                properties,
                Files.readString(properties)
                        .replace("call.retries = 4", "call.retries = four")
                        .replace("push.period = 1000", "push.perod = 1000")
                        .replace("refresh.tick = 60000", "refresh.tick = -1")
                        .replace("api.token =", "api.tokn =")
                        .replace("camel.server.max-body-size", "camel.server.max-body-sizes")
                        .replace("{{env:BELLWETHER_PORT:8321}}", "80000")
                        .concat("camel.main.use-mdc-loging = true\ncamel.main.shutdownTimeout = 20\n"));
        Files.delete(home.resolve("routes/refresh.yaml"));
        overlay("crms/salesfroce.yaml");
        overlay("tools/wootric.yml");
        Files.writeString(home.resolve("mappings/tools/wootric.yaml"), "tool: wootric\nlabe: Wootric\n");
        Files.writeString(home.resolve("config/health.yaml"), "min_n_flag: many\n");
        Files.writeString(home.resolve("config/connections.yaml"), """
                tools:
                  one: {tool: wootric, client_id: a, client_secret: b, nps_surveys: all}
                  two: {tool: wotric, nps_surveys: all}
                crms:
                  three: {crm: salseforce, directory: true, client_id: a, client_secret: b}
                """);

        assertThat(run(Map.of(), "check", "--home", home.toString())).isEqualTo(Exit.CONFIGURATION.code());
        assertThat(out.toString())
                .containsPattern(
                        "application.properties:\\d+: call.retries: this must be a whole number from 0, not 'four'")
                .contains("application.properties: push.period: this key is missing. Shipped is push.period = 1000.")
                .containsPattern(
                        "application.properties:\\d+: refresh.tick: this must be a whole number from 1, not '-1'")
                .containsPattern(
                        "application.properties:\\d+: push.perod: nothing reads this key. Did you mean 'push.period'?")
                .containsPattern(
                        "application.properties:\\d+: api.tokn: nothing reads this key. Did you mean 'api.token'?")
                .containsPattern("application.properties:\\d+: camel.server.max-body-sizes: Camel knows no such key."
                        + " Did you mean 'camel.server.max-body-size'?")
                .containsPattern("application.properties:\\d+: camel.main.use-mdc-loging: Camel knows no such key."
                        + " Did you mean 'camel.main.use-mdc-logging'?")
                .doesNotContain("shutdownTimeout")
                .containsPattern("application.properties:\\d+: camel.server.port: this must be a port from 0 to 65535,"
                        + " not '80000'")
                .contains("routes/refresh.yaml: there is no such file", "`bellwether init`")
                .contains("connections.yaml:3: tools.two.tool: there is no mappings/tools/wotric.yaml.")
                .contains("connections.yaml:5: crms.three.crm: there is no mappings/crms/salseforce.yaml.")
                .contains("health.yaml:1: min_n_flag")
                .contains("overlays/crms/salesfroce.yaml: this is laid on nothing", "Did you mean 'salesforce'?")
                .contains("overlays/tools/wootric.yml: this is laid on nothing. Call it wootric.yaml.")
                .contains("mappings/tools/wootric.yaml:2: labe:");
    }

    @Test
    void aPortThatIsNoneIsToldByCheckAsByRun() {
        var house = new House(home, "http://127.0.0.1:1", "http://127.0.0.1:1").with("BELLWETHER_PORT", "http");
        for (String command : new String[] {"check", "run"}) {
            assertThat(run(house.environment, command, "--home", home.toString()))
                    .isEqualTo(Exit.CONFIGURATION.code());
            assertThat(out.toString() + err)
                    .containsPattern(
                            "application.properties:\\d+: camel.server.port: this must be a port from 0 to 65535,"
                                    + " not 'http'. Set BELLWETHER_PORT.");
        }
    }

    @Test
    void whatEveryStartNeedsIsLookedForBeforeIt() throws Exception {
        var house = new House(home, "http://127.0.0.1:1", "http://127.0.0.1:1");
        Files.delete(home.resolve("config/application.properties"));
        Files.move(home.resolve("routes"), home.resolve("away"));

        for (String command : new String[] {"check", "run"}) {
            assertThat(run(house.environment, command, "--home", home.toString()))
                    .isEqualTo(Exit.CONFIGURATION.code());
            assertThat(out.toString() + err)
                    .contains("config/application.properties: there is no such file. `bellwether init`")
                    .contains("routes: there is no such folder. `bellwether init`")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void withoutAnyConnectionCheckDoesNotKeepSilent() throws Exception {
        run(Map.of(), "init", home.toString());
        Files.writeString(home.resolve("config/connections.yaml"), "# to be written\n");

        assertThat(run(Map.of(), "check", "--home", home.toString())).isEqualTo(Exit.CONFIGURATION.code());
        assertThat(out.toString()).contains("config/connections.yaml: no connection is declared");
    }

    private void overlay(String file) throws Exception {
        Path overlay = home.resolve("config/overlays").resolve(file);
        Files.createDirectories(overlay.getParent());
        Files.writeString(overlay, "label: x\n");
    }

    @Test
    void aFileBesideTheConnectionsStopsEverything() throws Exception {
        run(Map.of(), "init", home.toString());
        Files.writeString(home.resolve("config/health.yaml"), "windows: [last_fortnight]\n");

        assertThat(run(Map.of(), "run", "--home", home.toString())).isEqualTo(Exit.CONFIGURATION.code());
        assertThat(err.toString()).contains("health.yaml:1", "last_fortnight", "nothing can work");
    }

    @Test
    void aConnectionThatIsNotThereIsAUsageMistake() {
        var house = new House(home, "http://127.0.0.1:1", "http://127.0.0.1:1");

        assertThat(run(house.environment, "check", "delighted", "--home", home.toString()))
                .isEqualTo(Exit.USAGE.code());
        assertThat(err.toString().replaceAll("\\s+", " "))
                .contains("delighted", "salesforce, wootric")
                .contains("`bellwether tools delighted` prints a block");
        assertThat(run(house.environment, "sync", "salesforce", "--since", "2026-01-01", "--home", home.toString()))
                .isEqualTo(Exit.USAGE.code());
        assertThat(run(house.environment, "sync", "wootric", "--since", "yesterday", "--home", home.toString()))
                .isEqualTo(Exit.USAGE.code());
        assertThat(run(house.environment, "push", "wootric", "--home", home.toString()))
                .isEqualTo(Exit.USAGE.code());
    }
}
