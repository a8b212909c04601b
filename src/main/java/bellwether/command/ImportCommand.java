package bellwether.command;

import bellwether.daemon.Alone;
import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import bellwether.daemon.FileImport;
import bellwether.daemon.Installation;
import bellwether.daemon.Refusal;
import bellwether.source.Connection;
import bellwether.store.Positions;
import bellwether.store.Runs;
import bellwether.store.Runs.Run;
import bellwether.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** One file with responses, now. */
@Command(
        name = "import",
        description = {
            "Takes in a file with responses that a tool exported: CSV, NDJSON or XLSX, text also with .gz. Its columns are named in the"
                    + " tool's file under `file`. A row that is known already changes nothing, so a file may come twice. Rows that"
                    + " cannot be used are written with line and reason into a file of the same columns: correct it, and import it."
        },
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofSeconds(5);

    @ParentCommand
    private Bellwether main;

    @Mixin
    private HomeOption home;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @Option(
            names = "--connection",
            paramLabel = "NAME",
            required = true,
            description = "Its connection in config/connections.yaml: the responses are kept under that one's source.")
    private String connection;

    @Option(names = "--sends", description = "Its rows say who was asked, and not who answered.")
    private boolean sends;

    @Spec
    private CommandSpec spec;

    private final long began = System.nanoTime();
    private long said = began;
    private PrintWriter out;

    @Override
    public Integer call() throws Exception {
        Logs.quiet();
        out = spec.commandLine().getOut();
        Path folder = home.of(main.environment());
        Installation installation = Installation.load(folder, main.environment());
        installation.sound(connection);
        Connection tool = installation.tools().get(connection);
        if (tool == null) {
            throw new Refusal(Exit.USAGE, connection + " is a CRM: files are read for tools.");
        }
        if (tool.tool().file() == null) {
            throw new Refusal(
                    Exit.CONFIGURATION,
                    "The tool " + tool.tool().tool() + " says nothing of files: add 'file' with its columns to"
                            + " config/overlays/tools/" + tool.tool().tool() + ".yaml.");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Refusal(Exit.USAGE, "There is no file " + file + " that can be read.");
        }
        String url = Daemon.url(folder, installation.settings().store());
        return (Alone.taken(url) ? throughDaemon(tool, folder, url, installation) : here(installation)).code();
    }

    private Exit here(Installation installation) throws InterruptedException {
        try (Daemon daemon = installation.daemon(main.clock())) {
            daemon.startIdle();
            FileImport.Result result = daemon.importNow(connection, file, sends, this::progress);
            Exit exit = told(result.rows(), result.added(), result.changed(), result.rejected(), result.fault());
            if (result.lacks() != null) {
                Paragraph.print(out, "  ", result.lacks());
            }
            return result.lacks() == null ? exit : exit.or(Exit.PARTIAL);
        }
    }

    private void progress(long rows) {
        long now = System.nanoTime();
        if (now - said > EVERY.toNanos()) {
            double seconds = Math.max(0.1, (now - began) / 1e9);
            out.println(String.format(Locale.ROOT, "  %,d rows read, %,.0f/s", rows, rows / seconds));
            out.flush();
            said = now;
        }
    }

    /** The daemon looks into the connection's folder. */
    private Exit throughDaemon(Connection tool, Path home, String url, Installation installation)
            throws IOException, InterruptedException {
        Path folder = FileImport.folder(home, tool);
        Paragraph.print(out, "", connection + ": the running daemon does it, from " + folder);
        try (Store store = Look.store(url, installation.settings().store())) {
            var following = new Following(
                    FileImport.runs(connection), new Runs(store, main.clock()), new Positions(store), out);
            Files.createDirectories(folder);
            String name = (sends ? "sends-" : "") + file.getFileName();
            Path part = Files.copy(file, folder.resolve(name + ".part"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            Run run = following.end().orElse(null);
            if (run == null) {
                String runs = "/api/v1/runs?connection=" + FileImport.runs(connection);
                Paragraph.print(out, "  ", "it has not begun yet; see `GET " + runs + "`");
                return Exit.PARTIAL;
            }
            if (run.fault() != null) {
                Paragraph.print(out, "  ", run.faultCode() + ": " + run.fault());
                return Exit.FAILURE;
            }
            return told(run.seen() + run.setAside(), run.added(), run.changed(), run.setAside(), null);
        }
    }

    private Exit told(long rows, long added, long changed, long rejected, bellwether.nps.Fault fault) {
        String line = sends
                ? String.format(
                        Locale.ROOT, "%s: %,d rows of who was asked read, %,d rejected", connection, rows, rejected)
                : String.format(
                        Locale.ROOT,
                        "%s: %,d rows read, %,d new, %,d changed, %,d rejected",
                        connection,
                        rows,
                        added,
                        changed,
                        rejected);
        Paragraph.print(out, "", line);
        if (rejected > 0) {
            Paragraph.print(out, "  ", "the rejected rows and why: rejected/ in the folder of the connection's files");
        }
        if (fault != null) {
            Paragraph.print(out, "  ", fault.code() + ": " + fault.message() + " " + fault.advice());
            return Exit.FAILURE;
        }
        return rejected > 0 ? Exit.PARTIAL : Exit.OK;
    }
}
