package bellwether.command;

import bellwether.admin.Comparer;
import bellwether.admin.ComparisonView;
import bellwether.admin.Json;
import bellwether.daemon.Declared;
import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import bellwether.daemon.Refusal;
import bellwether.mapping.Settings;
import bellwether.nps.Rounding;
import bellwether.nps.Window;
import bellwether.source.Connection;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Why does the tool show another number? */
@Command(
        name = "compare",
        description = {
            "Explains why a tool shows another NPS than Bellwether does: from everything the tool could count, step by"
                    + " step to our figure, with the steps at which its number is met, and the ways of counting that"
                    + " give it. Reads the store only; a daemon may be running. Ends with 4 if nothing gives the number."
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @ParentCommand
    private Bellwether main;

    @Mixin
    private HomeOption home;

    @Mixin
    private ToolParameter named;

    @Option(names = "--theirs", paramLabel = "NPS", required = true, description = "The number the tool shows: 41.")
    private String theirs;

    @Option(
            names = "--window",
            paramLabel = "WINDOW",
            description =
                    "As in config/health.yaml, or two dates: 2026-01-01..2026-03-31. Default: the first window there.")
    private String window;

    @Option(
            names = "--rounding",
            paramLabel = "HOW",
            description = "How the tool rounds: integer or one_decimal. Default: as its number looks.")
    private String rounding;

    @Option(names = "--json", description = "Prints what GET /api/v1/connections/{name}/compare answers.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        Logs.quiet();
        PrintWriter out = spec.commandLine().getOut();
        Path folder = home.of(main.environment());
        Installation installation = Installation.load(folder, main.environment());
        Connection tool = named.of(installation, "only a tool shows an NPS of its own");
        BigDecimal number = understood("--theirs", () -> Comparer.theirs(theirs));
        Rounding how = understood("--rounding", () -> Comparer.rounding(number, rounding));
        ComparisonView view = view(folder, installation.settings(), tool, number, how);
        if (json) {
            out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(view));
        } else {
            ComparisonText.print(view, out);
        }
        return (view.explained() ? Exit.OK : Exit.PARTIAL).code();
    }

    private ComparisonView view(Path folder, Settings settings, Connection tool, BigDecimal number, Rounding how) {
        var rules = Declared.rules(settings);
        Window asked = window == null
                ? rules.window()
                : understood("--window", () -> settings.health().window(window));
        return Look.into(folder, settings.store(), store -> new Comparer(store, rules, main.clock())
                        .compare(tool.name(), tool.source(), asked, number, how))
                .orElseThrow(() -> new Refusal(
                        Exit.FAILURE,
                        "There is no store yet: read the tool first, by `bellwether sync " + tool.name() + "`."));
    }

    private static <T> T understood(String option, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new Refusal(Exit.USAGE, option + ": " + e.getMessage());
        }
    }
}
