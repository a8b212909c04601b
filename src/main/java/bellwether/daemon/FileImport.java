package bellwether.daemon;

import bellwether.nps.Fault;
import bellwether.source.Connection;
import bellwether.source.FileReader;
import bellwether.source.FileUnreadable;
import bellwether.store.Delivery;
import bellwether.store.Inbox;
import bellwether.store.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in files of one connection. A file that comes again, or whose reading was broken off, changes nothing that is known: rows are
 * known by their ids. One file at a time.
 */
public final class FileImport {
    private static final Logger LOG = LoggerFactory.getLogger(FileImport.class);

    /** What came of a file; {@code rejected} rows stand in {@code rejectedFile}, {@code lacks} says what it was read without, {@code fault} is null if the file was read to its end. */
    public record Result(
            long rows, long added, long changed, long rejected, Path rejectedFile, String lacks, Fault fault) {}

    private final Connection connection;
    private final Path folder;
    private final Inbox inbox;
    private final Runs runs;
    private final Clock clock;

    FileImport(Connection connection, Path folder, Inbox inbox, Runs runs, Clock clock) {
        this.connection = connection;
        this.folder = folder;
        this.inbox = inbox;
        this.runs = runs;
        this.clock = clock;
    }

    /** The folder that is looked into. */
    public static Path folder(Path home, Connection connection) {
        String told = connection.settings().files().folder();
        return home.resolve(told == null ? "data/in/" + connection.name() : told);
    }

    /** The name under which its runs stand beside those of the connection, so that neither ends the other. */
    public static String runs(String connection) {
        return connection + ".files";
    }

    /** For the route {@code files}: reads a file and says into which folder beside it it belongs now, {@code done} or {@code failed}. */
    public String take(String file) {
        Path path = Path.of(file);
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return read(path, name.contains("sends"), "file", rows -> {}).fault() == null ? "done" : "failed";
    }

    /** Reads a file to its end; {@code progress} is told after each batch how many rows are read. */
    synchronized Result read(Path file, boolean sends, String cause, LongConsumer progress) {
        long run = runs.begin(runs(connection.name()), "files", cause);
        long rows = 0;
        long added = 0;
        long changed = 0;
        long rejected = 0;
        Fault fault = null;
        Path rejectedFile = null;
        String lacks = null;
        try (FileReader reader = FileReader.open(connection, file, sends, clock);
                RejectedRows refused = new RejectedRows(
                        folder.resolve("rejected"), file.getFileName().toString(), reader.columns())) {
            rejectedFile = refused.file();
            lacks = reader.lacks();
            if (lacks != null) {
                LOG.warn("{}: file {}: {}", connection.name(), file.getFileName(), lacks);
            }
            for (FileReader.Batch batch = reader.next(); batch.rows() > 0; batch = reader.next()) {
                refused.add(batch.rejected());
                Inbox.Receipt receipt = inbox.accept(delivery(run, batch));
                rows += batch.rows();
                added += receipt.added();
                changed += receipt.changed();
                progress.accept(rows);
                rejected += batch.rejected().size();
                runs.rejected(runs(connection.name()), run, batch.rejected().size());
            }
        } catch (FileUnreadable e) {
            fault = new Fault.Record("files", "FILE_UNREADABLE", e.getMessage(), "Correct it and give it again.");
        } catch (IOException | UncheckedIOException e) {
            fault = new Fault.Transient(
                    "files",
                    "FILE_NOT_READ",
                    "The file cannot be read, or no file can be written beside it.",
                    "Let Bellwether's user read it and write the folder; it is tried again when it is given again.",
                    null);
        } catch (RuntimeException e) {
            fault = Broken.fault("files", e);
        }
        String status = fault != null ? "failed" : rejected > 0 ? "partial" : "ok";
        runs.end(runs(connection.name()), run, status, fault);
        LOG.info(
                "{}: file {}: {} rows read, {} new, {} changed, {} rejected",
                connection.name(),
                file.getFileName(),
                rows,
                added,
                changed,
                rejected);
        if (fault != null) {
            LOG.warn("{}: {}: {} {}", connection.name(), fault.code(), fault.message(), fault.advice());
        }
        return new Result(rows, added, changed, rejected, rejected > 0 ? rejectedFile : null, lacks, fault);
    }

    private Delivery delivery(long run, FileReader.Batch batch) {
        return new Delivery(
                runs(connection.name()),
                run,
                connection.source(),
                true,
                batch.responses(),
                batch.people(),
                batch.sends(),
                List.of(),
                List.of(),
                List.of());
    }
}
