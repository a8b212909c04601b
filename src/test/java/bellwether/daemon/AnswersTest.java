package bellwether.daemon;

import static bellwether.daemon.CallTest.failed;
import static bellwether.daemon.CallTest.tool;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.daemon.Stub.Say;
import bellwether.http.Answer;
import bellwether.http.Auth;
import bellwether.http.Caller;
import bellwether.http.Limits;
import bellwether.http.Net;
import bellwether.http.Request;
import bellwether.http.Secret;
import bellwether.http.Wire;
import bellwether.nps.Fault;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reply means: the kind of fault, its code, and how often it was asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersTest {
    private Wiring wiring;
    private int connections;

    @BeforeAll
    void start() throws Exception {
        wiring = new Wiring();
    }

    @AfterAll
    void stop() {
        wiring.close();
    }

    private Wire named(Wire wire) {
        return new Wire(
                "tool" + connections++,
                wire.step(),
                wire.base(),
                wire.hosts(),
                wire.auth(),
                wire.limits(),
                wire.net(),
                wire.overrides());
    }

    private Answer answer(Stub stub) {
        return wiring.add(named(tool(stub))).call(CallTest.READ);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Config, REQUEST_REFUSED, 1",
        "401, Config, CREDENTIALS_REFUSED, 1",
        "403, Config, FORBIDDEN, 1",
        "404, Record, NOT_FOUND, 1",
        "407, Config, PROXY_REFUSED, 1",
        "408, Transient, TIMED_OUT, 4",
        "410, Record, NOT_FOUND, 1",
        "422, Config, REQUEST_REFUSED, 1",
        "429, Transient, RATE_LIMITED, 4",
        "500, Transient, SERVER_ERROR, 4",
        "502, Transient, SERVER_ERROR, 4",
        "503, Transient, UNAVAILABLE, 4",
        "504, Transient, TIMED_OUT, 4",
        "599, Transient, SERVER_ERROR, 4",
        "304, Config, REDIRECTED, 1"
    })
    void aStatus(int status, String kind, String code, int attempts) {
        try (Stub stub = new Stub(seen -> new Say(status, Map.of(), new byte[0], 0, 0))) {
            Fault fault = failed(answer(stub));
            assertThat(fault.getClass().getSimpleName()).isEqualTo(kind);
            assertThat(fault.code()).isEqualTo(code);
            assertThat(fault.message()).contains("GET /responses answered " + status);
            assertThat(stub.seen()).hasSize(attempts);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | application/json | '' | nothing",
                "200 | text/html | <html>sign in</html> | HTML",
                "200 | application/json | <html>sign in</html> | HTML",
                "200 | application/json | '[{\"id\":1},{\"i' | something broken or cut off",
                "200 | application/json | '[] []' | something broken or cut off",
                "200 | application/json | null | something broken or cut off",
                "201 | application/json | '' | nothing"
            })
    void aSuccessThatIsNone(int status, String type, String body, String shape) {
        try (Stub stub = new Stub(seen -> Say.of(status, type, body))) {
            Fault fault = failed(answer(stub));
            assertThat(fault).isInstanceOf(Fault.Transient.class);
            assertThat(fault.code()).isEqualTo("UNUSABLE_ANSWER");
            assertThat(fault.message()).endsWith("answered " + status + " with " + shape + " instead of JSON.");
            assertThat(stub.seen()).hasSize(4);
        }
    }

    @Test
    void usableAnswers() {
        try (Stub stub = new Stub(seen -> new Say(204, Map.of(), new byte[0], 0, 0))) {
            assertThat(answer(stub)).isInstanceOfSatisfying(Answer.Ok.class, ok -> assertThat(ok.json())
                    .isNull());
        }
        try (Stub stub = new Stub(seen -> Say.of(200, "text/csv", "id,score\n1,9"))) {
            Request csv = Request.read("/x", List.of())
                    .with(Map.of("accept", "text/csv"))
                    .download();
            assertThat(wiring.add(named(tool(stub))).call(csv)).isInstanceOfSatisfying(Answer.Ok.class, ok -> {
                assertThat(ok.json()).isNull();
                assertThat(ok.body()).asString().isEqualTo("id,score\n1,9");
            });
        }
        byte[] latin = {'"', (byte) 0xe4, '"'};
        try (Stub stub = new Stub(
                seen -> new Say(200, Map.of("Content-Type", "application/json; charset=ISO-8859-1"), latin, 3, 0))) {
            assertThat(answer(stub)).isInstanceOfSatisfying(Answer.Ok.class, ok -> assertThat(
                            ok.json().asText())
                    .isEqualTo("ä"));
        }
    }

    @Test
    void aConnectionThatBreaksOff() throws Exception {
        try (Stub stub = new Stub(seen -> Say.hangUp())) {
            assertThat(failed(answer(stub)).code()).isEqualTo("DROPPED");
        }
        try (Stub stub = new Stub(seen -> Say.json(200, "[{\"id\":1}]").cutOff())) {
            assertThat(failed(answer(stub)).code()).isEqualTo("DROPPED");
            assertThat(stub.seen()).hasSize(4);
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Wire nobody = Wire.tool("nobody", URI.create("http://127.0.0.1:" + port), new Auth.None(), Limits.NONE)
                .overriding(Wiring.QUICK);
        assertThat(failed(wiring.add(nobody).call(CallTest.READ)).code()).isEqualTo("UNREACHABLE");
        Wire nameless = Wire.tool("nameless", URI.create("http://no.such.host.invalid"), new Auth.None(), Limits.NONE)
                .overriding(Wiring.QUICK);
        assertThat(failed(wiring.add(nameless).call(CallTest.READ)).code()).isEqualTo("UNREACHABLE");
    }

    @Test
    void anAnswerThatDoesNotCome() {
        try (Stub stub = new Stub(seen -> Say.json(200, "[]").after(600))) {
            Wire hasty = tool(stub)
                    .with(Net.DEFAULT.answering(Duration.ofMillis(200)))
                    .overriding(Wiring.quick("retries", "0"));
            Fault fault = failed(wiring.add(named(hasty)).call(CallTest.READ));
            assertThat(fault).isInstanceOf(Fault.Transient.class);
            assertThat(fault.code()).isEqualTo("TIMED_OUT");
            assertThat(answer(stub)).isInstanceOf(Answer.Ok.class);
        }
    }

    @Test
    void anAnswerThatTricklesIn() {
        String slow = "[" + " ".repeat(80) + "]";
        try (Stub stub = new Stub(seen -> Say.json(200, slow).with("X-Trickle", "yes"))) {
            Wire hasty = tool(stub)
                    .with(Net.DEFAULT.answering(Duration.ofMillis(200)))
                    .overriding(Wiring.quick("retries", "0"));
            assertThat(failed(wiring.add(named(hasty)).call(CallTest.READ)).code())
                    .isEqualTo("TIMED_OUT");
            assertThat(answer(stub)).isInstanceOf(Answer.Ok.class);
        }
    }

    @Test
    void anAnswerBeyondTheCapIsNotReadOn() throws Exception {
        byte[] large = ("[\"" + "x".repeat(200_000) + "\"]").getBytes();
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(large);
        }
        byte[] bomb = zipped.toByteArray();
        assertThat(bomb.length).isLessThan(10_000);
        Say packed = new Say(200, Map.of("Content-Encoding", "gzip"), bomb, bomb.length, 0);
        for (Say say : List.of(new Say(200, Map.of(), large, large.length, 0), packed)) {
            try (Stub stub = new Stub(seen -> say)) {
                Fault fault = failed(wiring.add(named(tool(stub).with(Net.DEFAULT.atMost(100_000))))
                        .call(CallTest.READ));
                assertThat(fault).isInstanceOf(Fault.Config.class);
                assertThat(fault.code()).isEqualTo("ANSWER_TOO_LARGE");
                assertThat(stub.seen()).hasSize(1);
                assertThat(answer(stub)).isInstanceOfSatisfying(Answer.Ok.class, ok -> assertThat(ok.body())
                        .isEqualTo(large));
            }
        }
    }

    @Test
    void aUsedUpQuotaIsLeftAlone() {
        try (Stub stub = new Stub(seen -> Say.json(403, "[{\"errorCode\":\"DAILY_QUOTA\"}]"))) {
            Limits limits = Limits.NONE.quota(Set.of("DAILY_QUOTA"), Duration.ofHours(1));
            Fault fault = failed(
                    wiring.add(named(tool(stub, new Auth.None(), limits))).call(CallTest.READ));
            assertThat(fault).isInstanceOf(Fault.Transient.class);
            assertThat(fault.code()).isEqualTo("QUOTA");
            assertThat(stub.seen()).hasSize(1);
        }
    }

    @Test
    void aFileMayBeLargerThanMemory() throws Exception {
        byte[] small = new byte[1000];
        byte[] large = new byte[40 << 20];
        new java.util.Random(5).nextBytes(large);
        try (Stub stub = new Stub(seen -> {
            byte[] body = seen.path().endsWith("/large") ? large : small;
            Map<String, String> headers = Map.of("Content-Type", "application/zip", "X-Bellwether-File", "/etc/passwd");
            return seen.path().endsWith("/error")
                    ? Say.json(500, "{\"message\":\"boom\"}")
                    : new Say(200, headers, body, seen.path().endsWith("/cut") ? body.length + 9 : body.length, 0);
        })) {
            Caller caller = wiring.add(named(tool(stub, new Auth.None(), Limits.NONE)
                    .with(Net.DEFAULT.atMost(2000))
                    .overriding(Wiring.quick("retries", "0"))));
            Answer.Ok in =
                    (Answer.Ok) caller.call(Request.read("/small", List.of()).download());
            assertThat(in.body()).isEqualTo(small);
            assertThat(in.file()).isNull();
            assertThat(in.headers()).doesNotContainKey("x-bellwether-file");
            Answer.Ok out =
                    (Answer.Ok) caller.call(Request.read("/large", List.of()).download());
            assertThat(out.file()).hasBinaryContent(large);
            assertThat(out.body()).isEmpty();
            java.nio.file.Files.delete(out.file());
            assertThat(failed(caller.call(Request.read("/cut", List.of()).download()))
                            .code())
                    .isEqualTo("DROPPED");
            assertThat(failed(caller.call(Request.read("/error", List.of()).download()))
                            .message())
                    .contains("boom");
        }
    }

    @Test
    void redirectsStayAtHomeAndCarryNoCredentialsElsewhere() {
        Auth key = new Auth.Headers(Map.of("X-Key", new Secret("tool.key", "canary-key")));
        try (Stub other = new Stub(seen -> Say.json(200, "[2]"));
                Stub stub = new Stub(seen -> switch (seen.path()) {
                    case "/v1/moved" -> new Say(302, Map.of("Location", "/v1/here"), new byte[0], 0, 0);
                    case "/v1/elsewhere" ->
                        new Say(307, Map.of("Location", other.address() + "/file"), new byte[0], 0, 0);
                    case "/v1/round" -> new Say(302, Map.of("Location", "/v1/round"), new byte[0], 0, 0);
                    default -> Say.json(200, "[1]");
                })) {
            Wire wire = tool(stub, key, Limits.NONE);
            Wire declared =
                    named(wire.asking(Set.of("127.0.0.1:" + other.address().getPort())));
            wire = named(wire);
            assertThat(wiring.add(wire).call(Request.read("/moved", List.of()))).isInstanceOf(Answer.Ok.class);
            assertThat(stub.seen("/v1/here")).singleElement().satisfies(seen -> assertThat(seen.header("x-key"))
                    .isEqualTo("canary-key"));

            Wire strict = named(wire);
            Fault fault = failed(wiring.add(strict).call(Request.read("/elsewhere", List.of())));
            assertThat(fault).isInstanceOf(Fault.Config.class);
            assertThat(fault.code()).isEqualTo("HOST_NOT_DECLARED");
            assertThat(other.seen()).isEmpty();

            assertThat(wiring.add(declared).call(Request.read("/elsewhere", List.of())))
                    .isInstanceOf(Answer.Ok.class);
            assertThat(other.seen()).singleElement().satisfies(seen -> assertThat(seen.headers())
                    .doesNotContainKey("x-key"));

            Wire endless = named(wire);
            assertThat(failed(wiring.add(endless).call(Request.read("/round", List.of())))
                            .code())
                    .isEqualTo("REDIRECTED");
            assertThat(stub.seen("/v1/round")).hasSize(4);

            Request post = new Request("POST", "/moved", List.of(), Map.of(), "application/json", "{}".getBytes());
            assertThat(failed(wiring.add(named(wire)).call(post)).code()).isEqualTo("REDIRECTED");
        }
    }

    @Test
    void noHeaderSteersTheComponent() {
        try (Stub evil = new Stub(seen -> Say.json(200, "[]"));
                Stub stub = new Stub(seen -> Say.json(200, "[]"))) {
            Map<String, String> headers = Map.of(
                    "CamelHttpUri", evil.address() + "/x",
                    "camelhttppath", "evil",
                    "CamelHttpRawQuery", "evil=1",
                    "CamelHttpMethod", "DELETE",
                    "CamelRestHttpUri", evil.address() + "/y");
            Request request = new Request("GET", "/x", List.of(), headers, null, null);
            assertThat(wiring.add(named(tool(stub))).call(request)).isInstanceOf(Answer.Ok.class);
            assertThat(evil.seen()).isEmpty();
            assertThat(stub.seen()).singleElement().satisfies(seen -> {
                assertThat(seen.method() + " " + seen.path()).isEqualTo("GET /v1/x");
                assertThat(seen.rawQuery()).isNull();
                assertThat(seen.headers().keySet()).noneMatch(name -> name.startsWith("camel"));
            });
        }
    }

    @Test
    void aProxyIsUsed() {
        try (Stub proxy = new Stub(seen -> seen.headers().containsKey("proxy-authorization")
                ? Say.json(200, "[]")
                : new Say(407, Map.of("Proxy-Authenticate", "Basic realm=\"p\""), new byte[0], 0, 0))) {
            Net net = Net.DEFAULT.through(new Net.Proxy(
                    "127.0.0.1", proxy.address().getPort(), "me", new Secret("tool.proxy_password", "canary-proxy")));
            Wire wire = Wire.tool("proxied", URI.create("http://tool.invalid/v1"), new Auth.None(), Limits.NONE)
                    .with(net);
            assertThat(wiring.add(wire).call(CallTest.READ)).isInstanceOf(Answer.Ok.class);
            assertThat(proxy.seen()).last().satisfies(seen -> {
                assertThat(seen.header("host")).isEqualTo("tool.invalid");
                assertThat(seen.header("proxy-authorization")).isEqualTo("Basic bWU6Y2FuYXJ5LXByb3h5");
            });
        }
    }
}
