package bellwether.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;

/** The rows of a workbook's first sheet below its header. Numbers come as they are stored, dates as local date and time in ISO form. */
final class XlsxRows implements FileRows {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final List<String> columns;
    private long line = 1;

    private XlsxRows(ReadableWorkbook workbook, Stream<Row> stream, Iterator<Row> rows, List<String> columns) {
        this.workbook = workbook;
        this.stream = stream;
        this.rows = rows;
        this.columns = columns;
    }

    static XlsxRows open(Path file) throws IOException {
        ReadableWorkbook workbook;
        try {
            affordable(file);
            // with formats, or a date could not be told from a number
            workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true));
        } catch (ExcelReaderException | IOException e) {
            throw new FileUnreadable("The file is no XLSX workbook, or is protected by a password: save it as CSV.");
        }
        Stream<Row> stream = workbook.getFirstSheet().openStream();
        Iterator<Row> rows = stream.iterator();
        if (!rows.hasNext()) {
            workbook.close();
            throw new FileUnreadable("The first sheet is empty: its first row must name the columns.");
        }
        Row header = rows.next();
        String[] names = new String[header.getCellCount()];
        for (int i = 0; i < names.length; i++)
            names[i] = text(header.getOptionalCell(i).orElse(null));
        return new XlsxRows(workbook, stream, rows, Header.of(names));
    }

    /** Rows are read one after the other, but the texts that cells share are kept in memory until the last of them. */
    private static void affordable(Path file) throws IOException {
        long most = Runtime.getRuntime().maxMemory() / 4;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long shared = zip.stream()
                    .filter(part -> part.getName().equalsIgnoreCase("xl/sharedStrings.xml"))
                    .mapToLong(ZipEntry::getSize)
                    .sum();
            if (shared > most)
                throw new FileUnreadable("The workbook's texts take " + (shared >> 20) + " MB, and memory is for "
                        + (most >> 20) + ": save it as CSV, which may be of any size, or give more by -Xmx.");
        }
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public boolean hasNext() {
        try {
            return rows.hasNext();
        } catch (ExcelReaderException | NumberFormatException e) {
            throw new FileUnreadable("After row " + line + " the sheet cannot be read: save it as CSV.");
        }
    }

    @Override
    public FileRow next() {
        if (!hasNext()) throw new NoSuchElementException();
        Row row = rows.next();
        line = row.getRowNum();
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            record.put(columns.get(i), text(row.getOptionalCell(i).orElse(null)));
        }
        String broken = row.getCellCount() > columns.size()
                ? "The row has " + row.getCellCount() + " columns, the header " + columns.size() + "."
                : null;
        return new FileRow(row.getRowNum(), record, broken);
    }

    /** A cell as text; null for an empty one and for an error such as #N/A. */
    private static String text(Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY || cell.getType() == CellType.ERROR) return null;
        if (cell.getType() == CellType.NUMBER && dated(cell.getDataFormatString())) {
            return date(cell);
        }
        String text = cell.getType() == CellType.NUMBER ? number(cell.asNumber()) : cell.getText();
        return text == null || text.isEmpty() ? null : text;
    }

    /** A number that is no date, such as one before the calendar's first day, comes as it is stored. */
    private static String date(Cell cell) {
        try {
            return SECONDS.format(cell.asDate());
        } catch (DateTimeException | ArithmeticException e) {
            return cell.getRawValue();
        }
    }

    /** Without an exponent, unless it would take many digits to say so. */
    private static String number(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return Math.abs(plain.scale()) > 50 ? plain.toString() : plain.toPlainString();
    }

    /** Whether a number format shows a date: it names a year or a day outside of quotes and brackets. */
    private static boolean dated(String format) {
        return format != null
                && format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]", "").matches("(?i).*[yd].*");
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
