package bellwether;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.command.Bellwether;
import bellwether.source.Workbook;
import java.io.BufferedWriter;
import java.io.File;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code import} in a process with less memory than its file has text: every row is taken or rejected, once. */
class ImportMemoryTest {
    private static final String NOBODY = "http://127.0.0.1:1";

    /** The command, once for each of the files, in one process. */
    static final class Imports {
        public static void main(String[] args) {
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            for (int i = 1; i < args.length; i++) {
                out.println(">" + args[i]);
                new Bellwether(System::getenv, Clock.systemUTC())
                        .run(out, out, "import", "--connection", "wootric", "--home", args[0], args[i]);
            }
            System.exit(0);
        }
    }

    @TempDir
    private Path folder;

    @Test
    void aFileLargerThanTheMemoryIsTakenInAndAgainWithoutEffectInWhicheverForm() throws Exception {
        taken(9_000, 4_000, 34);
    }

    /** Minutes: {@code mvn -Psoak -Dtest=ImportMemoryTest}. */
    @Test
    @Tag("soak")
    void twoHundredThousandRowsAre() throws Exception {
        taken(200_000, 1_000, 48);
    }

    private void taken(int rows, int letters, int megabytes) throws Exception {
        House house = new House(folder, NOBODY, NOBODY).overlay("tools/wootric.yaml", """
                file:
                  map: {id: Response ID, survey: Survey, email: E-mail, score: Score, comment: Comment, answered_at: Date}
                  time_formats: [iso]
                """);
        String text = "All of it works, and some of it well. ".repeat(letters / 38);
        Path csv = folder.resolve("answers.csv");
        Path lines = folder.resolve("answers.ndjson");
        StringBuilder sheet = new StringBuilder();
        try (BufferedWriter plain = Files.newBufferedWriter(csv);
                BufferedWriter json = Files.newBufferedWriter(lines)) {
            plain.write("Response ID,Survey,E-mail,Score,Comment,Date\n");
            sheet.append(row("Response ID", "Survey", "E-mail", "Score", "Comment", "Date"));
            for (int i = 0; i < rows; i++) {
                String score = i % 100 == 7 ? "11" : Integer.toString(i % 11);
                String day = String.format(Locale.ROOT, "2026-%02d-%02dT10:00:00Z", 1 + i % 10, 1 + i % 28);
                String mail = "p" + i % 997 + "@filed.test";
                plain.write("f" + i + ",31," + mail + "," + score + ",\"" + text + i + "\"," + day + "\n");
                json.write("{\"Response ID\":\"f" + i + "\",\"Survey\":\"31\",\"E-mail\":\"" + mail + "\",\"Score\":"
                        + score + ",\"Comment\":\"" + text + i + "\",\"Date\":\"" + day + "\"}\n");
                sheet.append(row("f" + i, "31", mail, score, text + i, day));
            }
        }
        assertThat(Files.size(csv)).isGreaterThan(megabytes << 20);
        Path book = Workbook.with(folder.resolve("answers.xlsx"), sheet.toString());

        List<String> said = imported(house, megabytes, csv, csv, lines, book);

        int rejected = (rows + 92) / 100;
        String again =
                String.format(Locale.ROOT, "wootric: %,d rows read, 0 new, 0 changed, %,d rejected", rows, rejected);
        assertThat(said)
                .filteredOn(line -> line.startsWith("wootric: "))
                .containsExactly(
                        again.replace(" 0 new", String.format(Locale.ROOT, " %,d new", rows - rejected)),
                        again,
                        again,
                        again);
        assertThat(count("SELECT count(*) FROM response")).isEqualTo(rows - rejected);
        assertThat(count("SELECT count(*) FROM response_version")).isEqualTo(rows - rejected);
        for (String file : List.of("answers.rejected.csv", "answers.rejected.ndjson")) {
            try (var refused = Files.lines(folder.resolve("data/in/wootric/rejected/" + file))) {
                assertThat(refused.filter(line -> line.contains("SCORE_OUT_OF_RANGE")))
                        .hasSize(rejected);
            }
        }
    }

    @Test
    void aWorkbookWhoseTextsDoNotFitIsRefusedBeforeTheyAreRead() throws Exception {
        House house = new House(folder, NOBODY, NOBODY).overlay("tools/wootric.yaml", """
                file:
                  map: {id: id, email: id, answered_at: at}
                  time_formats: [iso]
                """);
        String text = "<si><t>" + "x".repeat(1000) + "</t></si>";
        Path book = Workbook.with(folder.resolve("texts.xlsx"), text.repeat(11_000), row("id", "at"));

        assertThat(String.join("\n", imported(house, 40, book)))
                .contains("FILE_UNREADABLE: The workbook's texts take 10 MB", "save it as CSV");
    }

    private static String row(String... cells) {
        StringBuilder row = new StringBuilder("<row>");
        for (String cell : cells) {
            row.append("<c t=\"inlineStr\"><is><t>").append(cell).append("</t></is></c>");
        }
        return row.append("</row>").toString();
    }

    private List<String> imported(House house, int megabytes, Path... files) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Imports.class.getName(),
                folder.toString()));
        for (Path file : files) {
            command.add(file.toString());
        }
        File said = folder.resolve("said.txt").toFile();
        ProcessBuilder java =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said);
        java.environment().putAll(house.environment);
        Process process = java.start();
        try {
            assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(said.toPath());
        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    private long count(String query) throws Exception {
        try (var store = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/bellwether.db"));
                var rows = store.createStatement().executeQuery(query)) {
            return rows.getLong(1);
        }
    }
}
