package bellwether.command;

import bellwether.admin.Comparer;
import bellwether.admin.ComparisonView;
import bellwether.admin.Json;
import bellwether.daemon.Daemon;
import bellwether.daemon.Declared;
import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import bellwether.daemon.Refusal;
import bellwether.mapping.Settings;
import bellwether.nps.Rounding;
import bellwether.nps.Window;
import bellwether.store.Store;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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

    @Parameters(paramLabel = "CONNECTION", description = "The tool's name in config/connections.yaml.")
    private String connection;

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
        installation.sound(connection);
        if (!installation.tools().containsKey(connection)) {
            throw new Refusal(Exit.USAGE, connection + " is a CRM: only a tool shows an NPS of its own.");
        }
        BigDecimal number = understood("--theirs", () -> Comparer.theirs(theirs));
        Rounding how = understood("--rounding", () -> Comparer.rounding(number, rounding));
        ComparisonView view = view(folder, installation, number, how);
        if (json) {
            out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(view));
        } else {
            ComparisonText.print(view, out);
        }
        return (view.explained() ? Exit.OK : Exit.PARTIAL).code();
    }

    private ComparisonView view(Path folder, Installation installation, BigDecimal number, Rounding how) {
        Settings settings = installation.settings();
        var rules = Declared.rules(settings);
        Window asked = window == null
                ? rules.window()
                : understood("--window", () -> settings.health().window(window));
        Settings.Store at = settings.store();
        String url = Daemon.url(folder, at);
        if (url.startsWith("jdbc:sqlite:") && !Files.exists(Path.of(url.substring("jdbc:sqlite:".length())))) {
            throw new Refusal(
                    Exit.FAILURE,
                    "There is no store yet: read the tool first, by `bellwether sync " + connection + "`.");
        }
        try (Store store = Store.look(
                url, at.user(), at.password() == null ? null : at.password().reveal())) {
            String source = installation.tools().get(connection).source();
            return new Comparer(store, rules, main.clock()).compare(connection, source, asked, number, how);
        }
    }

    private static <T> T understood(String option, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new Refusal(Exit.USAGE, option + ": " + e.getMessage());
        }
    }
}
