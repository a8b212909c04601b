package bellwether.daemon;

import static bellwether.daemon.CallTest.READ;
import static bellwether.daemon.CallTest.failed;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.TestClock;
import bellwether.daemon.Stub.Say;
import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.Configuration;
import bellwether.mapping.Mistake;
import bellwether.nps.Fault;
import bellwether.source.Connection;
import bellwether.source.Tools;
import bellwether.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tool's file and the connection's settings say about address, credentials, errors and limits is what goes over the wire. */
class DeclaredWireTest {
    private static final String RESPONSES = """
            time_formats: [iso]
            responses:
              path: /responses
              paging: {kind: page, page: page, size: size, first: 1, most: 50}
              cursor: {word: answered_at, from: from, to: to, as: iso}
              map: {id: id, survey: form, answered_at: at}
            """;

    @TempDir
    Path home;

    @BeforeEach
    void shipped() throws Exception {
        write("config/health.yaml", "policy: latest_per_person\n");
    }

    private void tool(String text) throws Exception {
        write("mappings/tools/acme.yaml", "tool: acme\nlabel: Acme\n" + text + RESPONSES);
    }

    private void connection(String settings) throws Exception {
        write("config/connections.yaml", "tools:\n  acme:\n    tool: acme\n    nps_surveys: all\n" + settings);
    }

    private List<String> mistakes() {
        var configuration = new Configuration(home, name -> null);
        return Tools.connections(configuration, configuration.settings().value()).mistakes().stream()
                .map(Mistake::toString)
                .toList();
    }

    private Caller caller(Wiring wiring) {
        var configuration = new Configuration(home, name -> null);
        var settings = configuration.settings();
        assertThat(settings.mistakes()).isEmpty();
        var connections = Tools.connections(configuration, settings.value());
        assertThat(connections.mistakes()).isEmpty();
        Connection acme = connections.value().get("acme");
        return wiring.add(Wires.of(acme, home).overriding(Wiring.quick("retries", "1")));
    }

    @Test
    void aTenantsAddressAKeyAndAHeader() throws Exception {
        tool("""
                settings:
                  tenant: {required: true, what: x}
                  api_key: {required: true, secret: true, what: x}
                  version: {default: "2.11", what: x}
                base_url: "{tenant}/api"
                headers: {Intercom-Version: "{version}"}
                auth: {kind: header, name: Authorization, value: "Basic {api_key}"}
                """);
        try (Stub stub = new Stub(seen -> Say.json(401, "{\"message\":\"no canary-1\"}"));
                Wiring wiring = new Wiring()) {
            connection("    tenant: " + stub.address() + "\n    api_key: canary-1\n");
            Fault fault = failed(caller(wiring).call(READ));
            assertThat(fault.toString())
                    .contains("connections.yaml: tools.acme.api_key")
                    .doesNotContain("canary");
            assertThat(stub.seen()).singleElement().satisfies(seen -> {
                assertThat(seen.path()).isEqualTo("/api/responses");
                assertThat(seen.header("authorization")).isEqualTo("Basic canary-1");
                assertThat(seen.header("intercom-version")).isEqualTo("2.11");
            });
        }
    }

    @Test
    void everyPlaceholderIsKnownAndEveryAddressIsOne() throws Exception {
        tool("""
                settings: {tenant: {what: x}, timeout: {what: x}}
                base_url: "https://{tenat}.acme.test"
                headers: {A: "{b}"}
                hosts: ["{c}.acme.test"]
                auth: {kind: oauth2_password, login_url: "https://{d}.acme.test/token"}
                """);
        connection("");
        assertThat(mistakes())
                .extracting(text -> text.replaceAll(" (Declare|Give).*", ""))
                .containsExactlyInAnyOrder(
                        "mappings/tools/acme.yaml:3: settings.timeout: every connection has a key of this name.",
                        "mappings/tools/acme.yaml:4: base_url: there is no setting 'tenat'.",
                        "mappings/tools/acme.yaml:5: headers.A: there is no setting 'b'.",
                        "mappings/tools/acme.yaml:6: hosts[0]: there is no setting 'c'.",
                        "mappings/tools/acme.yaml:7: auth: there is no setting 'client_id'.",
                        "mappings/tools/acme.yaml:7: auth: there is no setting 'client_secret'.",
                        "mappings/tools/acme.yaml:7: auth: there is no setting 'd'.",
                        "mappings/tools/acme.yaml:7: auth: there is no setting 'password'.",
                        "mappings/tools/acme.yaml:7: auth: there is no setting 'username'.");

        tool(
                "settings: {tenant: {what: x}}\nbase_url: \"https://{tenant}.acme.test\"\nauth: {kind: query, name: k, value: x}\n");
        assertThat(mistakes())
                .singleElement()
                .asString()
                .startsWith("config/connections.yaml:2: tools.acme: the key 'base_url'");
        connection("    tenant: https://acme.acme.test\n");
        assertThat(mistakes())
                .singleElement()
                .asString()
                .contains("'https://https://acme.acme.test.acme.test' is no address");
    }

