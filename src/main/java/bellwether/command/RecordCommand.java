package bellwether.command;

import bellwether.contract.ContractTrial;
import bellwether.contract.Recording;
import bellwether.contract.Scrubbed;
import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import bellwether.daemon.Probes;
import bellwether.daemon.Refusal;
import bellwether.nps.Fault;
import bellwether.source.Connection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What does the tool really answer, so that others can test against it? */
@Command(
        name = "record",
        description = {
            "Makes a contract from a live account: asks the tool as a run would, only for less, and replaces credentials,"
                    + " people, addresses, texts and whatever else its file does not name before anything is written. Times,"
                    + " scores, ids and names of fields stay. The contract is then run offline, as `bellwether test` does.",
            "Ends with 5 if the tool refuses or cannot be reached, with 1 if there is nothing to record or the replayed"
                    + " recording differs; then nothing is written."
        },
        mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
    @ParentCommand
    private Bellwether main;

    @Mixin
    private HomeOption home;

    @Mixin
    private ToolParameter named;

    @ArgGroup
    private Amount amount = new Amount();

    /** How much of each list. */
    private static final class Amount {
        @Option(
                names = "--limit",
                paramLabel = "N",
                description = "How many rows of each list, in two pages. Default: 20.")
        private Integer limit;

        @Option(
                names = "--pages",
                paramLabel = "N",
                description = "Instead: how many pages of each list, of up to 100 rows.")
        private Integer pages;

        private boolean sound() {
            return (limit == null || limit > 0) && (pages == null || pages > 0);
        }

        private Recording.Size size() {
            return pages != null ? Recording.Size.pages(pages) : Recording.Size.rows(limit == null ? 20 : limit);
        }
    }

    @Option(
            names = "--survey",
            paramLabel = "ID",
            split = ",",
            description = "Where the tool is asked survey by survey: which. Default: those that the connection names,"
                    + " else the first three.")
    private Set<String> surveys = Set.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where the file <tool>-recorded.yaml goes. Default: mappings/contracts/tools, where"
                    + " `bellwether test <tool>-recorded` finds it.")
    private Path out;

    @Option(names = "--force", description = "Replaces a file that is there.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logs.quiet();
        Path folder = home.of(main.environment());
        if (!amount.sound()) {
            throw new Refusal(Exit.USAGE, "--limit and --pages must be at least 1.");
        }
        Installation installation = Installation.load(folder, main.environment());
        Connection tool = tool(installation);
        Path file = (out == null ? folder.resolve("mappings/contracts/tools") : out)
                .resolve(tool.tool().tool() + "-recorded.yaml");
        if (Files.exists(file) && !force) {
            throw new Refusal(Exit.USAGE, file + " is there already; --force replaces it.");
        }
        writable(file.toAbsolutePath().getParent());
        Recording recording = recorded(tool, folder, installation);
        try (Offline offline = new Offline(folder, main.clock())) {
            Scrubbed scrubbed = recording.scrubbed(installation.configuration());
            Scrubbed.Result result = scrubbed.contract(offline.of(scrubbed.connection(), scrubbed.sender()));
            if (result.problem() != null) {
                throw differs("the scrubbed recording " + result.problem());
            }
            written(result, file, installation, offline);
            PrintWriter terminal = spec.commandLine().getOut();
            String said = "recorded " + count(result.exchanges(), "exchange") + ", "
                    + count(result.responses(), "response") + "; replayed: same; look through " + file
                    + " before you share it.";
            Paragraph.wrap(said, "", "  ").forEach(terminal::println);
        }
        return Exit.OK.code();
    }

    /** Before anything is asked, so that nothing is asked in vain. */
    private static void writable(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unwritable(folder, e.getClass().getSimpleName());
        }
        if (!Files.isWritable(folder)) {
            throw unwritable(folder, "no permission");
        }
    }

    private static Refusal unwritable(Path folder, String why) {
        return new Refusal(
                Exit.FAILURE,
                "Nothing was recorded: the folder " + folder + " cannot be written (" + why
                        + "). Name another one with --out.");
    }

    private Connection tool(Installation installation) {
        Connection tool = named.of(installation, "it is tools that are recorded");
        if (tool.closed()) {
            throw new Refusal(
                    Exit.FAILURE,
                    tool.name() + " is closed since " + tool.tool().closed() + ": nobody answers any more.");
        }
        return tool;
    }

    private Recording recorded(Connection tool, Path folder, Installation installation) throws Exception {
        var settings = installation.settings();
        var recording = new Recording(tool, amount.size(), surveys(tool), main.clock(), settings.zone());
        try (var probes = new Probes(folder, settings.store(), main.clock())) {
            Fault fault = recording.pull(
                    probes.of(recording.connection(), recording::around),
                    new Patience(tool, spec.commandLine().getErr()));
            if (fault != null) {
                throw new Refusal(
                        Exit.UNREACHABLE,
                        "Nothing was recorded. " + fault.code() + ": " + fault.message() + " " + fault.advice());
            }
        }
        if (recording.empty()) {
            throw new Refusal(
                    Exit.FAILURE,
                    "Nothing was recorded: " + tool.name() + " answers, and has no response of the last "
                            + tool.settings().backfillMonths() + " months"
                            + (tool.tool().parents() == null
                                    ? ". See backfill_months of the connection."
                                    : " in these surveys. Name others with --survey."));
        }
        return recording;
    }

    private Set<String> surveys(Connection tool) {
        if (!surveys.isEmpty() && tool.tool().parents() == null) {
            throw new Refusal(Exit.USAGE, tool.name() + " is not asked survey by survey: leave out --survey.");
        }
        Set<String> named = new HashSet<>(surveys);
        if (named.isEmpty()) {
            var settings = tool.settings();
            for (var some : List.of(settings.npsSurveys(), settings.csatSurveys(), settings.cesSurveys())) {
                named.addAll(some.ids());
            }
        }
        return named;
    }

    /** Puts the file in its place once it has been read again and holds. */
    private void written(Scrubbed.Result result, Path file, Installation installation, Offline offline)
            throws Exception {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(draft, result.yaml());
            var trial = ContractTrial.of(installation.configuration(), draft);
            if (trial.value() == null) {
                throw new Refusal(
                        Exit.FAILURE,
                        "Nothing was written, because it could not be read again: "
                                + trial.mistakes().get(0) + " If it is too large, record less, with --limit.");
            }
            for (var one : trial.value()
                    .run(offline.of(trial.value().connection(), trial.value().sender()))) {
                if (!one.differences().isEmpty()) {
                    throw differs(one.what() + " " + one.differences().get(0));
                }
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static Refusal differs(String how) {
        return new Refusal(
                Exit.FAILURE,
                "Nothing was written, because the recording does not hold when it is replayed: " + how
                        + " Please report it, with the name of the tool.");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
