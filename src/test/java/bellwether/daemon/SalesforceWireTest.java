package bellwether.daemon;

import static bellwether.daemon.CallTest.failed;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.crm.SalesforceOrg;
import bellwether.daemon.Stub.Say;
import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Net;
import bellwether.http.Request;
import bellwether.http.Secret;
import bellwether.nps.Fault;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that camel-salesforce does silently or unsafely, made safe. */
class SalesforceWireTest {
    static final String TOKEN = "/services/oauth2/token";
    static final String REVOKE = "/services/oauth2/revoke";
    static final String DATA = "/services/data/v66.0";
    static final String ROWS =
            "{\"allOrNone\":false,\"records\":[{\"attributes\":{\"type\":\"Contact\"},\"id\":\"003\",\"NPS__c\":null}]}";
    static final Request UPDATE = patch("/composite/sobjects", ROWS);

    static Say token(Stub.Seen seen, String token) {
        String here = "http://" + seen.header("host");
        return Say.json(
                200,
                "{\"access_token\":\"%s\",\"instance_url\":\"%s\",\"id\":\"%s/id/00D000000000001AAA/005000000000001AAA\"}"
                        .formatted(token, here, here));
    }

    /** Logs everybody in with one token and lets the rest answer. */
    static Stub org(Function<Stub.Seen, Say> rest) {
        return new Stub(seen -> switch (seen.path()) {
            case TOKEN -> token(seen, "T1");
            case REVOKE -> Say.json(200, "{}");
            default -> rest.apply(seen);
        });
    }

    static SalesforceOrg settings(URI address) {
        return SalesforceOrg.of(
                        "acme",
                        address,
                        new Secret("acme.client_id", "the-id"),
                        new Secret("acme.client_secret", "canary-secret"))
                .overriding(Wiring.QUICK);
    }

    static Caller add(Wiring wiring, Stub stub) {
        return wiring.add(settings(stub.address()));
    }

