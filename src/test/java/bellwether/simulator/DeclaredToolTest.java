package bellwether.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a simulated tool refuses, and how it cuts its lists: as its file declares it, asked by hand. */
class DeclaredToolTest {
    private static final Company COMPANY = Company.of(3, 20, 100, 600, Instant.parse("2026-11-20T12:00:00Z"));
    private final HttpClient client = HttpClient.newHttpClient();
    private DeclaredTool tool;

    private DeclaredTool open(String name, int callsPerMinute) throws IOException {
        JsonNode file = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("mappings/tools", name + ".yaml").toFile());
        tool = DeclaredTool.start(file, COMPANY, Clock.systemUTC(), callsPerMinute);
        return tool;
    }

    @AfterEach
    void close() {
        tool.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(tool.baseUrl() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(tool.baseUrl() + path)).POST(BodyPublishers.ofString(body));
        return json(client.send(request.build(), BodyHandlers.ofString()));
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void theKeyThePageAndWhatTheListNeedsAreInsistedOn() throws Exception {
        open("retently", 0);
        String page = "/feedback?sort=createdDate&limit=10&page=";

        assertThat(get(page + 1).statusCode()).isEqualTo(401);
        assertThat(get(page + 1, "X-Api-Key", "another").statusCode()).isEqualTo(401);
        assertThat(get("/feedback?limit=10", "X-Api-Key", "demo-api-key").body())
                .contains("sort should be createdDate");
        assertThat(get("/feedback?sort=createdDate&limit=1001", "X-Api-Key", "demo-api-key")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get("/nowhere", "X-Api-Key", "demo-api-key").statusCode()).isEqualTo(404);
        JsonNode first = json(get(page + 1, "X-Api-Key", "demo-api-key")).path("data");
        assertThat(first.path("pages").asInt()).isEqualTo(60);
        JsonNode row = first.path("responses").get(0);
        assertThat(row.path("id").asText())
                .isEqualTo(Integer.toString(COMPANY.response(0).id()));
        assertThat(row.path("createdDate").asText())
                .isEqualTo(COMPANY.response(0).created().toString());
        assertThat(json(get(page + 61, "X-Api-Key", "demo-api-key")).at("/data/responses"))
                .isEmpty();
    }

    @Test
    void boundsAreIncludedOrNotAsDeclared() throws Exception {
        open("retently", 0);
        Instant third = COMPANY.response(2).created();
        String window = "/feedback?sort=createdDate&limit=1000&startDate="
                + COMPANY.response(0).created() + "&endDate=" + third;

        List<String> times = new ArrayList<>();
        json(get(window, "X-Api-Key", "demo-api-key"))
                .at("/data/responses")
                .forEach(row -> times.add(row.path("createdDate").asText()));

        assertThat(times).containsExactly(COMPANY.response(1).created().toString());
    }

    @Test
    void aCallTooManyIsToldWhenToComeBackInTheHeadersOfTheTool() throws Exception {
        open("surveymonkey", 2);
        String[] key = {"Authorization", "Bearer demo-access-token"};

        assertThat(get("/surveys?per_page=2", key).headers().firstValue("X-Ratelimit-App-Global-Minute-Remaining"))
                .contains("1");
        JsonNode surveys = json(get("/surveys?per_page=2", key));
        assertThat(surveys.path("data")).hasSize(2);
        assertThat(surveys.at("/links/next").asText()).startsWith(tool.baseUrl() + "/surveys?");
        HttpResponse<String> third = get("/surveys?per_page=2", key);
        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(third.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
    }

    @Test
    void errorsThatComeWithStatus200DoSo() throws Exception {
        open("limesurvey", 0);
        String rpc = "/index.php/admin/remotecontrol";
        String login = "{\"method\":\"get_session_key\",\"params\":[\"demo-user\",\"%s\"],\"id\":1}";
        String list = "{\"method\":\"list_surveys\",\"params\":[\"%s\"],\"id\":2}";

        assertThat(post(rpc, login.formatted("guessed")).at("/result/status").asText())
                .isEqualTo("Invalid user name or password");
        assertThat(post(rpc, list.formatted("no key")).at("/result/status").asText())
                .isEqualTo("Invalid session key");
        String key = post(rpc, login.formatted("demo-password")).path("result").asText();
        assertThat(post(rpc, list.formatted(key)).path("result")).hasSize(4);
    }

    @Test
    void anExportIsReadyWhenItIsAskedAboutAgainAndForgottenByAnother() throws Exception {
        open("qualtrics", 0);
        String[] key = {"X-API-TOKEN", "demo-api-token"};

        assertThat(get("/surveys/31/export-responses/job-9", key).statusCode()).isEqualTo(404);
        var order = HttpRequest.newBuilder(URI.create(tool.baseUrl() + "/surveys/31/export-responses"))
                .headers(key)
                .POST(
                        BodyPublishers.ofString(
                                "{\"format\":\"json\",\"startDate\":\"2026-05-01T00:00:00Z\",\"endDate\":\"2026-11-20T00:00:00Z\"}"));
        String job = json(client.send(order.build(), BodyHandlers.ofString()))
                .at("/result/progressId")
                .asText();
        String poll = "/surveys/31/export-responses/" + job;
        assertThat(json(get(poll, key)).at("/result/status").asText()).isEqualTo("inProgress");
        JsonNode done = json(get(poll, key)).path("result");
        assertThat(done.path("status").asText()).isEqualTo("complete");
        String file = "/surveys/31/export-responses/" + done.path("fileId").asText() + "/file";
        assertThat(get(file, key).body()).startsWith("PK");
    }
}
