package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.daemon.Daemon;
import bellwether.daemon.Refusal;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API refuses and how it says so, of a Bellwether with a token whose tool and CRM cannot be reached. */
class ApiProblemsTest {
    private static final String NOWHERE = "http://127.0.0.1:9";
    private static final String TOKEN = "token-canary-1";

    @TempDir
    static Path home;

    private static Daemon daemon;
    private static Rest api;
    private static Rest stranger;

    @BeforeAll
    static void start() {
        daemon = new House(home, NOWHERE, NOWHERE)
                .with("BELLWETHER_API_TOKEN", TOKEN)
                .with("BELLWETHER_HOST", "0.0.0.0")
                .daemon(Clock.systemUTC());
        daemon.start();
        api = new Rest(daemon, TOKEN);
        stranger = new Rest(daemon);
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    @Test
    void everyPathButHealthAsksForTheToken() {
        List<String> open = new ArrayList<>();
        for (String[] operation : operations()) {
            Rest.Reply reply = stranger.send(operation[0], operation[1], null);
            if (reply.status() != 401) {
                open.add(operation[1]);
                continue;
            }
            problem(reply, 401, "TOKEN_REFUSED", operation[1]);
            assertThat(reply.headers().firstValue("www-authenticate").orElse(""))
                    .startsWith("Bearer");
        }
        assertThat(open).containsExactlyInAnyOrder("/api/v1/health/live", "/api/v1/health/ready");
        problem(stranger.get("/api/v1/nothing"), 401, "TOKEN_REFUSED", "/api/v1/nothing");
        problem(stranger.send("PUT", "/api/v1/runs", "x"), 401, "TOKEN_REFUSED", "/api/v1/runs");
        problem(stranger.get("/api/v1/health/../runs"), 401, "TOKEN_REFUSED", "/api/v1/runs");
    }

    @Test
    void onlyTheVeryTokenIsTaken() {
        for (String wrong : new String[] {"x", TOKEN + "x", TOKEN.substring(1), TOKEN.toUpperCase(), ""}) {
            assertThat(stranger.get("/api/v1/runs", "Authorization", "Bearer " + wrong)
                            .status())
                    .isEqualTo(401);
        }
        assertThat(stranger.get("/api/v1/runs", "Authorization", "Basic " + TOKEN)
                        .status())
                .isEqualTo(401);
        assertThat(stranger.get("/api/v1/runs?access_token=" + TOKEN).status()).isEqualTo(401);
        assertThat(stranger.get("/api/v1/runs", "Authorization", "bearer " + TOKEN)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anUnreachableToolDoesNotMakeItUnready() {
        Rest.Reply ready = stranger.get("/api/v1/health/ready");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.json().get("connections")).hasSize(2);
        assertThat(ready.json().at("/connections/0").fieldNames())
                .toIterable()
                .containsExactly("name", "kind", "state", "until", "code");
        assertThat(stranger.get("/api/v1/health/live").json().get("status").asText())
                .isEqualTo("live");
    }

    @Test
    void allBadParametersAreNamedAtOnce() {
        Rest.Reply reply =
                api.get("/api/v1/runs?limit=201&before=seven&connection=nobody&sort=name&limit=3&CamelHttpUri=x");
        JsonNode document = problem(reply, 400, "BAD_PARAMETERS", "/api/v1/runs");
        List<String> named = new ArrayList<>();
        document.get("errors").forEach(e -> {
            named.add(e.get("parameter").asText());
            assertThat(e.get("detail").asText()).isNotBlank();
        });
        assertThat(named).contains("limit", "before", "connection", "sort", "CamelHttpUri");

        for (String path : new String[] {
            "/api/v1/accounts?window=this_century",
            "/api/v1/accounts?window=trailing_3_days",
            "/api/v1/accounts?policy=best",
            "/api/v1/accounts?after=a&before=b",
            "/api/v1/accounts?limit=0",
            "/api/v1/accounts/x/nps?window=2026-03-01..2026-02-01",
            "/api/v1/accounts/x/nps?window=2026-02-30..2026-03-01",
            "/api/v1/waiting?cause=LAZY",
            "/api/v1/waiting?before=-1",
            "/api/v1/dead-letters?status=lost",
            "/api/v1/acts?status=lost",
            "/api/v1/connections?x"
        }) {
            assertThat(api.get(path).json().get("errors")).as(path).hasSize(1);
        }
        for (String since : new String[] {"", "since=", "since=tomorrow", "since=2099-01-01", "since=1999-12-31"}) {
            assertThat(api.post("/api/v1/connections/wootric/backfill?" + since)
                            .json()
                            .get("errors"))
                    .as(since)
                    .hasSize(1);
        }
    }

    @Test
    void aMistakeSaysWhatMayBeWritten() {
        assertThat(api.get("/api/v1/accounts/x/nps?known_at=yesterday").body())
                .contains("Write a date (2026-01-01) or an instant (2026-01-01T00:00:00Z).");
        assertThat(api.get("/api/v1/accounts/x/nps?window=trailing_10000_days").body())
                .contains("A trailing window has at most 9999 days or months.");
    }

    @Test
    void aWebhookIsAnsweredInATypeOfOurOwn() {
        Rest.Reply reply = stranger.send("POST", "/hooks/nobody", "<b>x</b>", "Content-Type", "text/html");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.headers().firstValue("content-type")).contains("text/plain");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        problem(api.get("/api/v1/nothing"), 404, "PATH_NOT_FOUND", "/api/v1/nothing");
        problem(api.get("/api/v1/connections/x"), 404, "CONNECTION_NOT_FOUND", "/api/v1/connections/x");
        problem(api.post("/api/v1/connections/x/pull"), 404, "CONNECTION_NOT_FOUND", "/api/v1/connections/x/pull");
        problem(api.get("/api/v1/accounts/x"), 404, "ACCOUNT_NOT_FOUND", "/api/v1/accounts/x");
        problem(api.get("/api/v1/accounts/x/nps"), 404, "ACCOUNT_NOT_FOUND", "/api/v1/accounts/x/nps");
        problem(api.get("/api/v1/runs/7"), 404, "RUN_NOT_FOUND", "/api/v1/runs/7");
        problem(api.get("/api/v1/runs/wootric:999"), 404, "RUN_NOT_FOUND", "/api/v1/runs/wootric:999");
        problem(api.get("/api/v1/acts/99"), 404, "ACT_NOT_FOUND", "/api/v1/acts/99");
        problem(api.post("/api/v1/acts/x/resolve?as=done"), 404, "ACT_NOT_FOUND", "/api/v1/acts/x/resolve");
        problem(api.get("/api/v1/dead-letters/99"), 404, "DEAD_LETTER_NOT_FOUND", "/api/v1/dead-letters/99");
        problem(
                api.post("/api/v1/dead-letters/x/replay"),
                404,
                "DEAD_LETTER_NOT_FOUND",
                "/api/v1/dead-letters/x/replay");
        problem(
                api.get("/api/v1/accounts/%27%20OR%201=1"),
                404,
                "ACCOUNT_NOT_FOUND",
                "/api/v1/accounts/%27%20OR%201=1");
    }

    /** Each path of the description is asked with each method that it does not take, in either version of HTTP. */
    @Test
    void whatAPathTakesInsteadIsSaid() throws IOException {
        JsonNode paths = api.get("/api/openapi.json").json().get("paths");
        paths.fieldNames().forEachRemaining(name -> {
            String path = name.replaceAll("\\{\\w+}", "x");
            Set<String> takes = new TreeSet<>();
            paths.fields().forEachRemaining(other -> {
                if (path.matches(other.getKey().replaceAll("\\{\\w+}", "[^/]+"))) {
                    other.getValue().fieldNames().forEachRemaining(taken -> takes.add(taken.toUpperCase(Locale.ROOT)));
                }
            });
            for (String method : new String[] {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
                if (!takes.contains(method)) {
                    Rest.Reply reply = api.send(method, path, null);
                    assertThat(reply.status()).as(method + " " + path).isEqualTo(405);
                    assertThat(reply.headers().firstValue("Allow"))
                            .as(method + " " + path)
                            .contains(String.join(", ", takes));
                    assertThat(reply.body().isEmpty()).isEqualTo(method.equals("HEAD"));
                }
            }
        });
        String head = api.raw("HEAD /api/v1/runs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKEN + "\r\n");
        assertThat(head)
                .startsWith("HTTP/1.1 405")
                .containsIgnoringCase("\r\nallow: GET\r\n")
                .endsWith("\r\n\r\n");
        assertThat(api.send("PUT", "/hooks/wootric", null).headers().firstValue("Allow"))
                .contains("GET, HEAD, POST");
        assertThat(stranger.send("PUT", "/api/v1/runs", null).status()).isEqualTo(401);
    }

    @Test
    void methodAndBodyAreChecked() {
        problem(api.send("DELETE", "/api/v1/runs", null), 405, "METHOD_NOT_ALLOWED", "/api/v1/runs");
        problem(
                api.get("/api/v1/connections/wootric/pull"),
                405,
                "METHOD_NOT_ALLOWED",
                "/api/v1/connections/wootric/pull");
        String pause = "/api/v1/connections/wootric/approve";
        problem(api.send("POST", pause, "<a/>", "Content-Type", "text/xml"), 415, "NOT_JSON", pause);
        problem(
                api.send("POST", pause, "name=x", "Content-Type", "application/x-www-form-urlencoded"),
                415,
                "NOT_JSON",
                pause);
        problem(api.send("POST", pause, "x"), 415, "NOT_JSON", pause);
        for (String broken : new String[] {"{bad", "[1,"}) {
            problem(api.send("POST", pause, broken, "Content-Type", "application/json"), 400, "NOT_JSON", pause);
        }
        String large = "\"" + "x".repeat(1 << 20) + "\"";
        problem(api.send("POST", pause, large, "Content-Type", "application/json"), 413, "BODY_TOO_LARGE", pause);
        problem(api.get("/api/v1/runs", "Accept", "text/html"), 406, "NOT_ACCEPTABLE", "/api/v1/runs");
        problem(api.post("/api/v1/connections/wootric/resync"), 409, "NOT_A_CRM", "/api/v1/connections/wootric/resync");
        problem(
                api.post("/api/v1/connections/salesforce/pull"),
                409,
                "NOT_A_TOOL",
                "/api/v1/connections/salesforce/pull");
    }

    @Test
    void noHeaderOfARequestSteersARouteOrComesBack() {
        Rest.Reply plain = api.get("/api/v1/connections/wootric");
        Rest.Reply steered = api.get(
                "/api/v1/connections/wootric",
                "CamelBeanMethodName",
                "list",
                "cAmElBeanMethodName",
                "list",
                "CamelHttpPath",
                "/other",
                "CamelHttpRawQuery",
                "x=1",
                "CamelHttpResponseCode",
                "418",
                "name",
                "salesforce",
                "X-Canary",
                "canary");
        assertThat(steered.status()).isEqualTo(200);
        assertThat(steered.json().get("name")).isEqualTo(plain.json().get("name"));
        assertThat(steered.headers().map().keySet())
                .isSubsetOf(
                        "content-type",
                        "content-length",
                        "transfer-encoding",
                        ":status",
                        "cache-control",
                        "x-content-type-options");
        assertThat(api.get("/api/v1/connections/wootric?name=salesforce").status())
                .isEqualTo(400);
    }

    @Test
    void theDocumentListsEveryRouteAndNothingElse() {
        JsonNode document = api.get("/api/openapi.json").json();
        assertThat(document.at("/servers/0/url").asText()).isEqualTo("/");
        List<String> routes = daemon.camel().getRoutes().stream()
                .filter(r -> r.getEndpoint().getEndpointUri().startsWith("rest:"))
                .map(r -> r.getRouteId())
                .toList();
        List<String> documented = new ArrayList<>();
        document.get("paths")
                .forEach(path -> path.forEach(operation -> {
                    documented.add(operation.get("operationId").asText());
                    assertThat(operation.get("summary").asText()).isNotBlank();
                    assertThat(operation.at("/responses/default/content").has("application/problem+json"))
                            .isTrue();
                }));
        assertThat(documented).hasSize(32).containsExactlyInAnyOrderElementsOf(routes);
        assertThat(document.get("paths").fieldNames()).toIterable().allMatch(p -> p.equals("/") || !p.endsWith("/"));
        for (String[] operation : operations()) {
            Rest.Reply reply = operation[0].equals("GET") ? api.get(operation[1]) : null;
            assertThat(reply == null || reply.status() != 500 && !"PATH_NOT_FOUND".equals(code(reply)))
                    .as(operation[1])
                    .isTrue();
        }
        assertThat(api.get("/").json().get("openapi").asText()).isEqualTo("/api/openapi.json");
    }

    @Test
    void anAddressThatIsNoneIsRefused() throws IOException {
        assertThat(api.raw("GET /api/v1/accounts/%zz HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKEN + "\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
        assertThat(api.raw("GET /api/v1/runs?limit=%zz HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKEN + "\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    @Test
    void theTokenMayStandInAFile(@TempDir Path other) throws IOException {
        Path secret = Files.writeString(other.resolve("token"), TOKEN + "\n");
        House house = new House(other, NOWHERE, NOWHERE).with("BELLWETHER_API_TOKEN_FILE", secret.toString());
        try (Daemon guarded = house.daemon(Clock.systemUTC())) {
            guarded.start();
            assertThat(new Rest(guarded).get("/api/v1/runs").status()).isEqualTo(401);
            assertThat(new Rest(guarded, TOKEN).get("/api/v1/runs").status()).isEqualTo(200);
        }
        Files.delete(secret);
        try (Daemon open = house.daemon(Clock.systemUTC())) {
            assertThatThrownBy(open::start).hasStackTraceContaining("BELLWETHER_API_TOKEN_FILE");
        }
    }

    @Test
    void anApplicationPropertiesThatSaysNothingOpensNothing(@TempDir Path other) throws IOException {
        House house = new House(other, NOWHERE, NOWHERE).with("BELLWETHER_API_TOKEN", TOKEN);
        Path properties = other.resolve("config/application.properties");
        List<String> lines = Files.readAllLines(properties);
        lines.removeIf(line -> line.startsWith("camel.") || line.startsWith("api."));
        Files.write(properties, lines);
        try (Daemon bare = house.daemon(Clock.systemUTC())) {
            bare.start();
            Rest.Reply reply = new Rest(bare, TOKEN).get("/api/v1/connections/wootric", "X-Canary", "canary");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers().map()).doesNotContainKeys("x-canary", "authorization");
            assertThat(new Rest(bare).get("/api/v1/connections/wootric").status())
                    .isEqualTo(401);
            assertThat(bare.camel().resolvePropertyPlaceholders("{{camel.server.host}}"))
                    .isEqualTo("127.0.0.1");
        }
    }

    @Test
    void withoutATokenItIsServedOnThisMachineOnlyOrNotAtAll(@TempDir Path other) {
        House house = new House(other, NOWHERE, NOWHERE).with("BELLWETHER_HOST", "0.0.0.0");
        try (Daemon open = house.daemon(Clock.systemUTC())) {
            assertThatThrownBy(open::start).isInstanceOf(Refusal.class).hasMessageContaining("BELLWETHER_API_TOKEN");
        }
    }

    @Test
    void aStoreThatDoesNotAnswerMakesItUnreadyAndNothingOfUsIsTold(@TempDir Path other) {
        try (Daemon mute = new House(other, NOWHERE, NOWHERE).daemon(Clock.systemUTC())) {
            mute.start();
            mute.store().close();
            Rest rest = new Rest(mute);
            Rest.Reply ready = rest.get("/api/v1/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().get("code").asText()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(rest.get("/api/v1/health/live").status()).isEqualTo(200);
            Rest.Reply runs = rest.get("/api/v1/runs");
            assertThat(runs.status()).isEqualTo(503);
            assertThat(runs.type()).isEqualTo("application/problem+json");
            assertThat(runs.body()).doesNotContain("java.", "jdbc", "Hikari", "at bellwether");
        }
    }

    @Test
    void aPortThatIsTakenIsSaid(@TempDir Path other) throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            House house = new House(other, NOWHERE, NOWHERE).with("BELLWETHER_PORT", port);
            try (Daemon second = house.daemon(Clock.systemUTC())) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(Refusal.class)
                        .hasMessageContaining(port + ": ")
                        .hasMessageContaining("BELLWETHER_PORT");
                // What is run once takes any port beside it.
            }
            try (Daemon idle = house.daemon(Clock.systemUTC())) {
                idle.startIdle();
                assertThat(idle.port()).isPositive().isNotEqualTo(Integer.parseInt(port));
            }
        }
    }

    private static JsonNode problem(Rest.Reply reply, int status, String code, String instance) {
        assertThat(reply.status()).as(instance).isEqualTo(status);
        assertThat(reply.type()).isEqualTo("application/problem+json");
        JsonNode document = reply.json();
        assertThat(document.get("type").asText()).isEqualTo("about:blank");
        assertThat(document.get("title").asText()).isNotBlank();
        assertThat(document.get("status").asInt()).isEqualTo(status);
        assertThat(document.get("detail").asText()).isNotBlank();
        assertThat(document.get("instance").asText()).isEqualTo(instance);
        assertThat(document.get("code").asText()).isEqualTo(code);
        assertThat(document.get("advice").asText()).isNotBlank();
        assertThat(reply.body()).doesNotContain("bellwether.", "Exception", TOKEN);
        return document;
    }

    private static String code(Rest.Reply reply) {
        return reply.json().path("code").asText();
    }

    /** Method and address of every documented operation, with something in place of each part of the path. */
    private static List<String[]> operations() {
        List<String[]> operations = new ArrayList<>();
        JsonNode paths = api.get("/api/openapi.json").json().get("paths");
        paths.properties().forEach(path -> Stream.of("get", "post", "put", "delete")
                .filter(path.getValue()::has)
                .forEach(method -> operations.add(new String[] {
                    method.toUpperCase(),
                    path.getKey().replace("{name}", "wootric").replace("{id}", "1")
                })));
        return operations;
    }
}
