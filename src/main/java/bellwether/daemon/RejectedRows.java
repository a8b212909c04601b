package bellwether.daemon;

import bellwether.source.FileReader.Rejected;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a file that could not be used, with line and reason, in a file of the same columns: corrected, it can be taken in again.
 * It is made when the first row is rejected.
 */
final class RejectedRows implements AutoCloseable {
    private static final CsvMapper CSV = new CsvMapper();
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String LINE = "bellwether_line";
    static final String REASON = "bellwether_reason";

    private final Path file;
    private final List<String> columns;
    private BufferedWriter writer;

    /** @param columns of the file that is read; empty for lines of JSON */
    RejectedRows(Path folder, String name, List<String> columns) {
        String plain = name.replaceFirst("(?i)(\\.gz)?$", "").replaceFirst("\\.[^.]*$", "");
        this.file = folder.resolve(plain + ".rejected" + (columns.isEmpty() ? ".ndjson" : ".csv"));
        this.columns = columns;
    }

    Path file() {
        return file;
    }

    void add(List<Rejected> rejected) throws IOException {
        if (rejected.isEmpty()) {
            return;
        }
        if (writer == null) {
            Files.createDirectories(file.getParent());
            writer = Files.newBufferedWriter(part());
            if (!columns.isEmpty()) {
                List<String> header = new ArrayList<>(columns);
                header.removeAll(List.of(LINE, REASON));
                header.addAll(List.of(LINE, REASON));
                writer.write(line(header));
            }
        }
        for (Rejected one : rejected) {
            writer.write(columns.isEmpty() ? json(one) : line(values(one)));
        }
    }

    private List<String> values(Rejected one) {
        List<String> values = new ArrayList<>();
        for (String column : columns) {
            if (!column.equals(LINE) && !column.equals(REASON)) {
                values.add(one.row().record().path(column).asText(""));
            }
        }
        values.add(Long.toString(one.row().line()));
        values.add(one.code() + ": " + one.reason());
        return values;
    }

    private static String json(Rejected one) throws IOException {
        var record = one.row().record().deepCopy();
        record.put(LINE, one.row().line());
        record.put(REASON, one.code() + ": " + one.reason());
        return JSON.writeValueAsString(record) + "\n";
    }

    private static String line(List<String> values) throws IOException {
        return CSV.writer(CsvSchema.emptySchema()).writeValueAsString(values.toArray());
    }

    private Path part() {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /** An earlier one of the same name is replaced; where nothing was rejected this time it goes. */
    @Override
    public void close() throws IOException {
        if (writer == null) {
            Files.deleteIfExists(file);
            return;
        }
        writer.close();
        Files.move(part(), file, StandardCopyOption.REPLACE_EXISTING);
    }
}
