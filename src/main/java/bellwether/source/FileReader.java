package bellwether.source;

import bellwether.mapping.FieldRule;
import bellwether.mapping.Row;
import bellwether.mapping.Template;
import bellwether.mapping.Word;
import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.Send;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads a connection's file a batch of rows at a time, by the columns that its tool's file names. */
public final class FileReader implements AutoCloseable {
    private static final int ROWS = 1000;

    /** Rows that were read. {@code rejected} are those that could not be used. */
    public record Batch(List<Response> responses, List<Respondent> people, List<Send> sends, List<Rejected> rejected) {
        /** How many rows the batch is made of. */
        public int rows() {
            return responses.size() + sends.size() + rejected.size();
        }
    }

    /** A row that cannot be used, and why. */
    public record Rejected(FileRow row, String code, String reason) {}

    private final FileRows rows;
    private final Records records;
    private final boolean sends;
    private final String lacks;
    private int headers;

    /** @param headers how many rows below the names of the columns may explain these */
    private FileReader(FileRows rows, Records records, boolean sends, String lacks, int headers) {
        this.rows = rows;
        this.records = records;
        this.sends = sends;
        this.lacks = lacks;
        this.headers = headers;
    }

    /**
     * Opens a file of a connection.
     *
     * @param sends whether its rows say who was asked, and not who answered
     * @throws FileUnreadable with a sentence when the file, or the tool's file, does not allow it
     */
    public static FileReader open(Connection connection, Path file, boolean sends, Clock clock) throws IOException {
        Tool.RowFile columns = connection.tool().file();
        if (columns == null)
            throw new FileUnreadable("The tool " + connection.tool().tool()
                    + " says nothing of files: add 'file' with its" + " columns to config/overlays/tools/"
                    + connection.tool().tool() + ".yaml.");
        if (sends && columns.sends() == null)
            throw new FileUnreadable("The tool " + connection.tool().tool() + " says nothing of files of sends: add"
                    + " 'file.sends' to config/overlays/tools/"
                    + connection.tool().tool() + ".yaml.");
        var files = connection.settings().files();
        FileRows rows = FileRows.open(file, files.encoding(), files.separator());
        List<String> missing = rows.columns().isEmpty() ? List.of() : missing(columns, sends, rows.columns());
        if (!missing.isEmpty()) {
            rows.close();
            throw new FileUnreadable("The file has no column " + String.join(" and none ", missing) + "; it has "
                    + String.join(", ", rows.columns()) + ". Correct the file, or name its columns in"
                    + " config/overlays/tools/" + connection.tool().tool() + ".yaml under file.");
        }
        return new FileReader(
                rows,
                new Records(connection, clock).filed(columns),
                sends,
                sends ? null : lacking(connection, rows.columns()),
                columns.headerRows() - 1);
    }

    /** Places that are columns and must be there: when it was answered or sent. */
    private static List<String> missing(Tool.RowFile columns, boolean sends, List<String> there) {
        var map = sends ? columns.sends() : columns.map();
        var word = sends ? Word.SENT_AT : Word.ANSWERED_AT;
        var rule = map.get(word);
        return rule == null || rule.paths().isEmpty() || rule.paths().stream().anyMatch(there::contains)
                ? List.of()
                : List.of("'" + rule.paths().get(0) + "'");
    }

    /** Where no column is one of the score's: what follows, and what to do. Files may leave out what is known already. */
    private static String lacking(Connection connection, List<String> there) {
        FieldRule score = connection.tool().file().map().get(Word.SCORE);
        if (there.isEmpty() || score == null || score.list() != null) return null;
        List<String> names = score.paths().stream()
                .map(path -> Template.of(path).fill(connection::setting))
                .filter(java.util.Objects::nonNull)
                .toList();
        return names.stream().anyMatch(name -> name.startsWith("$") || there.contains(name))
                ? null
                : "The file has no column with a score"
                        + (names.isEmpty() ? "" : ", '" + String.join("' or '", names) + "'")
                        + "; it has " + String.join(", ", there)
                        + ". New answers of it are kept and count for nothing. Name the"
                        + " column in the connection's settings or in config/overlays/tools/"
                        + connection.tool().tool() + ".yaml under file, and give it again.";
    }

    /** What the file lacks and is read without, in a sentence; or null. */
    public String lacks() {
        return lacks;
    }

    /** The names of the columns in their order; empty for lines of JSON. */
    public List<String> columns() {
        return rows.columns();
    }

    /** The first rows, with what is read of each; nothing else is read then. */
    public List<Sample.Line> sample(int limit, Tool tool) {
        var map = sends ? tool.file().sends() : tool.file().map();
        List<Sample.Line> lines = new ArrayList<>();
        while (rows.hasNext() && lines.size() < limit) {
            FileRow row = rows.next();
            if (explains(row)) continue;
            lines.add(
                    row.broken() != null
                            ? Sample.Line.broken(row)
                            : Sample.Line.of(
                                    row.record(),
                                    true,
                                    sends ? records.send(row.record()) : records.response(row.record()),
                                    map,
                                    records));
        }
        return lines;
    }

    /** The next rows; empty at the end of the file. */
    public Batch next() {
        var batch = new Batch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        while (rows.hasNext() && batch.rows() < ROWS) {
            FileRow row = rows.next();
            if (explains(row)) continue;
            if (row.broken() != null) batch.rejected().add(new Rejected(row, "ROW_BROKEN", row.broken()));
            else read(row, batch);
        }
        return batch;
    }

    /** One of the rows above the records; a file from which somebody took them begins with a record, which has a date or a score. */
    private boolean explains(FileRow row) {
        if (headers == 0) return false;
        headers--;
        Row read = (sends ? records.send(row.record()) : records.response(row.record())).row();
        boolean record =
                Stream.of(Word.ANSWERED_AT, Word.SENT_AT, Word.SCORE).anyMatch(word -> read.value(word) != null);
        if (record) headers = 0;
        return !record;
    }

    private void read(FileRow row, Batch batch) {
        Respondent person;
        if (sends) {
            Records.Read<Send> read = records.send(row.record());
            if (read.setAside() != null) {
                batch.rejected().add(rejected(row, read.setAside().fault()));
                return;
            }
            batch.sends().add(read.value());
            person = records.inline(read.row());
        } else {
            Records.Read<Response> read = records.response(row.record());
            if (read.setAside() != null) {
                batch.rejected().add(rejected(row, read.setAside().fault()));
                return;
            }
            batch.responses().add(read.value());
            person = records.inline(read.row());
        }
        if (person != null) batch.people().add(person);
    }

    private static Rejected rejected(FileRow row, Fault.Record fault) {
        return new Rejected(row, fault.code(), fault.message());
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
