package bellwether.command;

import bellwether.contract.Evidence;
import bellwether.daemon.Exit;
import bellwether.daemon.Refusal;
import bellwether.mapping.Configuration;
import bellwether.source.Tool;
import bellwether.source.Traits;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Which survey tools there are files for. */
@Command(
        name = "tools",
        description = {
            "Lists the survey tools that Bellwether has files for: what each supports, how well that is known, and the"
                    + " settings a connection needs. With a name: that one, with a block to paste into"
                    + " config/connections.yaml."
        },
        mixinStandardHelpOptions = true)
final class ToolsCommand implements Callable<Integer> {
    private static final String INDENT = "    ";

    @ParentCommand
    private Bellwether main;

    @Mixin
    private HomeOption home;

    @Parameters(arity = "0..1", paramLabel = "TOOL", description = "Only this one. Default: all.")
    private String only;

    @Option(names = "--markdown", description = "As the table of the README.")
    private boolean markdown;

    @Spec
    private CommandSpec spec;

    private PrintWriter out;

    @Override
    public Integer call() {
        Logs.quiet();
        out = spec.commandLine().getOut();
        var table = new ToolTable(new Configuration(home.of(main.environment()), main.environment()));
        if (only != null && !table.tools().containsKey(only) && table.mistakes().isEmpty()) {
            throw new Refusal(
                    Exit.USAGE,
                    "There is no tool '" + only + "'. There are: "
                            + String.join(", ", table.tools().keySet()) + ".");
        }
        if (markdown) {
            out.print(table.markdown());
        } else {
            table.tools().values().stream()
                    .filter(tool -> only == null || tool.tool().equals(only))
                    .forEach(tool -> tell(tool, table.evidence(tool.tool())));
        }
        table.mistakes().forEach(out::println);
        out.flush();
        return (table.mistakes().isEmpty() ? Exit.OK : Exit.CONFIGURATION).code();
    }

    private void tell(Tool tool, Evidence evidence) {
        Traits traits = Traits.of(tool);
        out.println(tool.tool() + ": " + tool.label());
        if (tool.closed() != null) {
            line("closed since " + tool.closed() + ": history and files only, nothing is asked");
        }
        line(traits.auth() + "; " + traits.paging() + "; new by " + traits.incremental() + "; edits: "
                + traits.edits());
        line("e-mail: " + traits.email() + "; sends: " + traits.sends() + "; webhook: " + traits.webhook() + "; file: "
                + traits.file());
        line("known: " + evidence.documented() + (evidence.documented() == 1 ? " fact" : " facts") + " documented, "
                + evidence.observed() + " observed, " + evidence.assumed() + " assumed");
        line("needs: " + needed(tool));
        if (only != null) {
            if (tool.docs() != null) {
                line("see " + tool.docs());
            }
            out.println();
            out.print(ToolTable.snippet(tool));
        }
    }

    private static String needed(Tool tool) {
        List<String> keys = tool.settings().entrySet().stream()
                .filter(setting -> setting.getValue().required())
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.toList());
        if (tool.baseUrl() == null) {
            keys.add(0, "base_url");
        }
        return keys.isEmpty() ? "the settings of one way of logging in" : String.join(", ", keys);
    }

    private void line(String text) {
        Paragraph.wrap(text, INDENT, INDENT).forEach(out::println);
    }
}
