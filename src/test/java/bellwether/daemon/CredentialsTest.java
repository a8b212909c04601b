package bellwether.daemon;

import static bellwether.daemon.CallTest.READ;
import static bellwether.daemon.CallTest.failed;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.TestClock;
import bellwether.daemon.Stub.Say;
import bellwether.http.Answer;
import bellwether.http.Auth;
import bellwether.http.Caller;
import bellwether.http.ErrorRule;
import bellwether.http.Limits;
import bellwether.http.Request;
import bellwether.http.Secret;
import bellwether.http.Wire;
import bellwether.mapping.JsonPlace;
import bellwether.nps.Fault;
import bellwether.store.Store;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How each kind of credentials goes over the wire, and what happens when they end. */
class CredentialsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Say FINE = Say.json(200, "{\"result\":[]}");

    @TempDir
    Path folder;

    private static Wire wire(Stub stub, Auth auth) {
        return Wire.tool("tool", stub.address().resolve("/v1"), auth, Limits.NONE)
                .overriding(Wiring.QUICK);
    }

    private static Secret secret(String value) {
        return new Secret("tool.key", value);
    }

    @Test
    void aKeyInTheQueryStaysAtHomeAndOutOfFaults() throws Exception {
        Auth key = new Auth.Query("api_key", secret("canary key&1"));
        try (Stub files = new Stub(seen -> FINE);
                Stub stub = new Stub(seen -> seen.path().endsWith("/file")
                        ? new Say(
                                302,
                                Map.of("Location", files.address() + "/x?a=1&" + seen.rawQuery()),
                                new byte[0],
                                0,
                                0)
                        : Say.json(400, "{\"message\":\"what is " + seen.rawQuery() + " or canary key&1?\"}"));
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(
                    wire(stub, key).asking(Set.of("127.0.0.1:" + files.address().getPort())));
            Fault fault = failed(caller.call(Request.read("/r?api_key=old", List.of(new Request.Parameter("b", "2")))));
            assertThat(stub.seen()).singleElement().satisfies(seen -> assertThat(seen.rawQuery())
                    .isEqualTo("b=2&api_key=canary%20key%261"));
            assertThat(fault.toString()).contains("what is").doesNotContain("canary");
            assertThat(caller.call(Request.read("/file", List.of()))).isInstanceOf(Answer.Ok.class);
            assertThat(files.seen()).singleElement().satisfies(seen -> assertThat(seen.rawQuery())
                    .isEqualTo("a=1"));
        }
    }

    @Test
    void basicInItsShapes() throws Exception {
        try (Stub stub = new Stub(seen -> Say.json(403, "{\"message\":\"" + seen.header("authorization") + "\"}"));
                Wiring wiring = new Wiring()) {
            List<Auth> shapes = List.of(
                    new Auth.Basic(secret("canary"), secret("")),
                    new Auth.Basic(secret(""), secret("canary")),
                    new Auth.Basic(new Secret("", "ana@acme.test/token"), secret("canary")));
            for (int i = 0; i < shapes.size(); i++) {
                Wire wire = Wire.tool("tool" + i, stub.address(), shapes.get(i), Limits.NONE)
                        .overriding(Wiring.QUICK);
                Fault fault = failed(wiring.add(wire).call(READ));
                assertThat(fault.advice()).contains("tool.key");
                assertThat(fault.toString())
                        .doesNotContain("canary")
                        .doesNotContain(
                                stub.seen().get(i).header("authorization").substring(6));
            }
            assertThat(stub.seen())
                    .extracting(seen -> seen.header("authorization"))
                    .containsExactly(
                            "Basic Y2FuYXJ5Og==", "Basic OmNhbmFyeQ==", "Basic YW5hQGFjbWUudGVzdC90b2tlbjpjYW5hcnk=");
        }
    }

    @Test
    void headersOfTheToolStayAtHome() throws Exception {
        try (Stub files = new Stub(seen -> FINE);
                Stub stub = new Stub(seen -> seen.path().endsWith("/file")
                        ? new Say(302, Map.of("Location", files.address() + "/x"), new byte[0], 0, 0)
                        : FINE);
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(wire(stub, new Auth.None())
                    .sending(Map.of("Intercom-Version", "2.11"))
                    .asking(Set.of("127.0.0.1:" + files.address().getPort())));
            caller.call(Request.read("/file", List.of()));
            assertThat(stub.seen()).allSatisfy(seen -> assertThat(seen.header("intercom-version"))
                    .isEqualTo("2.11"));
            assertThat(files.seen()).hasSize(1).allSatisfy(seen -> assertThat(seen.headers())
                    .doesNotContainKey("intercom-version"));
        }
    }

    @Test
    void aPasswordGrant() throws Exception {
        try (Stub stub = CallTest.withLogin(seen -> FINE);
                Wiring wiring = new Wiring()) {
            Auth auth = new Auth.Password(
                    stub.address().resolve("/oauth/token"),
                    secret("id"),
                    secret("s"),
                    secret("me@acme.test"),
                    secret("p w"),
                    Map.of("account_token", "NPS-1"));
            assertThat(wiring.add(wire(stub, auth)).call(READ)).isInstanceOf(Answer.Ok.class);
            assertThat(stub.seen("/oauth/token").get(0).body().split("&"))
                    .containsExactlyInAnyOrder(
                            "grant_type=password",
                            "client_id=id",
                            "client_secret=s",
                            "username=me%40acme.test",
                            "password=p+w",
                            "account_token=NPS-1");
            assertThat(stub.seen("/v1/responses").get(0).header("authorization"))
                    .isEqualTo("Bearer T1");
        }
    }

    // refresh tokens
    // ------------------------------------------------------------------------------------------------------------

    /** Takes each refresh token once, as Typeform does; only its newest access token is good. */
    private static final class Rotating implements AutoCloseable {
        final AtomicInteger trades = new AtomicInteger();
        volatile int revoked;
        final Stub stub = new Stub(this::answer);

        private Say answer(Stub.Seen seen) {
            if (!seen.path().equals("/oauth/token")) {
                return trades.get() > revoked && ("Bearer A" + trades.get()).equals(seen.header("authorization"))
                        ? FINE
                        : Say.json(401, "{\"message\":\"expired\"}");
            }
            String expected = "refresh_token=R" + trades.get();
            if (List.of(seen.body().split("&")).contains(expected)) {
                int next = trades.incrementAndGet();
                return Say.json(
                                200,
                                "{\"access_token\":\"A" + next + "\",\"refresh_token\":\"R" + next
                                        + "\",\"expires_in\":3600}")
                        .after(50);
            }
            return Say.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"" + seen.body() + "\"}");
        }

        Auth auth(String first) {
            return new Auth.Refresh(
                    stub.address().resolve("/oauth/token"),
                    secret("tool-id"),
                    secret("canary-s"),
                    secret(first),
                    Map.of());
        }

        @Override
        public void close() {
            stub.close();
        }
    }

    private Store store() {
        return Store.open("jdbc:sqlite:" + folder.resolve("b.db"), null, null);
    }

    @Test
    void aRotatedRefreshTokenSurvivesRestarts() throws Exception {
        TestClock clock = new TestClock();
        try (Rotating tool = new Rotating()) {
            for (int start = 1; start <= 3; start++) {
                try (Store store = store();
                        Wiring wiring = new Wiring(clock).on(store)) {
                    assertThat(wiring.add(wire(tool.stub, tool.auth("R0"))).call(READ))
                            .isInstanceOf(Answer.Ok.class);
                }
                assertThat(tool.trades).as("a kept token is used again").hasValue((start + 1) / 2);
                if (start == 2) {
                    clock.advance(Duration.ofHours(1));
                }
            }
        }
    }

    @Test
    void sixtyFourThreadsWithARefusedTokenTradeOnce() throws Exception {
        try (Rotating tool = new Rotating();
                Store store = store();
                Wiring wiring = new Wiring().on(store)) {
            Caller caller = wiring.add(wire(tool.stub, tool.auth("R0")));
            assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
            tool.revoked = 1;
            assertThat(together(64, () -> caller.call(READ))).allMatch(Answer.Ok.class::isInstance);
            assertThat(tool.trades).hasValue(2);
        }
    }

    @Test
    void sixtyFourThreadsWithAnExpiredTokenTradeOnce() throws Exception {
        TestClock clock = new TestClock();
        try (Rotating tool = new Rotating();
                Store store = store();
                Wiring wiring = new Wiring(clock).on(store)) {
            Caller caller = wiring.add(wire(tool.stub, tool.auth("R0")));
            assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
            clock.advance(Duration.ofHours(1));
            assertThat(together(64, () -> caller.call(READ))).allMatch(Answer.Ok.class::isInstance);
            assertThat(tool.trades).hasValue(2);
        }
    }

    @Test
    void twoProcessesTradeOnce() throws Exception {
        try (Rotating tool = new Rotating();
                Store store = store();
                Wiring one = new Wiring().on(store);
                Wiring two = new Wiring().on(store)) {
            Caller first = one.add(wire(tool.stub, tool.auth("R0")));
            Caller second = two.add(wire(tool.stub, tool.auth("R0")));
            AtomicInteger turn = new AtomicInteger();
            assertThat(together(8, () -> (turn.getAndIncrement() % 2 == 0 ? first : second).call(READ)))
                    .allMatch(Answer.Ok.class::isInstance);
            assertThat(tool.trades).hasValue(1);
        }
    }

    @Test
    void theNewRefreshTokenIsKeptBeforeTheAccessTokenIsUsed() throws Exception {
        try (Rotating tool = new Rotating()) {
            try (Wiring wiring = new Wiring()) {
                Store store = store();
                wiring.on(store);
                Caller caller = wiring.add(wire(tool.stub, tool.auth("R0")).overriding(Wiring.quick("retries", "0")));
                store.change(h -> h.execute("CREATE TRIGGER full BEFORE UPDATE OF content ON token"
                        + " BEGIN SELECT RAISE(ABORT, 'disk full'); END"));
                Fault fault = failed(caller.call(READ));
                assertThat(fault.code()).isEqualTo("TOKEN_NOT_KEPT");
                assertThat(fault).isInstanceOf(Fault.Transient.class);
                assertThat(tool.stub.seen("/v1/responses")).isEmpty();
                store.change(h -> h.execute("DROP TRIGGER full"));
                assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
                assertThat(tool.trades).hasValue(1);
                store.close();
            }
            try (Store store = store();
                    Wiring wiring = new Wiring().on(store)) {
                assertThat(wiring.add(wire(tool.stub, tool.auth("R0"))).call(READ))
                        .isInstanceOf(Answer.Ok.class);
            }
        }
    }

    @Test
    void anotherRefreshTokenInTheSettingsCountsAgain() throws Exception {
        try (Rotating tool = new Rotating();
                Store store = store()) {
            try (Wiring wiring = new Wiring().on(store)) {
                assertThat(wiring.add(wire(tool.stub, tool.auth("R0"))).call(READ))
                        .isInstanceOf(Answer.Ok.class);
            }
            tool.trades.set(7); // the admin obtained a new one
            try (Wiring wiring = new Wiring().on(store)) {
                assertThat(wiring.add(wire(tool.stub, tool.auth("R7"))).call(READ))
                        .isInstanceOf(Answer.Ok.class);
            }
            try (Wiring wiring = new Wiring().on(store)) {
                Fault fault = failed(
                        wiring.add(wire(tool.stub, tool.auth("canary-stale"))).call(READ));
                assertThat(fault).isInstanceOf(Fault.Config.class);
                assertThat(fault.toString()).contains("invalid_grant").doesNotContain("canary");
            }
        }
    }

    // sessions
    // ------------------------------------------------------------------------------------------------------------------

    private static final List<ErrorRule> LIME = List.of(
            rule("result.status", "Invalid session key", ErrorRule.Kind.LOGIN),
            rule("result.status", "Invalid user name.*", ErrorRule.Kind.CONFIG),
            rule("result.status", "No Data.*", ErrorRule.Kind.EMPTY),
            new ErrorRule(null, JsonPlace.of("error"), null, null, true, null, ErrorRule.Kind.TRANSIENT));

    private static ErrorRule rule(String at, String matches, ErrorRule.Kind kind) {
        return new ErrorRule(
                null, JsonPlace.of(at), null, Pattern.compile(matches), null, JsonPlace.of("result.status"), kind);
    }

    private static Request rpc(String body) throws Exception {
        return Request.search("/rpc", List.of(), JSON.readTree(body.replace('\'', '"')));
    }

    private static Auth session(String password) throws Exception {
        return new Auth.Session(
                rpc("{'method':'get_session_key','params':['me','" + password + "']}"),
                JsonPlace.of("result"),
                Duration.ofHours(2),
                rpc("{'method':'release_session_key','params':['{session}']}"),
                List.of(secret(password)));
    }

    /** JSON-RPC as LimeSurvey speaks it: everything is a 200. */
    private static final class Rpc implements AutoCloseable {
        final AtomicInteger logins = new AtomicInteger();
        volatile int valid = -1;
        final Stub stub = new Stub(this::answer);

        private Say answer(Stub.Seen seen) {
            if (seen.body().contains("get_session_key")) {
                if (!seen.body().contains("right")) {
                    return Say.json(
                            200,
                            "{\"result\":{\"status\":\"Invalid user name or password "
                                    + (seen.body().contains("canary") ? "canary-wrong" : "") + "\"}}");
                }
                valid = logins.incrementAndGet();
                return Say.json(200, "{\"result\":\"K\\\"" + valid + "\",\"error\":null}")
                        .after(20);
            }
            boolean good = seen.body().contains("\"K\\\"" + valid + "\"");
            if (!good) {
                return Say.json(200, "{\"result\":{\"status\":\"Invalid session key\"},\"error\":null}");
            }
            if (seen.body().contains("nothing")) {
                return Say.json(
                        200, "{\"result\":{\"status\":\"No Data, survey table does not exist.\"},\"error\":null}");
            }
            if (seen.body().contains("broken")) {
                return Say.json(200, "{\"result\":null,\"error\":\"table ana@acme.test\"}");
            }
            return Say.json(200, "{\"result\":\"e30=\",\"error\":null}");
        }

        @Override
        public void close() {
            stub.close();
        }
    }

    private static final String EXPORT = "{'method':'export','params':['{session}',31]}";

    @Test
    void aSessionIsOpenedUsedRenewedInTheMiddleAndClosed() throws Exception {
        try (Rpc tool = new Rpc()) {
            try (Wiring wiring = new Wiring()) {
                Caller caller = wiring.add(wire(tool.stub, session("right")).judging(LIME));
                assertThat(caller.call(rpc(EXPORT))).isInstanceOfSatisfying(Answer.Ok.class, ok -> assertThat(
                                ok.json().path("result"))
                        .isEqualTo(TextNode.valueOf("e30=")));
                assertThat(tool.stub.seen().get(1).body())
                        .isEqualTo("{\"method\":\"export\",\"params\":[\"K\\\"1\",31]}");
                tool.valid = -1; // the tool forgot it
                assertThat(together(16, () -> caller.call(rpc(EXPORT)))).allMatch(Answer.Ok.class::isInstance);
                assertThat(tool.logins).hasValue(2);
                assertThat(((Answer.Ok) caller.call(rpc(EXPORT.replace("export", "nothing")))).empty())
                        .isTrue();
            }
            assertThat(tool.stub.seen()).last().satisfies(seen -> assertThat(seen.body())
                    .contains("release_session_key")
                    .contains("K\\\"2"));
        }
    }

    @Test
    void aSessionIsRenewedByAge() throws Exception {
        TestClock clock = new TestClock();
        try (Rpc tool = new Rpc();
                Wiring wiring = new Wiring(clock)) {
            Caller caller = wiring.add(wire(tool.stub, session("right")).judging(LIME));
            caller.call(rpc(EXPORT));
            clock.advance(Duration.ofMinutes(116));
            assertThat(caller.call(rpc(EXPORT))).isInstanceOf(Answer.Ok.class);
            assertThat(tool.logins).hasValue(2);
            assertThat(tool.stub.seen()).hasSize(4);
        }
    }

    @Test
    void aRefusedLoginIsNotTriedAgainSoon() throws Exception {
        TestClock clock = new TestClock();
        try (Rpc tool = new Rpc();
                Wiring wiring = new Wiring(clock)) {
            Caller caller = wiring.add(wire(tool.stub, session("canary-wrong")).judging(LIME));
            for (Answer answer : together(16, () -> caller.call(rpc(EXPORT)))) {
                Fault fault = failed(answer);
                assertThat(fault).isInstanceOf(Fault.Config.class);
                assertThat(fault.code()).isEqualTo("CREDENTIALS_REFUSED");
                assertThat(fault.toString())
                        .contains("Invalid user name or password")
                        .contains("tool.key")
                        .doesNotContain("canary");
            }
            caller.call(rpc(EXPORT));
            assertThat(tool.stub.seen()).hasSize(1);
            clock.advance(Duration.ofMinutes(11));
            caller.call(rpc(EXPORT));
            assertThat(tool.stub.seen()).hasSize(2);
        }
    }

    @Test
    void aTroubleInAnAnswerWithoutAStatusIsTransient() throws Exception {
        try (Rpc tool = new Rpc();
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(wire(tool.stub, session("right")).judging(LIME));
            Fault fault = failed(caller.call(rpc(EXPORT.replace("export", "broken"))));
            assertThat(fault).isInstanceOf(Fault.Transient.class);
            assertThat(fault.toString()).doesNotContain("acme");
            assertThat(tool.stub.seen())
                    .as("a login and four tries, since it only reads")
                    .hasSize(5);
        }
    }

    @Test
    void theSessionStandsInPathQueryAndHeaderToo() throws Exception {
        try (Rpc tool = new Rpc();
                Stub other = new Stub(seen -> FINE);
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(wire(tool.stub, session("right"))
                    .asking(Set.of("127.0.0.1:" + other.address().getPort())));
            Request request = Request.read("/x/{session}/y", List.of(new Request.Parameter("s", "{session}")))
                    .with(Map.of("X-Session", "s={session}"));
            caller.call(request);
            assertThat(tool.stub.seen("/v1/x/K%221/y")).singleElement().satisfies(seen -> {
                assertThat(seen.rawQuery()).isEqualTo("s=K%221");
                assertThat(seen.header("x-session")).isEqualTo("s=K\"1");
            });
            URI elsewhere = other.address().resolve("/f");
            caller.call(Request.read(elsewhere.toString(), List.of()).with(Map.of("X-Session", "{session}")));
            assertThat(other.seen()).singleElement().satisfies(seen -> assertThat(seen.headers())
                    .doesNotContainKey("x-session"));
        }
    }

    private static List<Answer> together(int threads, Callable<Answer> call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                calls.add(call);
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : pool.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }
}