    @Test
    void jsonRpcWithASessionAndErrorsInsideA200() throws Exception {
        tool("""
                settings:
                  username: {required: true, what: x}
                  password: {required: true, secret: true, what: x}
                auth:
                  kind: session
                  login: {path: /rpc, body: {method: get_session_key, params: ["{username}", "{password}"]}}
                  token: result
                  lasts: 2h
                  logout: {path: /rpc, body: {method: release_session_key, params: ["{session}"]}}
                errors:
                  - {at: result.status, matches: "Invalid session key", kind: login}
                  - {at: result.status, matches: "No Data.*", kind: empty}
                  - {at: result.status, exists: true, said: result.status, kind: config}
                  - {at: error, exists: true, said: error, kind: transient}
                  - {status: 404, kind: empty}
                  - {at: success, equals: false, said: msg, kind: record}
                """);
        try (Stub stub = new Stub(seen -> {
                    if (seen.body().contains("get_session_key")) {
                        return seen.body().contains("[\"me\",\"canary\\\"2\"]")
                                ? Say.json(200, "{\"result\":\"key1\",\"error\":null}")
                                : Say.json(
                                        200,
                                        "{\"result\":{\"status\":\"bad "
                                                + seen.body().length() + "\"}}");
                    }
                    return switch (seen.path()) {
                        case "/nothing" -> Say.json(200, "{\"result\":{\"status\":\"No Data, really\"}}");
                        case "/refused" ->
                            Say.json(200, "{\"result\":{\"status\":\"No permission for canary\\\"2 of a@b.test\"}}");
                        case "/beyond" -> Say.of(404, "text/html", "<p>");
                        case "/hidden" -> Say.json(200, "{\"success\":false,\"msg\":\"not yours\"}");
                        default -> Say.json(200, "{\"result\":[1],\"error\":null}");
                    };
                });
                Wiring wiring = new Wiring()) {
            connection("    base_url: " + stub.address() + "\n    username: me\n    password: 'canary\"2'\n");
            Caller caller = caller(wiring);
            assertThat(caller.call(READ)).isInstanceOfSatisfying(Answer.Ok.class, ok -> {
                assertThat(ok.json().path("result").get(0).asInt()).isEqualTo(1);
                assertThat(ok.empty()).isFalse();
            });
            for (String path : List.of("/nothing", "/beyond")) {
                assertThat(caller.call(Request.read(path, List.of())))
                        .isInstanceOfSatisfying(
                                Answer.Ok.class, ok -> assertThat(ok.empty()).isTrue());
            }
            Fault refused = failed(caller.call(Request.read("/refused", List.of())));
            assertThat(refused).isInstanceOf(Fault.Config.class);
            assertThat(refused.message()).contains("(No permission for *** of <e-mail>)");
            Fault hidden = failed(caller.call(Request.read("/hidden", List.of())));
            assertThat(hidden).isInstanceOf(Fault.Record.class);
            assertThat(hidden.message()).contains("(not yours)");
            assertThat(stub.seen("/rpc")).hasSize(1);
        }
    }

    @Test
    void aDailyBudgetIsKeptAcrossARestart() throws Exception {
        tool("""
                base_url: "http://acme.test"
                auth: {kind: query, name: k, value: x}
                limits: {requests_per_day: 5}
                """);
        TestClock clock = new TestClock();
        Instant midnight = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        try (Stub stub = new Stub(seen -> Say.json(200, "[]"))) {
            connection("    base_url: " + stub.address() + "\n");
            for (int start = 0; start < 2; start++) {
                try (Store store = Store.open("jdbc:sqlite:" + home.resolve("b.db"), null, null);
                        Wiring wiring = new Wiring((Clock) clock).on(store)) {
                    Caller caller = caller(wiring);
                    for (int i = 0; i < 3; i++) {
                        Answer answer = caller.call(READ);
                        if (start * 3 + i < 5) {
                            assertThat(answer).isInstanceOf(Answer.Ok.class);
                        } else {
                            Fault.Transient fault = (Fault.Transient) failed(answer);
                            assertThat(fault.code()).isEqualTo("DAILY_LIMIT");
                            assertThat(fault.notBefore()).isEqualTo(midnight);
                        }
                    }
                    if (start == 1) {
                        assertThat(stub.seen()).hasSize(5);
                        clock.advance(Duration.between(clock.instant(), midnight));
                        assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
                    }
                }
            }
        }
    }

