package bellwether.command;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.House;
import bellwether.daemon.Exit;
import bellwether.mapping.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code tools} over the shipped files. */
class ToolsCommandTest {
    @TempDir
    Path home;

    private String told;

    @BeforeEach
    void layOut() throws IOException {
        for (String folder : new String[] {"config", "mappings"}) {
            House.copy(Path.of(folder), home.resolve(folder));
        }
    }

    private int tools(String... more) {
        StringWriter out = new StringWriter();
        String[] args = new String[more.length + 3];
        System.arraycopy(new String[] {"tools", "--home", home.toString()}, 0, args, 0, 3);
        System.arraycopy(more, 0, args, 3, more.length);
        int exit = new Bellwether(Map.<String, String>of()::get, Clock.systemUTC())
                .run(new PrintWriter(out), new PrintWriter(out), args);
        told = out.toString();
        return exit;
    }

    @Test
    void listsEveryToolWithWhatItSupportsAndHowWellThatIsKnown() throws IOException {
        assertThat(tools()).isZero();

        try (var files = Files.list(Path.of("mappings/tools"))) {
            files.forEach(file ->
                    assertThat(told).contains(file.getFileName().toString().replace(".yaml", "") + ": "));
        }
        assertThat(told).contains("""
                asknicely: AskNicely
                    key in a header; numbered pages; new by time of answer; edits: re-scans,
                    webhook
                    e-mail: in the row; sends: yes; webhook: fixed header; file: –
                    known: 6 facts documented, 0 observed, 3 assumed
                    needs: tenant, api_key
                """);
    }

    @Test
    void saysOfAClosedServiceThatItIsClosed() throws IOException {
        Path file = home.resolve("mappings/tools/retently.yaml");
        Files.writeString(file, Files.readString(file).replace("\nbase_url", "\nclosed: 2026-06-30\nbase_url"));

        assertThat(tools("retently")).isZero();

        assertThat(told).contains("closed since 2026-06-30");
    }

    @Test
    void givesABlockThatIsUnderstoodWithEveryVariableSet() {
        var table = new ToolTable(new Configuration(home, name -> null));
        table.tools().values().forEach(tool -> {
            assertThat(tools(tool.tool())).isZero();
            String block = told.substring(told.indexOf("\ntools:\n") + 1);
            try {
                Files.writeString(home.resolve("config/connections.yaml"), block);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            String value = "https://value.example";
            var loaded = new Configuration(home, name -> name.endsWith("_FILE") ? null : value).settings();
            assertThat(loaded.mistakes()).as(block).isEmpty();
            var connection = loaded.value().tools().get(tool.tool());
            tool.settings()
                    .keySet()
                    .forEach(key -> assertThat(connection.setting(key)).as(key).isEqualTo(value));
        });
        assertThat(table.tools()).isNotEmpty();
    }

    @Test
    void leavesOutWhatIsNotRequired() {
        assertThat(tools("gainsight")).isZero();

        assertThat(told)
                .contains(
                        "    # not confirmed: its name is assumed\n    object: ${GAINSIGHT_OBJECT:NPS_Survey_Response}\n");
    }

    @Test
    void aNameOfNoToolIsRefusedAndABrokenFileIsTold() throws IOException {
        assertThat(tools("nobody")).isEqualTo(Exit.USAGE.code());
        assertThat(told).contains("There is no tool 'nobody'. There are: asknicely, ");

        Path file = home.resolve("mappings/tools/retently.yaml");
        Files.writeString(file, Files.readString(file).replace("/feedback", "feedback"));
        assertThat(tools()).isEqualTo(Exit.CONFIGURATION.code());
        assertThat(told).contains("mappings/tools/retently.yaml").contains("asknicely: AskNicely");
    }
}
