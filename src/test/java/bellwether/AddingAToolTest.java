package bellwether;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.command.Bellwether;
import bellwether.daemon.Exit;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's page about adding a tool, followed word by word: its files, then its commands. */
class AddingAToolTest {
    private static final Pattern FILE = Pattern.compile("<!-- adding: (\\S+) -->\n```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final WireMockServer pulse =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    @BeforeEach
    void follow() throws IOException {
        for (String folder : new String[] {"config", "mappings", "routes"}) {
            House.copy(Path.of(folder), home.resolve(folder));
        }
        for (MatchResult file :
                FILE.matcher(Files.readString(Path.of("README.md"))).results().toList()) {
            Files.writeString(home.resolve(file.group(1)), file.group(2));
        }
        pulse.start();
        String at = Instant.now()
                .minus(3, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        pulse.stubFor(get(urlPathEqualTo("/answers")).willReturn(status(401)));
        pulse.stubFor(get(urlPathEqualTo("/answers"))
                .withHeader("X-Api-Key", equalTo("canary-77ab"))
                .willReturn(okJson(
                        "{\"data\":[{\"id\":\"a1\",\"survey\":{\"id\":\"s1\"},\"person\":{\"email\":\"ada@acme.test\"},"
                                + "\"rating\":9,\"text\":\"Good\",\"answered\":\"" + at + "\",\"via\":\"m\"}]}")));
        pulse.stubFor(get(urlPathEqualTo("/answers"))
                .withHeader("X-Api-Key", equalTo("canary-77ab"))
                .withQueryParam("page", equalTo("2"))
                .willReturn(okJson("{\"data\":[]}")));
        Path connections = home.resolve("config/connections.yaml");
        // where the server of this test is, the only thing that the page does not say
        Files.writeString(connections, Files.readString(connections) + "    base_url: " + pulse.baseUrl() + "\n");
    }

    @AfterEach
    void stop() {
        pulse.stop();
    }

    private int run(String key, String... args) {
        out.getBuffer().setLength(0);
        String[] all = Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--home";
        all[args.length + 1] = home.toString();
        var writer = new PrintWriter(out, true);
        return new Bellwether(name -> name.equals("PULSE_API_KEY") ? key : null, Clock.systemUTC())
                .run(writer, writer, all);
    }

    @Test
    void theContractHolds() throws IOException {
        assertThat(run(null, "test", "pulse")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString())
                .contains("pulse: does what its contract says")
                .containsPattern("ok +requests +2")
                .containsPattern("ok +set_aside +1");
        assertThat(pulse.getAllServeEvents()).isEmpty();
    }

    @Test
    void whatDoesNotHoldIsShown() throws IOException {
        Path tool = home.resolve("mappings/tools/pulse.yaml");
        Files.writeString(
                tool, Files.readString(tool).replace("rating", "stars").replace("sort: answered", "sort: id"));

        assertThat(run(null, "test", "pulse")).isEqualTo(Exit.FAILURE.code());
        assertThat(out.toString())
                .contains("pulse: does not do what its contract says")
                .containsPattern("FAIL +requests")
                .containsPattern("sort=\\[id\\]");
        assertThat(run(null, "test", "nothing")).isEqualTo(Exit.USAGE.code());

        Files.writeString(tool, Files.readString(tool).replace("kind: header", "kind: headr"));
        assertThat(run(null, "test", "pulse")).isEqualTo(Exit.CONFIGURATION.code());
        assertThat(out.toString()).contains("pulse.yaml:");
    }

    @Test
    void theConnectionIsCheckedAndTried() {
        assertThat(run("canary-77ab", "check", "pulse")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString()).containsPattern("pulse +works: logged in, and read a response");

        assertThat(run("canary-77ab", "try", "pulse")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString())
                .containsPattern("score +9  <- rating")
                .containsPattern("channel +email  <- via")
                .contains("ada@acme.test")
                .doesNotContain("canary-77ab");

        assertThat(run("wrong", "check", "pulse")).isEqualTo(Exit.UNREACHABLE.code());
        assertThat(out.toString()).contains("tools.pulse.api_key");
    }

    @Test
    void theAccountIsRecordedAndTheRecordingTested() throws IOException {
        assertThat(run("canary-77ab", "record", "pulse")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("recorded 2 exchanges, 1 response; replayed: same; look through");
        Path file = home.resolve("mappings/contracts/tools/pulse-recorded.yaml");
        assertThat(Files.readString(file))
                .contains("person1@example.test", "rating: 9", "answered: ", "id: \"a1\"")
                .doesNotContain("ada", "acme", "Good", "canary-77ab", "127.0.0.1");

        assertThat(run(null, "test", "pulse-recorded")).as(out::toString).isEqualTo(Exit.OK.code());
        assertThat(out.toString()).containsPattern("ok +responses +1");
        assertThat(run("canary-77ab", "record", "pulse")).isEqualTo(Exit.USAGE.code());
        assertThat(out.toString()).contains("--force");
        assertThat(run("canary-77ab", "record", "pulse", "--force")).isEqualTo(Exit.OK.code());
    }

    @Test
    void everyShippedContractHolds() throws IOException {
        try (var files = Files.list(home.resolve("mappings/contracts/tools"))) {
            for (Path file : files.toList()) {
                String tool = file.getFileName().toString().replace(".yaml", "");
                assertThat(run(null, "test", tool)).as(out::toString).isEqualTo(Exit.OK.code());
            }
        }
    }
}