    static Request patch(String path, String body) {
        return new Request(
                "PATCH", path, List.of(), Map.of(), "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    static Request query(String soql) {
        return Request.read("/query", List.of(new Request.Parameter("q", soql)));
    }

    @Test
    void readsAndWrites() throws Exception {
        String next = DATA + "/query/01g-2000";
        String results = "[{\"id\":\"003000000000001AAA\",\"success\":true,\"errors\":[],\"created\":false},"
                + "{\"success\":false,\"errors\":[{\"statusCode\":\"DUPLICATES_DETECTED\",\"message\":\"m\",\"fields\":[\"Email\"],"
                + "\"extendedErrorDetails\":null,\"duplicateResult\":{\"allowSave\":true}}]}]";
        try (Stub stub = org(seen -> switch (seen.path()) {
                    case DATA + "/query" ->
                        Say.json(200, "{\"done\":false,\"nextRecordsUrl\":\"" + next + "\"}")
                                .with("Sforce-Limit-Info", "api-usage=12/15000");
                    case DATA + "/query/01g-2000" -> Say.json(200, "{\"done\":true,\"records\":[]}");
                    case DATA + "/sobjects/Contact/describe" -> Say.json(200, "{\"name\":\"Contact\"}");
                    default -> Say.json(200, results);
                });
                Wiring wiring = new Wiring()) {
            Caller caller = add(wiring, stub);
            assertThat(caller.call(query("SELECT Id FROM Contact WHERE Email = 'a+b@x.io'")))
                    .isInstanceOfSatisfying(Answer.Ok.class, ok -> {
                        assertThat(ok.headers()).containsEntry("sforce-limit-info", "api-usage=12/15000");
                        assertThat(ok.json().get("nextRecordsUrl").asText()).isEqualTo(next);
                    });
            assertThat(stub.seen(DATA + "/query").get(0).rawQuery())
                    .isEqualTo("q=SELECT%20Id%20FROM%20Contact%20WHERE%20Email%20%3D%20%27a%2Bb%40x.io%27");
            assertThat(caller.call(Request.read(next, List.of()))).isInstanceOf(Answer.Ok.class);
            assertThat(caller.call(Request.read("/sobjects/Contact/describe", List.of())))
                    .isInstanceOfSatisfying(
                            Answer.Ok.class,
                            ok -> assertThat(ok.json().get("name").asText()).isEqualTo("Contact"));
            for (String path : List.of("/composite/sobjects", "/composite/sobjects/NPS_Response__c/Response_Id__c")) {
                // partial failure is a 200: every row's result comes through as the vendor wrote it
                assertThat(caller.call(patch(path, ROWS))).isInstanceOfSatisfying(Answer.Ok.class, ok -> {
                    assertThat(ok.json()).hasToString(results);
                    assertThat(ok.body()).asString().isEqualTo(results);
                });
                assertThat(stub.seen(DATA + path)).singleElement().satisfies(seen -> {
                    assertThat(seen.method()).isEqualTo("PATCH");
                    assertThat(seen.body()).isEqualTo(ROWS);
                    assertThat(seen.header("authorization")).isEqualTo("Bearer T1");
                    assertThat(seen.header("content-type")).startsWith("application/json");
                });
            }
            assertThat(stub.seen(TOKEN)).singleElement().satisfies(seen -> assertThat(seen.body())
                    .contains("grant_type=client_credentials", "client_id=the-id", "client_secret=canary-secret"));
        }
    }

    @ParameterizedTest
    @CsvSource({"application/json, ''", "text/html, <html>maintenance</html>", "application/json, '[{\"id\":'"})
    void aSuccessWithoutResultsIsNoSuccess(String type, String body) throws Exception {
        try (Stub stub = org(seen -> Say.of(200, type, body));
                Wiring wiring = new Wiring()) {
            Caller caller = add(wiring, stub);
            for (Request request :
                    List.of(UPDATE, patch("/composite/sobjects/R__c/Id__c", ROWS), query("SELECT Id FROM Contact"))) {
                Fault fault = failed(caller.call(request));
                assertThat(fault).isInstanceOf(Fault.Transient.class);
                assertThat(fault.code()).isEqualTo("UNUSABLE_ANSWER");
                assertThat(fault.step()).isEqualTo(request == UPDATE || request.body() != null ? "push" : "people");
            }
            assertThat(stub.seen(DATA + "/composite/sobjects")).hasSize(4);
        }
    }

    @Test
    void slowAnswersHaveTheirTime() throws Exception {
        assertThat(settings(URI.create("http://127.0.0.1")).net().answerTimeout())
                .as("the component's own idle time-out is 10 s")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(60));
        try (Stub stub = org(seen -> Say.json(200, "[]").after(700));
                Wiring wiring = new Wiring()) {
            SalesforceOrg org = settings(stub.address());
            assertThat(wiring.add(org.with(Net.DEFAULT.answering(Duration.ofSeconds(20))))
                            .call(UPDATE))
                    .isInstanceOf(Answer.Ok.class);
        }
        try (Stub stub = org(seen -> Say.json(200, "[]").after(700));
                Wiring wiring = new Wiring()) {
            SalesforceOrg org = settings(stub.address()).overriding(Wiring.quick("retries", "0"));
            Fault fault = failed(wiring.add(org.with(Net.DEFAULT.answering(Duration.ofMillis(200))))
                    .call(UPDATE));
            assertThat(fault).isInstanceOf(Fault.Transient.class);
            assertThat(fault.code()).isEqualTo("TIMED_OUT");
            assertThat(stub.seen(DATA + "/composite/sobjects")).hasSize(1);
        }
    }

    @Test
    void longQueriesPass() throws Exception {
        String soql = "SELECT Id FROM Contact WHERE Email IN ('" + "x".repeat(14_000) + "')";
        try (Stub stub = org(seen -> Say.json(200, "{}"));
                Wiring wiring = new Wiring()) {
            assertThat(add(wiring, stub).call(query(soql))).isInstanceOf(Answer.Ok.class);
            assertThat(stub.seen(DATA + "/query").get(0).rawQuery()).hasSizeGreaterThan(14_000);
        }
    }

    @Test
    void concurrentRefusalsMakeOneLoginWhereANewOneKillsTheOld() throws Exception {
        AtomicInteger logins = new AtomicInteger();
        CyclicBarrier eight = new CyclicBarrier(8);
        try (Stub stub = new Stub(seen -> {
                    if (seen.path().equals(TOKEN)) {
                        return token(seen, "T" + logins.incrementAndGet());
                    }
                    if (seen.path().equals(REVOKE)) {
                        return Say.json(400, "{\"error\":\"invalid_token\"}");
                    }
                    boolean current = seen.header("authorization").equals("Bearer T" + logins.get());
                    if (logins.get() == 1) {
                        meet(eight); // all eight are refused before anybody can log in
                        current = false;
                    }
                    return current
                            ? Say.json(200, "[]")
                            : Say.json(401, "[{\"errorCode\":\"INVALID_SESSION_ID\",\"message\":\"Session expired\"}]");
                });
                Wiring wiring = new Wiring()) {
            Caller caller = add(wiring, stub);
            assertThat(CallTest.atOnce(8, () -> caller.call(UPDATE))).allMatch(Answer.Ok.class::isInstance);
            assertThat(stub.seen(TOKEN)).hasSize(2); // the first, and exactly one for the eight
            assertThat(stub.seen(DATA + "/composite/sobjects")).hasSize(16);
        }
    }

