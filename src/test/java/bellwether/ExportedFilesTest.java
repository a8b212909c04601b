package bellwether;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.command.Bellwether;
import bellwether.daemon.Exit;
import bellwether.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as the tools export them, with the rows they write above the answers, taken in by the columns that the shipped files name. */
class ExportedFilesTest {
    private static final Path FILES = Path.of("src/test/resources/exports");

    @TempDir
    private Path home;

    private House house;

    /**
     * A tool's file and what it must give.
     *
     * @param settings of the connection
     * @param rows id, score, time, e-mail address, channel, comment; what is not known is a dash
     * @param rejected ids
     */
    private record Export(String tool, String settings, List<String> rows, List<String> rejected) {
        @Override
        public String toString() {
            return tool;
        }
    }

    static Stream<Export> exports() {
        return Stream.of(
                new Export(
                        "qualtrics",
                        "data_center: fra1, api_token: told, score_column: Q1, comment_column: Q2, zone: Europe/Berlin",
                        List.of(
                                "R_1ab 9 2026-11-04T22:20:11Z ada@acme.test email Solid, and\nwell supported",
                                "R_2cd 0 2026-11-05T07:01:02Z - anonymous -",
                                "R_3ef - 2026-11-12T08:00:00Z bo@beta.test email -"),
                        List.of("R_4gh")),
                new Export(
                        "surveymonkey",
                        "access_token: told, score_column: 'How likely is it that you would recommend Acme to a friend or colleague?',"
                                + " comment_column: 'What do you like most about us?'",
                        List.of(
                                "118200000001 9 2026-11-04T23:18:40Z ada@acme.test - Value, mostly",
                                "118200000002 0 2026-11-05T00:05:00Z - - -",
                                "118200000003 - 2026-11-05T08:00:00Z bo@beta.test - No score given"),
                        List.of("118200000004")),
                new Export(
                        "delighted",
                        "api_key: told",
                        List.of(
                                "8123 10 2026-05-04T23:20:11Z ana@acme.test - Fast support, \"really\"",
                                "8124 0 2026-05-05T01:00:00Z bo@beta.test - -",
                                "8125 - 2026-05-05T02:00:00Z cy@gamma.test - Only words"),
                        List.of("8126")),
                new Export(
                        "gainsight",
                        "domain: acme, access_key: told",
                        List.of(
                                "1P01ABC 9 2026-11-04T12:00:00Z ada@acme.test - Clear, and quick",
                                "1P01ABD 0 2026-11-05T12:00:00Z - - -",
                                "1P01ABE - 2026-11-05T12:00:00Z bo@beta.test - No score"),
                        List.of("1P01ABF")));
    }

    @ParameterizedTest
    @MethodSource("exports")
    void anExportIsTakenInAsItIs(Export export) throws IOException {
        connect(export);
        Path file = FILES.resolve(export.tool() + ".csv");

        assertThat(run(Exit.PARTIAL, "import", file.toString(), "--connection", export.tool()))
                .contains("4 rows read, 3 new, 0 changed, 1 rejected");

        assertThat(responses()).containsExactlyElementsOf(export.rows());
        Path rejected = home.resolve("data/in/" + export.tool() + "/rejected/" + export.tool() + ".rejected.csv");
        assertThat(Files.readAllLines(rejected)).hasSize(2).last().asString().contains(export.rejected());
        assertThat(run(Exit.PARTIAL, "import", file.toString(), "--connection", export.tool()))
                .contains("4 rows read, 0 new, 0 changed, 1 rejected");
        assertThat(count("SELECT count(*) FROM response WHERE metric <> 'NPS'")).isZero();
        assertThat(kept()).doesNotContain("203.0.113");
    }

    @ParameterizedTest
    @MethodSource("exports")
    void soIsAFileOfThoseWhoWereAsked(Export export) throws IOException {
        connect(export);
        String file = FILES.resolve("sends.csv").toString();
        assertThat(run(Exit.OK, "import", file, "--sends", "--connection", export.tool()))
                .contains("4 rows of who was asked read, 0 rejected");
        assertThat(lines(
                        "SELECT s.remote_id || ' ' || i.email || ' ' || s.survey || ' ' || s.channel || ' ' || s.status"
                                + " FROM send s JOIN respondent_identity i ON i.respondent = s.respondent ORDER BY 1"))
                .containsExactly(
                        "s1 ada@acme.test S1 email delivered",
                        "s2 bo@beta.test S1 email bounced",
                        "s3 cy@gamma.test S1 sms declined",
                        "s4 cy@gamma.test S1 sms delivered");
    }

