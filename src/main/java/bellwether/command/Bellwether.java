package bellwether.command;

import bellwether.daemon.Broken;
import bellwether.daemon.Exit;
import bellwether.daemon.Refusal;
import bellwether.nps.Fault;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ServiceLoader;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The command line. Each command is one file beside this one. */
@Command(
        name = "bellwether",
        description = {
            "Pulls NPS responses from survey tools, matches them to the contacts and accounts of a CRM, keeps every"
                    + " account's NPS and health up to date there.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Bellwether.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            TryCommand.class,
            RecordCommand.class,
            TestCommand.class,
            SyncCommand.class,
            ImportCommand.class,
            PushCommand.class,
            CompareCommand.class,
            ToolsCommand.class,
            InitCommand.class,
            VersionCommand.class,
            HelpCommand.class
        })
public final class Bellwether {
    private final Function<String, String> environment;
    private final Clock clock;

    /** @param environment null for a variable that is not set */
    public Bellwether(Function<String, String> environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** Runs one command and returns its exit code, one of {@link Exit}. */
    public int run(PrintWriter out, PrintWriter err, String... args) {
        return line(out, err).execute(args);
    }

    CommandLine line(PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(this);
        ServiceLoader.load(Further.class).forEach(line::addSubcommand);
        line.setOut(out).setErr(err).setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setUsageHelpAutoWidth(false).setUsageHelpWidth(80);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, command.getErr()));
        foot(line);
        return line;
    }

    private static void foot(CommandLine line) {
        var usage = line.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(Exit.list());
        usage.sortOptions(false);
        line.getSubcommands().values().forEach(Bellwether::foot);
    }

    private static int failed(Exception thrown, PrintWriter err) {
        if (thrown instanceof Refusal refusal) {
            refusal.getMessage().lines().forEach(line -> said(line, err));
            return refusal.exit().code();
        }
        var fault = Broken.fault("command", thrown);
        Paragraph.print(err, "", fault.code() + ": " + fault.message() + " " + fault.advice());
        if (fault instanceof Fault.Bug) {
            thrown.printStackTrace(err);
        }
        return fault instanceof Fault.Transient ? Exit.UNREACHABLE.code() : Exit.FAILURE.code();
    }

    /** A line that is indented is one of a list, and stays one. */
    private static void said(String line, PrintWriter err) {
        if (line.startsWith(" ")) {
            err.println(line);
        } else {
            Paragraph.print(err, "", line);
        }
    }

    /** The environment that commands fill the configuration from. */
    public Function<String, String> environment() {
        return environment;
    }

    public Clock clock() {
        return clock;
    }

    /** A command that is found, not listed here: so that nothing but the demo depends on the simulators. */
    public interface Further {}

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {VersionCommand.text()};
        }
    }
}
