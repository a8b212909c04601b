package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.command.Bellwether;
import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with responses, by the folder of a running daemon and by the command. */
class FileImportTest {
    private static final String OVERLAY = """
            file:
              map: {id: Response ID, survey: Survey, email: E-mail, score: Score, comment: Comment, answered_at: Date}
              time_formats: ["yyyy-MM-dd HH:mm", iso]
            """;
    private static final String FILE = """
            Response ID;Survey;E-mail;Score;Comment;Date
            f1;31;Ann@Filed.test;9;"Two
            lines; one semicolon";2026-11-02 10:00
            f2;31;bob@filed.test;11;too much;2026-11-02 11:00
            f3;31;cay@filed.test;;;2026-11-02 12:00
            f4;31;dan@filed.test;4;;soon
            f5;31;eve@filed.test;7;;2026-11-02 13:00;surplus
            """;

    private static final String REFRESH = "seda:refresh?waitForTaskToComplete=Never&discardWhenFull=true";

    @TempDir
    private Path folder;

    private final Company company = Company.of(11, 6, 40, 60, Instant.now().minusSeconds(3600));
    private WootricSimulator wootric;
    private SalesforceSimulator salesforce;
    private House house;

    @BeforeEach
    void start() throws IOException {
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(100_000));
        salesforce = SalesforceSimulator.start(company, SalesforceSimulator.Options.standard());
        house = new House(folder, wootric.baseUrl(), salesforce.baseUrl());
        Path overlay = folder.resolve("config/overlays/tools/wootric.yaml");
        Files.createDirectories(overlay.getParent());
        Files.writeString(overlay, OVERLAY);
    }

    @AfterEach
    void stop() {
        salesforce.close();
        wootric.close();
    }

    @Test
    void aFileIsPutAwayWhileARefreshWaitsAlready() throws Exception {
        Path in = Files.createDirectories(folder.resolve("data/in/wootric"));
        try (Daemon daemon = house.daemon(Clock.systemUTC())) {
            daemon.start();
            daemon.camel().getRouteController().suspendRoute("refresh");
            for (int twice = 0; twice < 2; twice++) {
                daemon.camel().createProducerTemplate().sendBody(REFRESH, null);
            }
            Files.writeString(in.resolve("late.csv"), FILE);
            await().atMost(Duration.ofSeconds(30)).until(() -> !Files.exists(in.resolve("late.csv")));
            assertThat(in.resolve("done")).isDirectoryContaining("glob:**-late.csv");
            daemon.camel().getRouteController().resumeRoute("refresh");
        }
    }

    private static List<String> filed(Daemon daemon) {
        return daemon.store().read(h -> h.createQuery(
                        "SELECT r.remote_id || ' ' || coalesce(r.score, -1) || ' ' || coalesce(t.comment, '-') AS line FROM response r"
                                + " LEFT JOIN response_text t ON t.response = r.id AND t.version = r.version"
                                + " WHERE r.remote_id LIKE 'f%' ORDER BY r.remote_id")
                .mapTo(String.class)
                .list());
    }

    private String imported(int code, String... more) {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        String[] args = new String[4 + more.length];
        System.arraycopy(new String[] {"import", "--connection", "wootric", "--home=" + folder}, 0, args, 0, 4);
        System.arraycopy(more, 0, args, 4, more.length);
        assertThat(new Bellwether(house.environment::get, Clock.systemUTC()).run(writer, writer, args))
                .as(out.toString())
                .isEqualTo(code);
        return out.toString();
    }

    @Test
    void aFileInTheFolderIsTakenInAndWhatCannotBeUsedIsWrittenBesideIt() throws Exception {
        Path in = Files.createDirectories(folder.resolve("data/in/wootric"));
        try (Daemon daemon = house.daemon(Clock.systemUTC())) {
            daemon.start();
            Files.writeString(in.resolve("export.csv"), FILE);
            Files.writeString(in.resolve("notes.pdf"), "not looked at");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(in.resolve("rejected/export.rejected.csv")));

            assertThat(filed(daemon)).containsExactly("f1 9 Two\nlines; one semicolon", "f3 -1 -");
            List<String> rejected = Files.readAllLines(in.resolve("rejected/export.rejected.csv"));
            assertThat(rejected).hasSize(4);
            assertThat(rejected.get(0))
                    .isEqualTo("\"Response ID\",Survey,E-mail,Score,Comment,Date,bellwether_line,bellwether_reason");
            assertThat(rejected.get(1)).contains("f2,31,bob@filed.test,11,", ",4,", "SCORE_OUT_OF_RANGE");
            assertThat(rejected.get(2)).contains("f4,", ",6,", "DATE_UNREADABLE");
            assertThat(rejected.get(3)).contains("f5,", ",7,", "ROW_BROKEN", "7 columns");
            await().until(() -> in.resolve("done").toFile().list() != null
                    && in.resolve("done").toFile().list().length == 1);

            String corrected = Files.readString(in.resolve("rejected/export.rejected.csv"))
                    .replace(",11,", ",1,")
                    .replace(",soon,", ",2026-11-03 09:00,");
            Files.writeString(in.resolve("again.csv"), corrected);
            await().atMost(Duration.ofSeconds(60)).until(() -> filed(daemon).size() == 5);
            assertThat(filed(daemon)).contains("f2 1 too much", "f4 4 -", "f5 7 -");

            Files.writeString(in.resolve("broken.csv"), "A;B\n1;2\n");
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(in.resolve("failed")));
            assertThat(daemon.runs().last("wootric.files").orElseThrow().fault())
                    .contains("'Date'", "A, B");
            assertThat(Files.exists(in.resolve("notes.pdf"))).isTrue();
        }
    }

    @Test
    void theCommandTakesAFileInOnceHoweverOftenAndThroughTheDaemonWhereOneRuns() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.csv"), FILE);

        assertThat(imported(Exit.PARTIAL.code(), file.toString()))
                .contains("wootric: 5 rows read, 2 new, 0 changed, 3 rejected", "rejected/");
        assertThat(imported(Exit.PARTIAL.code(), file.toString()))
                .contains("5 rows read, 0 new, 0 changed, 3 rejected");
        Files.writeString(file, FILE.replace(";9;", ";8;"));
        try (Daemon daemon = house.daemon(Clock.systemUTC())) {
            daemon.start();
            assertThat(imported(Exit.PARTIAL.code(), file.toString()))
                    .contains("the running daemon does it", "5 rows read, 0 new, 1 changed, 3 rejected");
            assertThat(filed(daemon)).contains("f1 8 Two\nlines; one semicolon");
        }

        assertThat(imported(Exit.USAGE.code(), folder.resolve("none.csv").toString()))
                .contains("There is no file");
        Path pdf = Files.writeString(folder.resolve("x.pdf"), "x");
        assertThat(imported(Exit.FAILURE.code(), pdf.toString())).contains("FILE_UNREADABLE", "xlsx");
        assertThat(imported(Exit.FAILURE.code(), "--sends", file.toString())).contains("file.sends");
    }

    @Test
    void aRowWithoutAnIdIsKnownByWhoAndWhen() throws Exception {
        Files.writeString(
                folder.resolve("config/overlays/tools/wootric.yaml"), OVERLAY.replace("id: Response ID, ", ""));
        Path file = Files.writeString(
                folder.resolve("plain.csv"),
                "E-mail,Score,Date\nann@filed.test,9,2026-11-02T10:00:00Z\n,8,2026-11-02T10:00:00Z\n");

        assertThat(imported(Exit.PARTIAL.code(), file.toString()))
                .contains("2 rows read, 1 new, 0 changed, 1 rejected");
        Files.writeString(file, "E-mail,Score,Date\nANN@filed.test ,7,2026-11-02T10:00:00Z\n");
        assertThat(imported(Exit.OK.code(), file.toString())).contains("1 rows read, 0 new, 1 changed, 0 rejected");
    }
}
