package bellwether.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRowsTest {
    @TempDir
    private Path folder;

    private static List<FileRow> read(Path file, String encoding, Character separator) throws IOException {
        List<FileRow> rows = new ArrayList<>();
        try (FileRows open = FileRows.open(file, encoding, separator)) {
            open.forEachRemaining(rows::add);
        }
        return rows;
    }

    private List<FileRow> read(String name, String text) throws IOException {
        return read(Files.writeString(folder.resolve(name), text), null, null);
    }

    private static String value(FileRow row, String column) {
        return row.record().path(column).isNull()
                ? null
                : row.record().path(column).asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theSeparatorIsFoundFromTheHeaderOutsideOfQuotes(String separator) throws IOException {
        String header = String.join(separator, "Response ID", "\"Score, 0; to | 10\t\"", "Comment");
        List<FileRow> rows = read("a.csv", header + "\n" + String.join(separator, "r1", "9", "\"a, b; c | d\t\ne\""));

        assertThat(rows).hasSize(1);
        assertThat(value(rows.get(0), "Response ID")).isEqualTo("r1");
        assertThat(value(rows.get(0), "Score, 0; to | 10")).isEqualTo("9");
        assertThat(value(rows.get(0), "Comment")).isEqualTo("a, b; c | d\t\ne");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"})
    void theEncodingIsFoundOrDeclared(String name) throws IOException {
        String text = "id,comment\n1,Schön & naïve: “très bien”\n";
        boolean marked = name.startsWith("UTF-16");
        Path file =
                Files.write(folder.resolve("b.csv"), (marked ? "\uFEFF" + text : text).getBytes(Charset.forName(name)));

        assertThat(value(read(file, null, null).get(0), "comment")).isEqualTo("Schön & naïve: “très bien”");
        assertThat(value(read(file, name, ',').get(0), "comment")).isEqualTo("Schön & naïve: “très bien”");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstColumn() throws IOException {
        Path file = Files.write(folder.resolve("c.csv"), "\uFEFFid\n1\n".getBytes(StandardCharsets.UTF_8));

        assertThat(value(read(file, null, null).get(0), "id")).isEqualTo("1");
    }

    @Test
    void aWrongEncodingEndsInAnErrorAndNotInOtherLetters() throws IOException {
        Path file = Files.write(folder.resolve("d.csv"), "id,c\n1,\u00fc\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> read(file, "utf-8", null))
                .isInstanceOf(FileUnreadable.class)
                .hasMessageContaining("windows-1252");
        assertThatThrownBy(() -> read(file, "utf-9", null))
                .isInstanceOf(FileUnreadable.class)
                .hasMessageContaining("utf-9");
    }

    @Test
    void brokenRowsAreNamedByLineAndTheirNeighboursLive() throws IOException {
        List<FileRow> rows = read("e.csv", "id,score\n1,9\n\n2,8,surplus\n3\n\"four\nlines\",7\n5,6\n");

        assertThat(rows).extracting(FileRow::line).containsExactly(2L, 4L, 5L, 6L, 8L);
        assertThat(rows).extracting(row -> row.broken() == null).containsExactly(true, false, true, true, true);
        assertThat(rows.get(1).broken()).contains("3 columns", "header 2");
        assertThat(value(rows.get(2), "score")).isNull();
        assertThat(rows.get(2).record().has("score")).isTrue();
    }

    @Test
    void aQuoteThatIsNotClosedIsSaid() throws IOException {
        List<FileRow> rows = read("f.csv", "id,score\n1,9\n2,\"8\n3,7\n");

        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).broken()).contains("quote");
    }

    @Test
    void columnsWithoutANameOrWithOneTwiceStayApart() throws IOException {
        FileRow row = read("g.csv", "id,,Score,Score\n1,2,3,4\n").get(0);

        assertThat(row.record().toString())
                .isEqualTo("{\"id\":\"1\",\"column 2\":\"2\",\"Score\":\"3\",\"Score (2)\":\"4\"}");
    }

    @Test
    void linesOfJsonAreReadOneByOne() throws IOException {
        List<FileRow> rows = read("h.jsonl", "{\"id\":1,\"a\":{\"b\":[2]}}\n\n[1]\n{\"id\":\n{\"id\":2} x\n{\"id\":3}");

        assertThat(rows).extracting(FileRow::line).containsExactly(1L, 3L, 4L, 5L, 6L);
        assertThat(rows).extracting(row -> row.broken() == null).containsExactly(true, false, false, false, true);
        assertThat(rows.get(0).record().at("/a/b/0").asInt()).isEqualTo(2);
    }

    @Test
    void packedTextIsUnpacked() throws IOException {
        Path file = folder.resolve("i.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"id\":1}\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(read(file, null, null)).hasSize(1);
    }

    @Test
    void aWorkbookGivesTextsNumbersAndDates() throws IOException {
        List<FileRow> rows = read(Workbook.of(folder.resolve("j.xlsx")), null, null);

        assertThat(rows).extracting(FileRow::line).containsExactly(2L, 3L);
        assertThat(rows.get(0).record().toString())
                .isEqualTo(
                        "{\"id\":\"r1\",\"score\":\"9\",\"at\":\"2026-05-04T16:30:00\",\"comment\":\"Tr\u00e8s bien\"}");
        assertThat(rows.get(1).record().toString())
                .isEqualTo("{\"id\":\"r2\",\"score\":null,\"at\":\"2026-05-05T00:00:00\",\"comment\":null}");
    }

    @Test
    void oddCellsOfAWorkbookSpoilTheirOwnRowOnly() throws IOException {
        List<FileRow> rows = read(Workbook.with(folder.resolve("odd.xlsx"), """
                        <row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>at</t></is></c></row>
                        <row r="2"><c r="A2"><v>118200000001</v></c><c r="B2" s="1"><v>-5000000</v></c></row>
                        <row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c></row>
                        <row r="4"></row>
                        <row r="6"><c r="A6"><f>1+1</f><v>2</v></c><c r="B6" s="1"><v>1E400</v></c></row>
                        <row r="7"><c r="A7"><v>1E-9999</v></c><c r="B7" s="1"><v>46146.5</v></c></row>"""), null, null);

        assertThat(rows).extracting(FileRow::line).containsExactly(2L, 3L, 4L, 6L, 7L);
        assertThat(rows)
                .extracting(row -> value(row, "id"))
                .containsExactly("118200000001", "true", null, "2", "1E-9999");
        assertThat(value(rows.get(1), "at")).isNull();
        assertThat(value(rows.get(3), "at")).isEqualTo("1E400");
        assertThat(value(rows.get(4), "at")).isEqualTo("2026-05-04T12:00:00");
    }

    @Test
    void whatIsNoTableIsRefusedInASentence() throws IOException {
        assertThatThrownBy(() -> read("k.pdf", "x"))
                .isInstanceOf(FileUnreadable.class)
                .hasMessageContaining("xlsx");
        assertThatThrownBy(() -> read("k.csv", ""))
                .isInstanceOf(FileUnreadable.class)
                .hasMessageContaining("first line");
        assertThatThrownBy(() -> read("k.xlsx", "no zip"))
                .isInstanceOf(FileUnreadable.class)
                .hasMessageContaining("CSV");
    }
}