    @Test
    void rowsThatExplainTheColumnsMayBeMissingAndNoRecordIsTakenForOne() throws IOException {
        Export qualtrics = exports().findFirst().orElseThrow();
        connect(qualtrics);
        List<String> lines = Files.readAllLines(FILES.resolve("qualtrics.csv"));
        int first = lines.indexOf(lines.stream()
                .filter(line -> line.contains("R_1ab"))
                .findFirst()
                .orElseThrow());
        Path bare = Files.write(
                home.resolve("bare.csv"),
                Stream.concat(lines.stream().limit(1), lines.stream().skip(first))
                        .toList());

        assertThat(run(Exit.PARTIAL, "import", bare.toString(), "--connection", "qualtrics"))
                .contains("4 rows read, 3 new, 0 changed, 1 rejected");
        assertThat(responses()).containsExactlyElementsOf(qualtrics.rows());
        assertThat(run(
                        Exit.OK,
                        "try",
                        "qualtrics",
                        "--limit",
                        "1",
                        "--file",
                        FILES.resolve("qualtrics.csv").toString()))
                .contains("R_1ab", "  <- RecordedDate")
                .doesNotContain("ImportId");
    }

    @Test
    void aFileWithoutAScoreIsTakenInAndSaidToBe() throws IOException {
        connect(exports()
                .filter(export -> export.tool().equals("delighted"))
                .findFirst()
                .orElseThrow());
        Path file = Files.writeString(
                home.resolve("f.csv"), "ID,Rating,Created At,Email\n1,9,2026-05-04 23:20:11 UTC,ana@acme.test\n");

        assertThat(run(Exit.PARTIAL, "import", file.toString(), "--connection", "delighted")
                        .replaceAll("\\s+", " "))
                .contains(
                        "1 rows read, 1 new", "no column with a score, 'Score'; it has ID, Rating, Created At, Email");
        assertThat(run(Exit.USAGE, "import", home.toString(), "--connection", "delighted"))
                .contains("There is no file");
    }

    private void connect(Export export) throws IOException {
        house = new House(home, "http://127.0.0.1:9", "http://127.0.0.1:9");
        Path connections = home.resolve("config/connections.yaml");
        String line = "\n  " + export.tool() + ": {tool: " + export.tool() + ", nps_surveys: all, " + export.settings()
                + "}\n";
        Files.writeString(connections, Files.readString(connections).replace("\ncrms:\n", line + "\ncrms:\n"));
    }

    private String run(Exit exit, String... args) {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        String[] all = Stream.concat(Stream.of(args), Stream.of("--home", home.toString()))
                .toArray(String[]::new);
        int code = new Bellwether(house.environment::get, Clock.systemUTC()).run(writer, writer, all);
        assertThat(code).as(out.toString()).isEqualTo(exit.code());
        return out.toString();
    }

    private List<String> responses() {
        return lines("""
                SELECT r.remote_id || ' ' || coalesce(CAST(r.score AS TEXT), '-') || ' '
                  || strftime('%Y-%m-%dT%H:%M:%SZ', r.answered_at / 1000, 'unixepoch') || ' ' || coalesce(lower(i.email), '-') || ' '
                  || coalesce(v.channel, '-') || ' ' || coalesce(t.comment, '-')
                FROM response r JOIN response_version v ON v.response = r.id AND v.version = r.version
                LEFT JOIN response_text t ON t.response = r.id AND t.version = r.version
                LEFT JOIN respondent_identity i ON i.respondent = r.respondent ORDER BY r.remote_id""");
    }

    private String kept() {
        return String.join("\n", lines("SELECT coalesce(comment, '') || coalesce(properties, '') FROM response_text"))
                + lines("SELECT coalesce(raw, '') FROM dead_letter");
    }

    private long count(String sql) {
        return Long.parseLong(lines(sql).get(0));
    }

    private List<String> lines(String sql) {
        try (Store store = Store.look("jdbc:sqlite:" + home.resolve("data/bellwether.db"), null, null)) {
            return store.read(h -> h.createQuery(sql).mapTo(String.class).list());
        }
    }
}
