package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over real HTTP, of a Bellwether that has read and pushed a small company. */
class ApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path home;

    private static WootricSimulator wootric;
    private static SalesforceSimulator salesforce;
    private static Daemon daemon;

    @BeforeAll
    static void start() {
        Company company = Company.of(7, 15, 120, 400, Instant.now());
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(0));
        salesforce = SalesforceSimulator.start(company);
        daemon = new House(home, wootric.baseUrl(), salesforce.baseUrl()).daemon(Clock.systemUTC());
        daemon.start();
        await().atMost(Duration.ofSeconds(20)).until(() -> MainJobTest.settled(daemon));
    }

    @AfterAll
    static void stop() {
        daemon.close();
        wootric.close();
        salesforce.close();
    }

    @Test
    void smoke() throws Exception {
        for (String path : new String[] {
            "/",
            "/api/openapi.json",
            "/api/v1/health/live",
            "/api/v1/health/ready",
            "/api/v1/connections",
            "/api/v1/connections/wootric",
            "/api/v1/runs?limit=1",
            "/api/v1/runs/wootric:1",
            "/api/v1/accounts?limit=2",
            "/api/v1/nothing",
            "/api/v1/connections/nobody",
            "/api/v1/runs?limit=0&x=1&before=a"
        }) {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            System.out.println(
                    path + " " + answer.statusCode() + " " + answer.headers().map());
            System.out.println(answer.body());
        }
        JsonNode list = JSON.readTree(HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + daemon.port() + "/api/v1/accounts"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body());
        String id = list.at("/items/0/id").asText();
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + daemon.port() + "/api/v1/accounts/" + id + "/nps"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        System.out.println(answer.body());
        for (String order : new String[] {
            "wootric/pull",
            "salesforce/people",
            "salesforce/resync",
            "wootric/backfill?since=2026-08-01",
            "wootric/backfill?since=x",
            "wootric/approve",
            "salesforce/pull"
        }) {
            answer = HTTP.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + daemon.port() + "/api/v1/connections/" + order))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            System.out.println(
                    order + " " + answer.statusCode() + " " + answer.headers().map());
            System.out.println(answer.body());
        }
        assertThat(list).isNotNull();
    }
}
