package bellwether;

import bellwether.nps.Fault;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ServiceLoader;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;

/** The command line. A command that starts a {@link Daemon} is one file beside this one. */
@Command(
        name = "bellwether",
        description = {
            "Pulls NPS responses from survey tools, matches them to the contacts and accounts of a CRM, keeps every"
                    + " account's NPS and health up to date there.",
            ""
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
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
public final class Main {
    private final Function<String, String> environment;
    private final Clock clock;

    /** @param environment null for a variable that is not set */
    Main(Function<String, String> environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    public static void main(String[] args) {
        System.exit(new Main(System::getenv, Clock.systemUTC())
                .run(writer(FileDescriptor.out), writer(FileDescriptor.err), args));
    }

    /** UTF-8 whatever the locale says: people's names and comments come in every script. */
    private static PrintWriter writer(FileDescriptor to) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(to), StandardCharsets.UTF_8), true);
    }

    /** Runs one command and returns its exit code, one of {@link Exit}. */
    int run(PrintWriter out, PrintWriter err, String... args) {
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
        line.getSubcommands().values().forEach(Main::foot);
    }

    private static int failed(Exception thrown, PrintWriter err) {
        if (thrown instanceof Refusal refusal) {
            err.println(refusal.getMessage());
            return refusal.exit().code();
        }
        var fault = Broken.fault("command", thrown);
        err.println(fault.code() + ": " + fault.message() + " " + fault.advice());
        if (fault instanceof Fault.Bug) {
            thrown.printStackTrace(err);
        }
        return fault instanceof Fault.Transient ? Exit.UNREACHABLE.code() : Exit.FAILURE.code();
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

    /** Ends a command, or a start, with a message for people. */
    public static final class Refusal extends IllegalStateException {
        private static final long serialVersionUID = 1;
        private final Exit exit;

        public Refusal(Exit exit, String message) {
            super(message);
            this.exit = exit;
        }

        public Exit exit() {
            return exit;
        }
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {VersionCommand.text()};
        }
    }
}
