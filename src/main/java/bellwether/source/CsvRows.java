package bellwether.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;

/** Lines of columns (RFC 4180) below a header. An empty column is "nothing", a row with more columns than the header is broken. */
final class CsvRows implements FileRows {
    private static final char[] SEPARATORS = {',', ';', '\t', '|'};
    private static final int HEADER = 1 << 16;
    private static final CsvMapper CSV = new CsvMapper();

    private final BufferedReader reader;
    private final MappingIterator<String[]> rows;
    private final List<String> columns;
    private boolean over;

    private CsvRows(BufferedReader reader, MappingIterator<String[]> rows, List<String> columns) {
        this.reader = reader;
        this.rows = rows;
        this.columns = columns;
    }

    static CsvRows open(BufferedReader reader, Character separator) throws IOException {
        CsvSchema schema = CsvSchema.emptySchema()
                .withColumnSeparator(separator == null ? separator(reader) : separator)
                .withNullValue("");
        MappingIterator<String[]> rows = CSV.readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                .with(schema)
                .readValues(reader);
        if (!rows.hasNextValue()) throw new FileUnreadable("The file is empty: its first line must name the columns.");
        return new CsvRows(reader, rows, Header.of(rows.nextValue()));
    }

    /** The candidate that divides the first line most often, outside of quotes. */
    private static char separator(BufferedReader reader) throws IOException {
        reader.mark(HEADER);
        char[] start = new char[HEADER];
        int length = Math.max(0, reader.read(start, 0, HEADER));
        reader.reset();
        int[] count = new int[SEPARATORS.length];
        boolean quoted = false;
        for (int i = 0; i < length && (quoted || start[i] != '\n' && start[i] != '\r'); i++) {
            quoted ^= start[i] == '"';
            for (int s = 0; s < SEPARATORS.length && !quoted; s++) count[s] += start[i] == SEPARATORS[s] ? 1 : 0;
        }
        int best = 0;
        for (int s = 1; s < SEPARATORS.length; s++) best = count[s] > count[best] ? s : best;
        return SEPARATORS[best];
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public boolean hasNext() {
        try {
            return !over && rows.hasNextValue();
        } catch (JsonProcessingException e) {
            return true; // next() says what is wrong
        } catch (IOException e) {
            throw FileText.stopped(e, rows.getCurrentLocation().getLineNr());
        }
    }

    @Override
    public FileRow next() {
        if (over) throw new NoSuchElementException();
        long line = rows.getCurrentLocation().getLineNr();
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        try {
            String[] values = rows.nextValue();
            for (int i = 0; i < columns.size(); i++) record.put(columns.get(i), i < values.length ? values[i] : null);
            return values.length <= columns.size()
                    ? new FileRow(line, record, null)
                    : new FileRow(
                            line,
                            record,
                            "The row has " + values.length + " columns, the header " + columns.size()
                                    + ": is a text with the separator not in quotes?");
        } catch (JsonProcessingException | RuntimeJsonMappingException e) {
            // The parser stands in the middle of a text: nothing after it can be told apart.
            over = true;
            return new FileRow(line, record, "From here on the file cannot be read: a quote is not closed.");
        } catch (IOException e) {
            throw FileText.stopped(e, rows.getCurrentLocation().getLineNr());
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
        reader.close();
    }
}
