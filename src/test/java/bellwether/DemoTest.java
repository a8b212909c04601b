package bellwether;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.command.Bellwether;
import bellwether.daemon.Exit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo with a small company: what it prints is what it shows people. */
class DemoTest {
    @TempDir
    private Path folder;

    private String text;

    private int demo(String... args) {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        String[] all = new String[args.length + 9];
        System.arraycopy(
                new String[] {
                    "demo", "--folder", folder.toString(), "--accounts", "30", "--contacts", "160", "--responses", "700"
                },
                0,
                all,
                0,
                9);
        System.arraycopy(args, 0, all, 9, args.length);
        // What the user has set is not used, so that a demo never reaches a real tool or CRM.
        Map<String, String> others = Map.of("WOOTRIC_BASE_URL", "http://127.0.0.1:1", "SALESFORCE_CLIENT_ID", "real");
        int code = new Bellwether(others::get, Clock.systemUTC()).run(writer, writer, all);
        text = out.toString();
        return code;
    }

    private long number(String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern + " in " + text).isTrue();
        return Long.parseLong(found.group(1).replace(",", ""));
    }

    @Test
    void theFirstStartShowsTheMainJobAndTheSecondPullsOnlyWhatIsNew() throws Exception {
        assertThat(demo("--once")).as(() -> text).isEqualTo(Exit.OK.code());

        assertThat(text)
                .contains("ACCOUNTS, six months", "WAITING ROOM", "ONE_EMAIL_TWO_ACCOUNTS")
                .contains("DEAD LETTERS", "SCORE_OUT_OF_RANGE", "DATE_IN_FUTURE")
                .contains("ONE ACCOUNT", "  counted ", "  not counted ", "NPS__c               — → ")
                .containsPattern("100 · \\(\\d+ promoters? − \\d+ detractors?\\) / \\d+ responses? = -?\\d")
                .containsPattern("curl -s http://127.0.0.1:\\d+/api/v1/accounts/001\\w{15}/nps/explain")
                .doesNotContain("@", "Exception");
        assertThat(text.lines().filter(line -> !line.contains(folder.toString())))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
        long responses = number("ledger +([\\d,]+) responses");
        long calls = number("API calls +([\\d,]+) to Wootric");
        long records = number("Salesforce +([\\d,]+) response records created");
        assertThat(number("([\\d,]+) signal records of the last seven days")).isPositive();
        assertThat(text).containsPattern("(?s)ONE ACCOUNT.*  warning      \\d\\d \\w{3}.*NPS_Signal__c");
        assertThat(number("responses, ([\\d,]+) of them new")).isEqualTo(responses);
        assertThat(records).isBetween(responses / 2, responses);
        assertThat(Files.readString(folder.resolve("home/config/connections.yaml")))
                .isEqualTo(Files.readString(Path.of("config/connections.yaml")));

        assertThat(demo("--once")).as(() -> text).isEqualTo(Exit.OK.code());

        assertThat(text).contains("Resuming:");
        long added = number("responses, ([\\d,]+) of them new");
        assertThat(added).isBetween(1L, 30L);
        assertThat(number("ledger +([\\d,]+) responses")).isEqualTo(responses + added);
        assertThat(number("Salesforce +([\\d,]+) response records created")).isLessThan(records / 2);
        assertThat(number("API calls +([\\d,]+) to Wootric")).isLessThan(calls);
    }

    @Test
    void theToolIsOneOfTheShippedOnesAndKeepsItsDemoApart() throws Exception {
        assertThat(demo("--tool", "nosuch")).isEqualTo(Exit.USAGE.code());
        assertThat(text).contains("There is no tool 'nosuch'. There are: asknicely, delighted, ", "typeform, wootric.");

        assertThat(demo("--once", "--tool", "retently")).as(() -> text).isEqualTo(Exit.OK.code());
        assertThat(text)
                .contains("  Retently     http://127.0.0.1:", " to Retently; ", "RESPONSE RATE")
                .doesNotContain("Wootric");
        assertThat(text.lines().filter(line -> !line.contains(folder.toString())))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
        assertThat(Files.readString(folder.resolve("retently/home/config/connections.yaml")))
                .contains("  retently:\n    tool: retently\n    api_key: \"demo-api-key\"")
                .doesNotContain("${WOOTRIC");

        // Whoever names another tool's folder is told so, and its ledger is left alone.
        assertThat(new Bellwether(name -> null, Clock.systemUTC())
                        .run(refused(), refused(), "demo", "--once", "--folder", folder + "/retently"))
                .isEqualTo(Exit.USAGE.code());
        assertThat(said.toString().replaceAll("\\s+", " "))
                .contains("a demo of retently is kept: name another folder, or begin anew with --fresh");
    }

    private final StringWriter said = new StringWriter();

    private PrintWriter refused() {
        return new PrintWriter(said, true);
    }

    @Test
    void pullingThePlugLosesAndDoublesNothing() {
        assertThat(demo("--pull-the-plug")).as(() -> text).isEqualTo(Exit.OK.code());
        assertThat(text)
                .contains("SIGKILL during write 2, which Salesforce had done and not answered")
                .contains("lost 0, doubled 0")
                .contains("0 with other fields", "0 with other figures");
        assertThat(number("([\\d,]+) responses that match")).isGreaterThan(100);
        assertThat(number("([\\d,]+) warnings of the last seven days")).isPositive();
    }
}
