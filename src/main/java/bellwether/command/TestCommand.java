package bellwether.command;

import bellwether.contract.ContractTrial;
import bellwether.contract.ContractTrial.Expectation;
import bellwether.daemon.Exit;
import bellwether.daemon.Refusal;
import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Does a tool's file do what its contract says? */
@Command(
        name = "test",
        description = {
            "Runs a tool's contract, mappings/contracts/tools/<tool>.yaml, offline: its answers are given to the tool's file as if"
                    + " the tool gave them. Says of each expectation whether it holds, and where not, what was found instead."
                    + " Neither credentials nor a connection are needed.",
            "Ends with 1 if an expectation does not hold, with 3 if one of the two files has a mistake."
        },
        mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {
    private static final String REST = "        ";

    @ParentCommand
    private Bellwether main;

    @Mixin
    private HomeOption home;

    @Parameters(paramLabel = "TOOL", description = "The name of the contract: that of the tool, or <tool>-recorded.")
    private String tool;

    @Option(names = "--whole", description = "Shows differences to their end.")
    private boolean whole;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logs.quiet();
        PrintWriter out = spec.commandLine().getOut();
        Path folder = home.of(main.environment());
        String contract = "mappings/contracts/tools/" + tool + ".yaml";
        if (!Files.exists(folder.resolve(contract))) {
            throw new Refusal(Exit.USAGE, "There is no " + contract + " in " + folder + ".");
        }
        Loaded<ContractTrial> trial = ContractTrial.of(new Configuration(folder, main.environment()), tool);
        if (trial.value() == null) {
            trial.mistakes().forEach(out::println);
            return Exit.CONFIGURATION.code();
        }
        List<Expectation> expectations = run(folder, trial.value());
        long failed = expectations.stream()
                .filter(one -> !one.differences().isEmpty())
                .count();
        out.println(tool + ": " + (failed == 0 ? "does what its contract says" : "does not do what its contract says"));
        expectations.forEach(one -> print(one, out));
        return (failed == 0 ? Exit.OK : Exit.FAILURE).code();
    }

    private List<Expectation> run(Path folder, ContractTrial trial) throws Exception {
        try (Offline offline = new Offline(folder, main.clock())) {
            return trial.run(offline.of(trial.connection(), trial.sender()));
        }
    }

    private void print(Expectation one, PrintWriter out) {
        boolean holds = one.differences().isEmpty();
        out.println(String.format("  %-5s %-12s %d", holds ? "ok" : "FAIL", one.what(), one.size()));
        for (String difference : one.differences()) {
            String text = whole || difference.length() <= 600 ? difference : difference.substring(0, 599) + "…";
            Paragraph.wrap(text, REST, REST + "  ").forEach(out::println);
        }
    }
}