    @Test
    void severalWindowsOfTheToolAreObeyed() throws Exception {
        tool("""
                base_url: "http://acme.test"
                auth: {kind: query, name: k, value: x}
                limits:
                  headers:
                    - {remaining: X-Minute-Remaining, reset: X-Minute-Reset, reset_as: seconds}
                    - {remaining: X-Day-Remaining, reset: X-Day-Reset, reset_as: unix_seconds}
                """);
        TestClock clock = new TestClock();
        Instant tomorrow = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(20, ChronoUnit.HOURS);
        try (Stub stub = new Stub(seen -> Say.json(200, "[]")
                        .with("X-Minute-Remaining", "7")
                        .with("X-Minute-Reset", "30")
                        .with("X-Day-Remaining", "0")
                        .with("X-Day-Reset", "" + tomorrow.getEpochSecond()));
                Wiring wiring = new Wiring((Clock) clock)) {
            connection("    base_url: " + stub.address() + "\n");
            Caller caller = caller(wiring);
            assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
            Fault.Transient fault = (Fault.Transient) failed(caller.call(READ));
            assertThat(fault.code()).isEqualTo("RATE_LIMITED");
            assertThat(fault.notBefore()).isBetween(tomorrow.minusSeconds(3), tomorrow.plusSeconds(3));
            assertThat(stub.seen()).hasSize(1);
        }
    }

    @Test
    void noSecondSeesMoreThanItsLimit() throws Exception {
        tool("""
                base_url: "http://acme.test"
                auth: {kind: query, name: k, value: x}
                limits: {requests_per_second: 10}
                """);
        try (Stub stub = new Stub(seen -> Say.json(200, "[]"));
                Wiring wiring = new Wiring()) {
            connection("    base_url: " + stub.address() + "\n");
            Caller caller = caller(wiring);
            for (int i = 0; i < 8; i++) {
                caller.call(READ);
            }
            Duration took =
                    Duration.between(stub.seen().get(0).at(), stub.seen().get(7).at());
            assertThat(took).isGreaterThan(Duration.ofMillis(550));
        }
    }

    @Test
    void ofSeveralWaysTheFirstWhoseSettingsAreGivenIsTaken() throws Exception {
        tool("""
                settings:
                  token: {secret: true, what: x}
                  client_id: {secret: true, what: x}
                  client_secret: {secret: true, what: x}
                  refresh_token: {secret: true, what: x}
                  scope: {what: x}
                base_url: "http://acme.test"
                auth:
                  - {kind: header, name: Authorization, value: "Bearer {token}"}
                  - {kind: oauth2_refresh, login_url: "http://acme.test/token", form: {scope: fixed, account: "{scope}"}}
                """);
        try (Stub stub = new Stub(seen -> Say.json(200, "{\"access_token\":\"T\"}"));
                Wiring wiring = new Wiring()) {
            String at = "    base_url: " + stub.address() + "\n    login_url: " + stub.address() + "/token\n";
            connection(at + "    token: personal\n");
            caller(wiring).call(READ);
            assertThat(stub.seen().get(0).header("authorization")).isEqualTo("Bearer personal");
            connection(at + "    client_id: a\n    client_secret: b\n    refresh_token: c\n");
            try (Wiring other = new Wiring()) {
                caller(other).call(READ);
            }
            assertThat(stub.seen("/token")).singleElement().satisfies(seen -> assertThat(seen.body())
                    .startsWith("grant_type=refresh_token&client_id=a&client_secret=b&")
                    .contains("refresh_token=c", "scope=fixed")
                    .doesNotContain("account"));
            assertThat(stub.seen("/responses")).last().satisfies(seen -> assertThat(seen.header("authorization"))
                    .isEqualTo("Bearer T"));
            connection(at + "    client_id: a\n");
            assertThat(mistakes())
                    .containsExactly("config/connections.yaml:2: tools.acme: it has no complete credentials."
                            + " Give token, or client_id and client_secret and refresh_token.");
        }
    }

    @Test
    void aClosedServiceIsNotAsked() throws Exception {
        tool("""
                closed: 2026-06-30
                base_url: "https://api.acme.test"
                auth: {kind: query, name: k, value: x}
                """);
        connection("");
        var configuration = new Configuration(home, name -> null);
        Map<String, Connection> connections = Tools.connections(
                        configuration, configuration.settings().value())
                .value();
        assertThat(connections.get("acme").closed()).isTrue();
        connection("    base_url: https://recorded.acme.test\n");
        connections = Tools.connections(configuration, configuration.settings().value())
                .value();
        assertThat(connections.get("acme").closed()).isFalse();
    }

    private void write(String file, String text) throws Exception {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