    @Test
    void aRefusalThatStaysNamesTheSettings() throws Exception {
        try (Stub stub = org(seen -> Say.json(401, "[{\"errorCode\":\"INVALID_SESSION_ID\",\"message\":\"no\"}]"));
                Wiring wiring = new Wiring()) {
            Fault fault = failed(add(wiring, stub).call(UPDATE));
            assertThat(fault).isInstanceOf(Fault.Config.class);
            assertThat(fault.advice()).isEqualTo("Correct acme.client_id and acme.client_secret.");
            assertThat(stub.seen(TOKEN)).hasSize(2);
            assertThat(stub.seen(DATA + "/composite/sobjects")).hasSize(2);
        }
    }

    @Test
    void noHeaderRewritesTheQuery() throws Exception {
        try (Stub stub = org(seen -> Say.json(200, "{}"));
                Wiring wiring = new Wiring()) {
            Map<String, String> headers = Map.of(
                    "sObjectQuery", "SELECT Secret__c FROM User",
                    "rawPath", "/services/data/v66.0/evil",
                    "rawMethod", "DELETE",
                    "rawQueryParameters", "sObjectQuery",
                    "rawHttpHeaders", "sObjectQuery",
                    "CamelSalesforceRawPath", "/evil",
                    "apexUrl", "/evil",
                    "x-sfdc-session", "stolen",
                    "Sforce-Query-Options", "batchSize=200");
            Request request =
                    new Request("GET", "/query", List.of(new Request.Parameter("q", "SELECT Id")), headers, null, null);
            assertThat(add(wiring, stub).call(request)).isInstanceOf(Answer.Ok.class);
            assertThat(stub.seen())
                    .filteredOn(seen -> !seen.path().equals(TOKEN))
                    .singleElement()
                    .satisfies(seen -> {
                        assertThat(seen.method()).isEqualTo("GET");
                        assertThat(seen.path()).isEqualTo(DATA + "/query");
                        assertThat(seen.rawQuery()).isEqualTo("q=SELECT%20Id");
                        assertThat(seen.header("sforce-query-options")).isEqualTo("batchSize=200");
                        assertThat(seen.headers()).doesNotContainKeys("sobjectquery", "rawpath", "apexurl");
                        assertThat(seen.header("x-sfdc-session")).isEqualTo("T1");
                    });
        }
    }

    @Test
    void largeAnswersPassUpToTheCap() throws Exception {
        String large = "[\"" + "x".repeat(5 << 20) + "\"]";
        try (Stub stub = org(seen -> Say.json(200, large));
                Wiring wiring = new Wiring()) {
            assertThat(add(wiring, stub).call(UPDATE))
                    .isInstanceOfSatisfying(
                            Answer.Ok.class, ok -> assertThat(ok.body()).hasSize(large.length()));
        }
        try (Stub stub = org(seen -> Say.json(200, large));
                Wiring wiring = new Wiring()) {
            Fault fault = failed(wiring.add(settings(stub.address()).with(Net.DEFAULT.atMost(1 << 20)))
                    .call(UPDATE));
            assertThat(fault).isInstanceOf(Fault.Config.class);
            assertThat(fault.code()).isEqualTo("ANSWER_TOO_LARGE");
            assertThat(stub.seen(DATA + "/composite/sobjects")).hasSize(1);
        }
    }

    @Test
    void aUsedUpQuotaIsLeftAlone() throws Exception {
        try (Stub stub = org(seen -> Say.json(
                                403,
                                "[{\"errorCode\":\"REQUEST_LIMIT_EXCEEDED\",\"message\":\"TotalRequests Limit exceeded.\"}]")
                        .with("Sforce-Limit-Info", "api-usage=15000/15000"));
                Wiring wiring = new Wiring()) {
            Caller caller = add(wiring, stub);
            assertThat(failed(caller.call(query("SELECT Id FROM Contact"))))
                    .isInstanceOfSatisfying(Fault.Transient.class, fault -> {
                        assertThat(fault.code()).isEqualTo("QUOTA");
                        assertThat(fault.notBefore()).isAfter(Instant.now().plusSeconds(600));
                        assertThat(fault.message()).contains("TotalRequests Limit exceeded.");
                    });
            assertThat(failed(caller.call(UPDATE))).isInstanceOf(Fault.Transient.class);
            assertThat(stub.seen())
                    .filteredOn(seen -> seen.path().startsWith(DATA))
                    .hasSize(1);
        }
    }

