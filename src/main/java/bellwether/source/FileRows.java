package bellwether.source;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * The records of a CSV, NDJSON or XLSX file, read one after the other: memory does not grow with the file, but for texts that the cells of
 * a workbook share. A broken row comes with its reason, and those after it are read all the same.
 */
public interface FileRows extends Iterator<FileRow>, AutoCloseable {
    /** The names of the columns in their order; empty for lines of JSON. */
    List<String> columns();

    @Override
    void close() throws IOException;

    /**
     * Opens a file by its ending: csv, tsv or txt, ndjson or jsonl, xlsx; the first two kinds also with .gz behind it.
     *
     * @param encoding of its text, or null to detect it
     * @param separator between columns, or null to detect it
     * @throws FileUnreadable with a sentence when it is none of these, has no header, or its text is not in that encoding
     */
    static FileRows open(Path file, String encoding, Character separator) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean packed = name.endsWith(".gz");
        String plain = packed ? name.substring(0, name.length() - 3) : name;
        String ending = plain.substring(plain.lastIndexOf('.') + 1);
        if (ending.equals("xlsx") && !packed) {
            return XlsxRows.open(file);
        }
        if (!List.of("csv", "tsv", "txt", "ndjson", "jsonl").contains(ending)) {
            throw new FileUnreadable("The file is none of csv, tsv, txt, ndjson, jsonl (each also with .gz) and xlsx.");
        }
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            FileText text = FileText.open(packed ? new GZIPInputStream(in, 1 << 16) : in, encoding);
            return ending.endsWith("json") || ending.equals("jsonl")
                    ? new JsonRows(text.reader())
                    : CsvRows.open(text.reader(), separator);
        } catch (IOException e) {
            in.close();
            throw FileText.stopped(e, 0);
        } catch (FileUnreadable e) {
            in.close();
            throw e;
        }
    }
}
