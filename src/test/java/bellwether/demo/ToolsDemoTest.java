package bellwether.demo;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.daemon.Exit;
import bellwether.mapping.Shipped;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The main job with every shipped tool, simulated as its file declares it by code that shares nothing with what reads it: what Salesforce
 * holds in the end is compared with a recount of the simulator's own data.
 */
class ToolsDemoTest {
    private static final Stage.Size SMALL = new Stage.Size(20, 100, 400);

    static List<String> tools() {
        return Shipped.names("mappings/tools");
    }

    @ParameterizedTest(name = "{0}")
    @Timeout(150)
    @MethodSource("tools")
    void everyToolsAnswersBecomeAccountHealth(String tool, @TempDir Path folder) {
        var text = new StringWriter();
        try (Stage stage = Stage.open(folder, tool, SMALL, false, 0, Clock.systemUTC())) {
            Exit exit = played(stage, text);
            assertThat(exit).as(text.toString()).isEqualTo(Exit.OK);
            Recount recount = stage.recount(Clock.systemUTC().instant());
            Comparison result = Comparison.of(recount, stage.salesforce);
            assertThat(result.differences()).as(text.toString()).isEmpty();
            assertThat(result.lost()).isZero();
            assertThat(result.doubled()).isZero();
            assertThat(result.responses()).isGreaterThan(100);
            assertThat(recount.accounts()).hasSizeGreaterThan(5);
            assertThat(text.toString())
                    .contains(
                            stage.tool.label,
                            "RESPONSE RATE",
                            SentCount.of(stage, Clock.systemUTC()).said());
        }
    }

    private static Exit played(Stage stage, StringWriter text) {
        try {
            return new Play(stage, Clock.systemUTC(), new PrintWriter(text, true), false).go(true);
        } catch (InterruptedException e) {
            throw new AssertionError("It takes too long:\n" + text, e);
        }
    }
}
