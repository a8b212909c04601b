package bellwether.daemon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.House;
import bellwether.nps.Response;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tools tell by webhook, over real HTTP into a running daemon. */
class HooksTest {
    private static final String THIN = """
            tool: thin
            label: Thin
            settings:
              webhook_path: {secret: true, what: a word that nobody else knows}
            base_url: https://thin.example
            auth: {kind: header, name: X-Key, value: none}
            time_formats: [iso]
            responses:
              path: /answers
              records: items
              paging: {kind: none}
              cursor: {word: answered_at, from: from, to: to, as: iso}
              map: {id: id, survey: survey, respondent: person, email: email, score: score, comment: comment, answered_at: at}
            webhook:
              verify: {kind: path}
              event: {at: type, take: [answered], deleted: [deleted]}
              id: X-Delivery
              thin: "/answers/{object.id}"
            """;

    /** Its people are asked for before its answers, and at first it is out of order. */
    private static final String LATE = """
            tool: late
            label: Late
            settings:
              word: {secret: true, what: the value of a header}
            base_url: https://late.example
            auth: {kind: header, name: X-Key, value: none}
            time_formats: [iso]
            responses:
              path: /late
              records: items
              paging: {kind: none}
              cursor: {word: answered_at, from: from, to: to, as: iso}
              map: {id: id, survey: survey, email: email, score: score, comment: comment, answered_at: at}
            respondents:
              path: /people
              records: items
              paging: {kind: none}
              map: {id: id, email: email}
            webhook:
              verify: {kind: token, header: X-Word, value: "{word}"}
            """;

    @TempDir
    private static Path folder;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Company company;
    private static WootricSimulator wootric;
    private static SalesforceSimulator salesforce;
    private static WireMockServer thin;
    private static Daemon daemon;

