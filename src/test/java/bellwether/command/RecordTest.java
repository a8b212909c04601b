package bellwether.command;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.daemon.Exit;
import bellwether.simulator.Company;
import bellwether.simulator.WootricSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code bellwether record} against the simulator of Wootric: what is written, and what is said where nothing is. */
class RecordTest extends AtSimulators {
    private Path file;

    @BeforeEach
    void file() {
        file = home.resolve("mappings/contracts/tools/wootric-recorded.yaml");
    }

    private String said() {
        return out.toString().replaceAll("\\s+", " ");
    }

    @Test
    void aFewRowsOfEachListBecomeAContractWithoutAnybodyInIt() throws IOException {
        assertThat(run("record", "wootric", "--limit", "12")).as(out::toString).isEqualTo(Exit.OK.code());

        assertThat(said()).containsPattern("recorded \\d+ exchanges, (9|10|11|12) responses; replayed: same");
        String text = Files.readString(file);
        assertThat(text).contains("per_page: \"6\"", "path: \"/end_users", "expected:");
        String low = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < company.contactCount(); i++) {
            assertThat(low).doesNotContain(company.contact(i).email().toLowerCase(Locale.ROOT));
        }
        long ids = IntStream.range(0, company.endUserCount())
                .filter(i -> text.contains(Integer.toString(company.endUser(i).id())))
                .count();
        assertThat(ids).as("people by their id, but for chance").isLessThan(3);
        assertThat(low).doesNotContain("demo-secret", "demo-client", "127.0.0.1", "bearer");

        assertThat(run("test", "wootric-recorded")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void pagesMayBeCountedInsteadAndTheFileGoWhereItIsWanted() throws IOException {
        Path folder = home.resolve("for-you");
        assertThat(run("record", "wootric", "--pages", "2", "--out", folder.toString()))
                .as(out::toString)
                .isEqualTo(Exit.OK.code());
        assertThat(Files.readString(folder.resolve("wootric-recorded.yaml"))).contains("page: \"2\"");
        assertThat(file).doesNotExist();
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void whoeverIsRefusedIsToldAndNothingIsWritten() {
        house.with("WOOTRIC_CLIENT_SECRET", "wrong-secret");
        assertThat(run("record", "wootric")).isEqualTo(Exit.UNREACHABLE.code());
        assertThat(said())
                .contains("Nothing was recorded", "CREDENTIALS_REFUSED", "client_secret")
                .doesNotContain("wrong-secret");
        assertThat(file).doesNotExist();
    }

    @Test
    void whatCannotBeRecordedIsRefused() {
        assertThat(run("record", "nobody")).isEqualTo(Exit.USAGE.code());
        assertThat(said()).contains("There is no connection nobody; there are salesforce, wootric.");
        assertThat(run("record", "salesforce")).isEqualTo(Exit.USAGE.code());
        assertThat(said()).contains("is a CRM");
        assertThat(run("record", "wootric", "--limit", "0")).isEqualTo(Exit.USAGE.code());
        assertThat(run("record", "wootric", "--limit", "5", "--pages", "1")).isEqualTo(Exit.USAGE.code());
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaidBeforeAnythingIsAsked() throws IOException {
        Path taken = Files.writeString(home.resolve("taken"), "a file");
        assertThat(run("record", "wootric", "--out", taken.resolve("in").toString()))
                .isEqualTo(Exit.FAILURE.code());
        assertThat(said()).contains("Nothing was recorded: the folder", "cannot be written", "--out");
        assertThat(wootric.calls()).isEmpty();
        Files.createDirectories(file.getParent());
        Files.writeString(file, "mine");
        assertThat(run("record", "wootric")).isEqualTo(Exit.USAGE.code());
        assertThat(said()).contains("is there already; --force replaces it");
        assertThat(file).hasContent("mine");
    }

    @Test
    void mistakesOfOtherConnectionsAreNoneOfThis() {
        house.environment.remove("WOOTRIC_CLIENT_ID");
        house.environment.remove("SALESFORCE_CLIENT_ID");
        assertThat(run("record", "wootric")).isEqualTo(Exit.CONFIGURATION.code());
        assertThat(said()).contains("WOOTRIC_CLIENT_ID is not set").doesNotContain("SALESFORCE");
    }

    @Test
    void anAccountWithoutResponsesIsNoContract() {
        wootric.close();
        wootric = WootricSimulator.start(
                Company.of(11, 14, 80, 0, Instant.now().minusSeconds(3600)),
                WootricSimulator.Options.standard().callsPerMinute(0));
        house.with("WOOTRIC_BASE_URL", wootric.baseUrl() + "/v1")
                .with("WOOTRIC_LOGIN_URL", wootric.baseUrl() + "/oauth/token");
        assertThat(run("record", "wootric")).as(out::toString).isEqualTo(Exit.FAILURE.code());
        assertThat(said()).contains("no response of the last 6 months");
        assertThat(file).doesNotExist();
    }
}