    @Test
    void aConnectionDroppedAfterTheCommitIsTransientAndRepeatedOnlyByUs() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        try (Stub stub = org(seen -> commits.incrementAndGet() == 1 ? Say.hangUp() : Say.json(200, "[]"));
                Wiring wiring = new Wiring()) {
            SalesforceOrg once = settings(stub.address()).overriding(Wiring.quick("retries", "0"));
            Caller caller = wiring.add(once);
            assertThat(failed(caller.call(UPDATE)))
                    .isInstanceOfSatisfying(Fault.Transient.class, fault -> assertThat(fault.code())
                            .isEqualTo("DROPPED"));
            assertThat(commits).hasValue(1);
            assertThat(caller.call(UPDATE)).isInstanceOf(Answer.Ok.class);
            assertThat(commits).hasValue(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | Config | REQUEST_REFUSED | '[{\"errorCode\":\"MALFORMED_QUERY\",\"message\":\"''ann@x.io'' is odd\"}]' | MALFORMED_QUERY: '<e-mail>' is odd",
                "403 | Config | FORBIDDEN | '[{\"errorCode\":\"API_DISABLED_FOR_ORG\",\"message\":\"off\"}]' | API_DISABLED_FOR_ORG: off",
                "404 | Record | NOT_FOUND | '[{\"errorCode\":\"NOT_FOUND\",\"message\":\"gone\"}]' | NOT_FOUND: gone",
                "414 | Config | REQUEST_REFUSED | '' | 414",
                "503 | Transient | UNAVAILABLE | '<html>down</html>' | 503"
            })
    void refusals(int status, String kind, String code, String body, String said) throws Exception {
        try (Stub stub = org(seen -> Say.json(status, body));
                Wiring wiring = new Wiring()) {
            Fault fault = failed(add(wiring, stub).call(query("SELECT Id FROM Contact WHERE Email = 'ann@x.io'")));
            assertThat(fault.getClass().getSimpleName()).isEqualTo(kind);
            assertThat(fault.code()).isEqualTo(code);
            assertThat(fault.message())
                    .contains(said)
                    .startsWith("acme: the call GET /query answered")
                    .doesNotContain("ann");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | '{\"error\":\"invalid_client\",\"error_description\":\"canary-secret\"}' | Config | CREDENTIALS_REFUSED",
                "401 | '{\"error\":\"invalid_grant\"}' | Config | CREDENTIALS_REFUSED",
                "404 | '' | Config | REQUEST_REFUSED",
                "500 | oops | Transient | SERVER_ERROR",
                "200 | <html>hello</html> | Transient | UNUSABLE_ANSWER",
                "200 | '' | Transient | UNUSABLE_ANSWER",
                "200 | '{\"access_token\":\"T\",\"instance_url\":\"http://127.0.0.1\",\"id\":\"short\"}' | Transient | UNUSABLE_ANSWER"
            })
    void logins(int status, String body, String kind, String code) throws Exception {
        try (Stub stub = new Stub(seen -> Say.json(status, body));
                Wiring wiring = new Wiring()) {
            Fault fault = failed(add(wiring, stub).call(UPDATE));
            assertThat(fault.getClass().getSimpleName()).isEqualTo(kind);
            assertThat(fault.code()).isEqualTo(code);
            assertThat(fault.step()).isEqualTo("auth");
            assertThat(fault.message()).doesNotContain("canary");
            if (code.equals("CREDENTIALS_REFUSED")) {
                assertThat(fault.advice()).contains("acme.client_id and acme.client_secret");
                assertThat(stub.seen()).hasSize(1);
            }
        }
    }

    @Test
    void anOrgOutOfReachDoesNotStopTheStart() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(settings(URI.create("http://127.0.0.1:" + port)));
            assertThat(wiring.context().getStatus().isStarted()).isTrue();
            Fault fault = failed(caller.call(UPDATE));
            assertThat(fault).isInstanceOf(Fault.Transient.class);
            assertThat(fault.code()).isEqualTo("UNREACHABLE");
            assertThat(fault.step()).isEqualTo("auth");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/services/data/v66.0/query", "http://127.0.0.1:1/x"})
    void noOtherHostIsAsked(String address) throws Exception {
        try (Stub stub = org(seen -> Say.json(200, "{}"));
                Wiring wiring = new Wiring()) {
            assertThat(failed(add(wiring, stub).call(Request.read(address, List.of())))
                            .code())
                    .isEqualTo("HOST_NOT_DECLARED");
            assertThat(stub.seen())
                    .filteredOn(seen -> seen.path().startsWith(DATA))
                    .isEmpty();
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