    @BeforeAll
    static void start() throws Exception {
        company = Company.of(11, 6, 40, 60, Instant.now().minusSeconds(3600));
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(100_000));
        salesforce = SalesforceSimulator.start(company, SalesforceSimulator.Options.standard());
        thin = new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        thin.start();
        thin.stubFor(get(urlPathEqualTo("/answers")).willReturn(aResponse().withBody("{\"items\":[]}")));
        House house = new House(folder, wootric.baseUrl(), salesforce.baseUrl())
                .with("WOOTRIC_WEBHOOK_SECRET", "s3cret")
                .with("BELLWETHER_API_TOKEN", "only-for-people");
        thin.stubFor(get(urlPathEqualTo("/people")).willReturn(aResponse().withStatus(503)));
        Files.writeString(folder.resolve("mappings/tools/thin.yaml"), THIN);
        Files.writeString(folder.resolve("mappings/tools/late.yaml"), LATE);
        Path connections = folder.resolve("config/connections.yaml");
        Files.writeString(
                connections, Files.readString(connections).replace("\ncrms:\n", """

                  thin:
                    tool: thin
                    webhook_path: long-word
                    base_url: %1$s
                    nps_surveys: all
                    schedule: "0 0 0 1 1 ? 2099"
                  late:
                    tool: late
                    word: late-word
                    base_url: %1$s
                    nps_surveys: all
                    schedule: "0 0 0 1 1 ? 2099"

                crms:
                """.formatted(thin.baseUrl())));
        daemon = house.daemon(Clock.systemUTC());
        daemon.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> House.settled(daemon));
    }

    @AfterAll
    static void stop() {
        daemon.close();
        thin.stop();
        salesforce.close();
        wootric.close();
    }

    private static HttpResponse<String> post(String path, String type, String body, String... headers)
            throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static int told(String type, String body) throws Exception {
        return post("/hooks/wootric", type, body, "X-Wootric-Signature", "sha1=" + hash(body))
                .statusCode();
    }

    private static String hash(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static String notice(String id, int score, String text, String updated) {
        return """
                {"event_name":"updated","timestamp":"%4$s","account_token":"NPS-1","survey_mode":"NPS","response":{"id":%1$s,
                "email":"new.person@told.test","end_user_id":990001,"survey_id":31,"score":%2$d,"text":%3$s,
                "created_at":"2026-11-01T10:00:00.000Z","updated_at":"%4$s"}}""".formatted(id, score, text, updated);
    }

    private static Response stored(String id) {
        return daemon.store().read(h -> h.createQuery(
                        "SELECT r.score, r.deleted, t.comment FROM response r JOIN response_text t ON t.response = r.id"
                                + " AND t.version = r.version WHERE r.remote_id = :id")
                .bind("id", id)
                .map((rs, ctx) -> Response.of("x", null, id)
                        .set(Response.Field.SCORE, rs.getInt("score"))
                        .set(Response.Field.COMMENT, rs.getString("comment"))
                        .set(Response.Field.EXCLUDED, rs.getInt("deleted") == 1)
                        .build())
                .findOne()
                .orElse(null));
    }

    private static long versions(String id) {
        return daemon.store().read(h -> h.createQuery("SELECT version FROM response WHERE remote_id = :id")
                .bind("id", id)
                .mapTo(Long.class)
                .one());
    }

    @Test
    void aSignedNoticeIsInTheLedgerWhenItIsAnsweredAndATamperedOneIsRefused() throws Exception {
        String body = notice("800001", 9, "\"Told by webhook\"", "2026-11-01T10:00:05.000Z");

        assertThat(post("/hooks/wootric", "application/json", body, "X-Wootric-Signature", "sha1=" + hash(body + " "))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("/hooks/wootric", "application/json", body).statusCode())
                .isEqualTo(401);
        assertThat(stored("800001")).isNull();

        assertThat(told("application/json", body)).isEqualTo(200);

        assertThat(stored("800001").score()).isEqualTo(9);
        assertThat(stored("800001").comment()).isEqualTo("Told by webhook");
    }

    @Test
    void duplicatesAndLateOlderCopiesChangeNothingAndPartialOnesKeepWhatIsKnown() throws Exception {
        String first = notice("800002", 3, "null", "2026-11-01T10:00:05.000Z");
        String later = notice("800002", 4, "\"Better now\"", "2026-11-01T11:00:00.000Z");
        String partial = later.replace("\"text\":\"Better now\",", "").replace("11:00:00", "12:00:00");

        assertThat(List.of(
                        told("application/json", first),
                        told("application/json", first),
                        told("application/json", later),
                        told("application/json", first + " "),
                        told("application/json", partial)))
                .containsOnly(200);

        assertThat(stored("800002").score()).isEqualTo(4);
        assertThat(stored("800002").comment()).isEqualTo("Better now");
        assertThat(versions("800002")).isEqualTo(3); // the last only moves the time of its update
    }

    @Test
    void aPartWithoutADateIsMergedIntoWhatIsKnownAndKeptAsItCameIfNothingIs() throws Exception {
        String whole = notice("800005", 6, "null", "2026-11-01T10:00:05.000Z");
        String part = notice("800005", 6, "\"Now with words\"", "2026-11-01T11:00:05.000Z")
                .replace("\"created_at\":\"2026-11-01T10:00:00.000Z\",", "");

        assertThat(told("application/json", whole)).isEqualTo(200);
        assertThat(told("application/json", part)).isEqualTo(200);
        assertThat(told("application/json", part.replace("800005", "800006"))).isEqualTo(200);

        assertThat(stored("800005").comment()).isEqualTo("Now with words");
        assertThat(stored("800006")).isNull();
        List<String> letters = daemon.store().read(h -> h.createQuery(
                        "SELECT record FROM dead_letter WHERE code = 'DATE_MISSING' AND status = 'open' AND raw IS NOT NULL")
                .mapTo(String.class)
                .list());
        assertThat(letters).containsExactly("response:800006");
    }

    @Test
    void aFormSaysTheSame() throws Exception {
        String form =
                "event_name=created&response%5Bid%5D=800003&response%5Bend_user_id%5D=990001&response%5Bsurvey_id%5D=31"
                        + "&response%5Bscore%5D=10&response%5Btext%5D=by+form&response%5Bcreated_at%5D=2026-11-02+10%3A00%3A00+-0800";

        assertThat(told("application/x-www-form-urlencoded", form)).isEqualTo(200);

        assertThat(stored("800003").comment()).isEqualTo("by form");
    }

    @Test
    void whatIsNoResponseIsAnsweredAndWhatIsABrokenOneIsKept() throws Exception {
        String declined = "{\"event_name\":\"created\",\"decline\":{\"id\":5}}";
        String broken = notice("800004", 11, "null", "2026-11-01T10:00:05.000Z");

        assertThat(told("application/json", declined)).isEqualTo(200);
        assertThat(told("application/json", "{\"event_name\":")).isEqualTo(400);
        assertThat(told("application/json", broken)).isEqualTo(200);

        assertThat(stored("800004")).isNull();
        long letters = daemon.store().read(h -> h.createQuery(
                        "SELECT count(*) FROM dead_letter WHERE step = 'webhook' AND code = 'SCORE_OUT_OF_RANGE' AND raw IS NOT NULL")
                .mapTo(Long.class)
                .one());
        assertThat(letters).isEqualTo(1);
    }

    @Test
    void aProbeIsAnsweredAndAnAddressOfNobodyIsNot() throws Exception {
        var uri = URI.create("http://127.0.0.1:" + daemon.port() + "/hooks/wootric");
        for (String method : List.of("GET", "HEAD")) {
            var probe = HttpRequest.newBuilder(uri)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(HTTP.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .as(method)
                    .isEqualTo(200);
        }
        assertThat(post("/hooks/nobody", "application/json", "{}").statusCode()).isEqualTo(404);
        assertThat(post("/hooks/wootric", "application/json", "x".repeat(2_000_000))
                        .statusCode())
                .isEqualTo(413);
        var endless = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10_000_000])))
                .build();
        assertThat(HTTP.send(endless, HttpResponse.BodyHandlers.discarding()).statusCode())
                .as("of a length that is not told")
                .isEqualTo(413);
    }

    @Test
    void aThinNoticeIsFetchedAlsoIfTheToolIsOutOfReachAtFirst() throws Exception {
        String notice = "{\"type\":\"answered\",\"object\":{\"id\":\"t/1\"}}";
        thin.stubFor(get(urlPathEqualTo("/answers/t%2F1"))
                .inScenario("busy")
                .whenScenarioStateIs("Started")
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("back"));
        thin.stubFor(get(urlPathEqualTo("/answers/t%2F1"))
                .inScenario("busy")
                .whenScenarioStateIs("back")
                .willReturn(aResponse()
                        .withBody(
                                "{\"id\":\"t/1\",\"survey\":\"s\",\"person\":\"p\",\"email\":\"p@thin.test\",\"score\":7,\"comment\":\"fetched\","
                                        + "\"at\":\"2026-11-03T10:00:00Z\"}")));

        assertThat(post("/hooks/thin/wrong-word", "application/json", notice).statusCode())
                .isEqualTo(401);
        assertThat(post("/hooks/thin/long-word", "application/json", notice, "X-Delivery", "d1")
                        .statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> stored("t/1") != null);
        assertThat(stored("t/1").comment()).isEqualTo("fetched");

        String deleted = notice.replace("answered", "deleted");
        assertThat(post("/hooks/thin/long-word", "application/json", deleted, "X-Delivery", "d1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(stored("t/1").excluded()).as("the same delivery again").isFalse();
        assertThat(post("/hooks/thin/long-word", "application/json", deleted + " ", "X-Delivery", "d2")
                        .statusCode())
                .isEqualTo(200);
        assertThat(stored("t/1").excluded()).as("deleted").isTrue();
    }

    @Test
    void whatComesBeforeTheFirstBackfillIsKeptAndToldWithTheHistory() throws Exception {
        var contact = company.contact(0);
        String notice =
                "{\"id\":\"late 1\",\"survey\":\"s\",\"email\":\"%s\",\"score\":%d,\"comment\":\"-\",\"at\":\"%s\"}";
        String told = notice.formatted(contact.email(), 2, "2026-11-20T10:00:00Z");
        assertThat(post("/hooks/late", "application/json", told, "X-Word", "late-word")
                        .statusCode())
                .isEqualTo(200);
        assertThat(stored("late 1").score()).isEqualTo(2);
        await().during(Duration.ofSeconds(3)).until(() -> stale(contact.id()) > 0);

        thin.stubFor(get(urlPathEqualTo("/people")).willReturn(aResponse().withBody("{\"items\":[]}")));
        String older = notice.replace("late 1", "late 0").formatted(contact.email(), 9, "2026-11-10T10:00:00Z");
        thin.stubFor(get(urlPathEqualTo("/late"))
                .willReturn(aResponse().withBody("{\"items\":[" + older + "," + told + "]}")));
        daemon.store().change(h -> h.execute("UPDATE position SET not_before = NULL WHERE connection = 'late'"));
        daemon.pullNow("late", "test");

        await().atMost(Duration.ofSeconds(60)).until(() -> stored("late 0") != null && stale(contact.id()) == 0);
        assertThat(versions("late 1")).isEqualTo(1);
    }

    /** How often the contact's account has changed and was not refreshed. */
    private static long stale(String contact) {
        return daemon.store().read(h -> h.createQuery(
                        "SELECT a.stale FROM account a JOIN contact c ON c.account = a.id WHERE c.remote_id = :contact")
                .bind("contact", contact)
                .mapTo(Long.class)
                .one());
    }
}
