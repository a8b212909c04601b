package bellwether.command;

import bellwether.admin.Json;
import bellwether.daemon.Declared;
import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import bellwether.daemon.Probes;
import bellwether.daemon.Refusal;
import bellwether.match.Matcher;
import bellwether.nps.Fault;
import bellwether.source.Connection;
import bellwether.source.FileReader;
import bellwether.source.FileUnreadable;
import bellwether.source.Sample;
import bellwether.source.Tool;
import bellwether.store.MatchTrial;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What does Bellwether make of what the tool says? */
@Command(
        name = "try",
        description = {
            "Shows a few records of a tool as they come, what is read of each and from which place, and whom it would be"
                    + " matched to; then the same of those who were asked, where the tool tells. Nothing is kept: no position, no response. Texts and addresses are shown, secrets never.",
            "Ends with 4 if a record cannot be used, with 5 if the tool refuses or cannot be reached."
        },
        mixinStandardHelpOptions = true)
final class TryCommand implements Callable<Integer> {
    @ParentCommand
    private Bellwether main;

    @Mixin
    private HomeOption home;

    @Mixin
    private ToolParameter named;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many records. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "Reads this file as `import` would, and asks the tool nothing.")
    private Path file;

    @Option(names = "--sends", description = "The file's rows say who was asked, and not who answered.")
    private boolean sends;

    @Option(names = "--json", description = "Prints JSON, nothing cut.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logs.quiet();
        PrintWriter out = spec.commandLine().getOut();
        if (limit < 1) {
            throw new Refusal(Exit.USAGE, "--limit must be at least 1.");
        }
        Path folder = home.of(main.environment());
        Installation installation = Installation.load(folder, main.environment());
        Connection tool = named.of(installation, "it is tools that are tried");
        Sample.Result sample = file == null ? asked(tool, folder, installation) : read(tool);
        Tried tried = Look.into(folder, installation.settings().store(), store -> {
                    var matcher =
                            new Matcher(Declared.keys(installation.settings().health()));
                    var trial = new MatchTrial(store, matcher);
                    return tried(tool, sample, trial.directory() ? trial : null);
                })
                .orElseGet(() -> tried(tool, sample, null));
        String text = json
                ? Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(tried)
                : String.join(System.lineSeparator(), TriedText.of(tried, file == null ? asked(tool) : null));
        out.println(hidden(text, tool));
        return tried.exit().code();
    }

    /** What to say where the tool has no list of those who were asked. */
    private String asked(Connection tool) {
        Tool.RowFile files = tool.tool().file();
        return "Who was asked is told by no list of " + tool.tool().label()
                + (files == null || files.sends() == null
                        ? "."
                        : ": it can come as a file, see `bellwether import --sends`.");
    }

    private Sample.Result asked(Connection tool, Path folder, Installation installation) throws Exception {
        if (tool.closed()) {
            throw new Refusal(
                    Exit.FAILURE,
                    tool.name() + " is closed since " + tool.tool().closed() + ": try a file, with --file.");
        }
        try (var probes = new Probes(folder, installation.settings().store(), main.clock())) {
            return Sample.of(
                    tool,
                    probes.of(tool),
                    main.clock(),
                    limit,
                    new Patience(tool, spec.commandLine().getErr()));
        }
    }

    private Sample.Result read(Connection tool) throws Exception {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Refusal(Exit.USAGE, "There is no file " + file + " that can be read.");
        }
        try (FileReader reader = FileReader.open(tool, file, sends, main.clock())) {
            return new Sample.Result(reader.sample(limit, tool.tool()), null, null);
        } catch (FileUnreadable e) {
            throw new Refusal(Exit.FAILURE, e.getMessage());
        }
    }

    private Tried tried(Connection tool, Sample.Result sample, MatchTrial trial) {
        Fault fault = sample.fault();
        return new Tried(
                tool.name(),
                trial != null,
                lines(sample.lines(), tool, trial),
                sample.sends() == null ? null : lines(sample.sends(), tool, trial),
                Tried.Problem.of(fault));
    }

    private static List<Tried.Line> lines(List<Sample.Line> lines, Connection tool, MatchTrial trial) {
        return lines.stream()
                .map(line -> Tried.line(line, tool.source(), trial))
                .toList();
    }

    /** Without any secret of the connection, should the tool repeat one. */
    private static String hidden(String text, Connection tool) {
        String hidden = text;
        for (var setting : tool.tool().settings().entrySet()) {
            String secret = tool.setting(setting.getKey());
            if (setting.getValue().secret() && secret != null && !secret.isBlank()) {
                hidden = hidden.replace(secret, "•••");
            }
        }
        return hidden;
    }
}
