package bellwether.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.TestClock;
import bellwether.http.Answer;
import bellwether.http.Auth;
import bellwether.http.Caller;
import bellwether.http.Limits;
import bellwether.http.Request;
import bellwether.http.Secret;
import bellwether.http.Wire;
import bellwether.nps.Fault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How calls are repeated, logged in, held back and kept apart, over real HTTP and the shipped routes. */
class CallTest {
    static final Request READ = Request.read("/responses", List.of());
    static final Stub.Say FINE = Stub.Say.json(200, "[]");

    static Auth oauth(Stub stub) {
        return new Auth.ClientCredentials(
                stub.address().resolve("/oauth/token"),
                new Secret("tool.client_id", "the-id"),
                new Secret("tool.client_secret", "canary-secret"),
                Map.of());
    }

    static Wire tool(Stub stub) {
        return Wire.tool("tool", stub.address().resolve("/v1"), new Auth.None(), Limits.NONE)
                .overriding(Wiring.QUICK);
    }

    static Wire tool(Stub stub, Auth auth, Limits limits) {
        return Wire.tool("tool", stub.address().resolve("/v1"), auth, limits).overriding(Wiring.QUICK);
    }

    /** Numbers its tokens and lets the rest answer. */
    static Stub withLogin(Function<Stub.Seen, Stub.Say> rest) {
        AtomicInteger logins = new AtomicInteger();
        return new Stub(seen -> seen.path().equals("/oauth/token")
                ? Stub.Say.json(200, "{\"access_token\":\"T" + logins.incrementAndGet() + "\",\"expires_in\":7200}")
                : rest.apply(seen));
    }

    static Fault failed(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).fault();
    }

    @Test
    void readsWithAToken() throws Exception {
        try (Stub stub = withLogin(seen -> Stub.Say.json(200, "[{\"id\":1,\"score\":9.10}]"));
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(tool(stub, oauth(stub), Limits.NONE));
            Answer answer = caller.call(Request.read(
                    "/responses",
                    List.of(
                            new Request.Parameter("created[gte]", "1+2&3%é {{x}}"),
                            new Request.Parameter("a[]", "x"),
                            new Request.Parameter("a[]", "y"))));
            assertThat(answer).isInstanceOfSatisfying(Answer.Ok.class, ok -> {
                assertThat(ok.json().get(0).get("score").decimalValue()).hasToString("9.10");
                assertThat(ok.headers()).containsEntry("content-type", "application/json");
                assertThat(ok.body()).asString().isEqualTo("[{\"id\":1,\"score\":9.10}]");
            });
            assertThat(stub.seen("/v1/responses")).singleElement().satisfies(seen -> {
                assertThat(seen.header("authorization")).isEqualTo("Bearer T1");
                assertThat(seen.rawQuery())
                        .isEqualTo("created%5Bgte%5D=1%2B2%263%25%C3%A9%20%7B%7Bx%7D%7D&a%5B%5D=x&a%5B%5D=y");
            });
            assertThat(stub.seen("/oauth/token")).singleElement().satisfies(seen -> assertThat(seen.body())
                    .isEqualTo("grant_type=client_credentials&client_id=the-id&client_secret=canary-secret"));
        }
    }

    @Test
    void writesTheBodyAsItIs() throws Exception {
        try (Stub stub = new Stub(seen -> FINE);
                Wiring wiring = new Wiring()) {
            Auth auth = new Auth.Headers(Map.of("Accesskey", new Secret("tool.key", "canary-key")));
            wiring.add(tool(stub, auth, Limits.NONE))
                    .call(new Request(
                            "PUT",
                            "/x",
                            List.of(),
                            Map.of("X-Own", "1"),
                            "application/json",
                            "{\"ä\":1}".getBytes("UTF-8")));
            assertThat(stub.seen()).singleElement().satisfies(seen -> {
                assertThat(seen.method()).isEqualTo("PUT");
                assertThat(seen.body()).isEqualTo("{\"ä\":1}");
                assertThat(seen.header("content-type")).isEqualTo("application/json");
                assertThat(seen.header("accesskey")).isEqualTo("canary-key");
                assertThat(seen.header("x-own")).isEqualTo("1");
            });
        }
    }

    @Test
    void eachRetryLogsInAgain() throws Exception {
        TestClock clock = new TestClock();
        AtomicInteger failures = new AtomicInteger(3);
        try (Stub stub = withLogin(seen -> {
                    clock.advance(Duration.ofHours(2)); // every token is too old for the next attempt
                    return failures.getAndDecrement() > 0 ? Stub.Say.of(503, "text/plain", "busy") : FINE;
                });
                Wiring wiring = new Wiring(clock)) {
            Caller caller = wiring.add(tool(stub, oauth(stub), Limits.perMinute(600, 1)));
            assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
            List<Stub.Seen> seen = stub.seen("/v1/responses");
            assertThat(seen)
                    .extracting(s -> s.header("authorization"))
                    .containsExactly("Bearer T1", "Bearer T2", "Bearer T3", "Bearer T4");
        }
    }

    @Test
    void eachRetryWaitsForItsPlace() throws Exception {
        AtomicInteger failures = new AtomicInteger(3);
        try (Stub stub = new Stub(
                        seen -> failures.getAndDecrement() > 0 ? Stub.Say.of(503, "text/plain", "busy") : FINE);
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(tool(stub, new Auth.None(), Limits.perMinute(600, 1)));
            assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
            List<Stub.Seen> seen = stub.seen("/v1/responses");
            assertThat(seen).hasSize(4);
            // One call per tenth of a second; retries alone would follow each other within some milliseconds.
            assertThat(Duration.between(seen.get(0).at(), seen.get(3).at())).isGreaterThan(Duration.ofMillis(250));
        }
    }

    @Test
    void givesUpAfterTheRetriesWithTheLastFault() throws Exception {
        try (Stub stub = new Stub(seen -> Stub.Say.json(500, "{\"message\":\"boom for ann@x.io\"}"));
                Wiring wiring = new Wiring()) {
            Fault fault = failed(wiring.add(tool(stub)).call(READ));
            assertThat(fault).isInstanceOf(Fault.Transient.class);
            assertThat(fault.code()).isEqualTo("SERVER_ERROR");
            assertThat(fault.step()).isEqualTo("pull");
            assertThat(fault.message()).isEqualTo("tool: the call GET /responses answered 500 (boom for <e-mail>).");
            assertThat(stub.seen()).hasSize(4);
        }
    }

    @Test
    void aRefusedTokenIsReplacedOnceInTheMiddle() throws Exception {
        try (Stub stub = withLogin(seen -> "Bearer T1".equals(seen.header("authorization"))
                        ? Stub.Say.json(401, "{\"error\":\"expired\"}")
                        : FINE);
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(tool(stub, oauth(stub), Limits.NONE).overriding(Wiring.quick("retries", "0")));
            assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
            assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
            assertThat(stub.seen("/oauth/token")).hasSize(2);
            assertThat(stub.seen("/v1/responses")).hasSize(3);
        }
    }

    @Test
    void aSecondRefusalNamesTheSettings() throws Exception {
        try (Stub stub = withLogin(seen -> Stub.Say.json(401, "{\"error\":\"no\"}"));
                Wiring wiring = new Wiring()) {
            Fault fault =
                    failed(wiring.add(tool(stub, oauth(stub), Limits.NONE)).call(READ));
            assertThat(fault).isInstanceOf(Fault.Config.class);
            assertThat(fault.code()).isEqualTo("CREDENTIALS_REFUSED");
            assertThat(fault.advice()).contains("tool.client_id").contains("tool.client_secret");
            assertThat(stub.seen("/oauth/token")).hasSize(2);
            assertThat(stub.seen("/v1/responses")).hasSize(2);
        }
    }

    @Test
    void sixtyFourThreadsWithAnAgedTokenLogInOnce() throws Exception {
        TestClock clock = new TestClock();
        try (Stub stub = withLogin(seen -> FINE);
                Wiring wiring = new Wiring(clock)) {
            Caller caller = wiring.add(tool(stub, oauth(stub), Limits.NONE));
            assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
            clock.advance(Duration.ofSeconds(6_899));
            assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
            assertThat(stub.seen("/oauth/token")).hasSize(1);
            clock.advance(Duration.ofSeconds(1)); // five minutes before its end
            assertThat(atOnce(64, () -> caller.call(READ))).allMatch(Answer.Ok.class::isInstance);
            assertThat(stub.seen("/oauth/token")).hasSize(2);
        }
    }

    @Test
    void sixtyFourThreadsWithARefusedTokenLogInOnce() throws Exception {
        try (Stub stub = withLogin(
                        seen -> "Bearer T1".equals(seen.header("authorization")) ? Stub.Say.json(401, "{}") : FINE);
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(tool(stub, oauth(stub), Limits.NONE));
            assertThat(atOnce(64, () -> caller.call(READ))).allMatch(Answer.Ok.class::isInstance);
            assertThat(stub.seen("/oauth/token")).hasSize(2);
        }
    }

    @Test
    void aRefusedLoginNamesTheSettings() throws Exception {
        try (Stub stub = new Stub(seen -> Stub.Say.json(
                        401, "{\"error\":\"invalid_client\",\"error_description\":\"canary-secret is wrong\"}"));
                Wiring wiring = new Wiring()) {
            Fault fault =
                    failed(wiring.add(tool(stub, oauth(stub), Limits.NONE)).call(READ));
            assertThat(fault).isInstanceOf(Fault.Config.class);
            assertThat(fault.step()).isEqualTo("auth");
            assertThat(fault.message()).contains("invalid_client: *** is wrong").doesNotContain("canary");
            assertThat(fault.advice()).isEqualTo("Correct tool.client_id and tool.client_secret.");
            assertThat(stub.seen()).hasSize(1);
        }
    }

    @Test
    void aLoginOutOfReachIsTriedAgain() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        try (Stub stub = new Stub(seen -> !seen.path().equals("/oauth/token")
                        ? FINE
                        : failures.getAndDecrement() > 0
                                ? Stub.Say.of(200, "text/html", "<html>maintenance</html>")
                                : Stub.Say.json(200, "{\"access_token\":\"T\"}"));
                Wiring wiring = new Wiring()) {
            assertThat(wiring.add(tool(stub, oauth(stub), Limits.NONE)).call(READ))
                    .isInstanceOf(Answer.Ok.class);
            assertThat(stub.seen("/oauth/token")).hasSize(3);
        }
    }

    @Test
    void anOpenBreakerIsAWaitAndNoAttempt() throws Exception {
        AtomicInteger failures = new AtomicInteger(4);
        try (Stub stub = new Stub(seen -> failures.getAndDecrement() > 0 ? Stub.Say.json(500, "{}") : FINE);
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(tool(stub)
                    .overriding(Wiring.quick("retries", "0", "window", "4", "minimum", "4", "openSeconds", "1")));
            for (int i = 0; i < 4; i++) {
                assertThat(failed(caller.call(READ)).code()).isEqualTo("SERVER_ERROR");
            }
            // no retry is allowed here, and yet the calls get through: they wait until the breaker lets them
            assertThat(atOnce(8, () -> caller.call(READ))).allMatch(Answer.Ok.class::isInstance);
            List<Stub.Seen> seen = stub.seen();
            assertThat(seen).hasSize(12);
            assertThat(Duration.between(seen.get(3).at(), seen.get(4).at())).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void aBreakerThatStaysOpenTooLongEndsTheCall() throws Exception {
        try (Stub stub = new Stub(seen -> Stub.Say.json(500, "{}"));
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(tool(stub)
                    .overriding(Wiring.quick("retries", "0", "window", "2", "minimum", "2", "openSeconds", "60")));
            caller.call(READ);
            caller.call(READ);
            Fault fault = failed(caller.call(READ));
            assertThat(fault).isInstanceOfSatisfying(Fault.Transient.class, open -> {
                assertThat(open.code()).isEqualTo("BREAKER_OPEN");
                assertThat(open.notBefore()).isAfter(Instant.now().plusSeconds(30));
            });
            assertThat(stub.seen()).hasSize(2);
        }
    }

    @Test
    void aLimitDoesNotOpenTheBreaker() throws Exception {
        AtomicInteger limits = new AtomicInteger(3);
        try (Stub stub = new Stub(seen -> limits.getAndDecrement() > 0 ? Stub.Say.json(429, "{}") : FINE);
                Wiring wiring = new Wiring()) {
            Caller caller =
                    wiring.add(tool(stub).overriding(Wiring.quick("window", "2", "minimum", "2", "openSeconds", "60")));
            assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
            assertThat(stub.seen()).hasSize(4);
        }
    }

    @Test
    void retryAfterInSecondsIsObeyed() throws Exception {
        AtomicInteger limits = new AtomicInteger(1);
        try (Stub stub = new Stub(seen ->
                        limits.getAndDecrement() > 0 ? Stub.Say.json(429, "{}").with("retry-AFTER", "1") : FINE);
                Wiring wiring = new Wiring()) {
            assertThat(wiring.add(tool(stub)).call(READ)).isInstanceOf(Answer.Ok.class);
            assertThat(Duration.between(
                            stub.seen().get(0).at(), stub.seen().get(1).at()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void retryAfterAsADateIsObeyed() throws Exception {
        Instant date = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
        AtomicInteger limits = new AtomicInteger(1);
        try (Stub stub = new Stub(seen -> limits.getAndDecrement() > 0
                        ? Stub.Say.of(503, "text/html", "<p>busy")
                                .with(
                                        "Retry-After",
                                        DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atZone(ZoneOffset.UTC)))
                        : FINE);
                Wiring wiring = new Wiring()) {
            assertThat(wiring.add(tool(stub)).call(READ)).isInstanceOf(Answer.Ok.class);
            assertThat(stub.seen()).hasSize(2);
            assertThat(stub.seen().get(1).at()).isAfterOrEqualTo(date);
        }
    }

    @Test
    void aLongWaitIsNotSlept() throws Exception {
        try (Stub stub = new Stub(seen -> Stub.Say.json(429, "{}").with("Retry-After", "3600"));
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(tool(stub));
            for (int i = 0; i < 2; i++) {
                assertThat(failed(caller.call(READ))).isInstanceOfSatisfying(Fault.Transient.class, fault -> {
                    assertThat(fault.code()).isEqualTo("RATE_LIMITED");
                    assertThat(fault.notBefore())
                            .isBetween(
                                    Instant.now().plusSeconds(3500),
                                    Instant.now().plusSeconds(3600));
                });
            }
            // the second call did not even ask
            assertThat(stub.seen()).hasSize(1);
        }
    }

    @Test
    void theToolsOwnLimitIsObeyedInBothResetStyles() throws Exception {
        for (Limits.Reset style : Limits.Reset.values()) {
            AtomicInteger calls = new AtomicInteger();
            Instant end = Instant.now().plusSeconds(2).truncatedTo(ChronoUnit.SECONDS);
            String reset = style == Limits.Reset.UNIX_SECONDS ? "" + end.getEpochSecond() : "1";
            try (Stub stub = new Stub(
                            seen -> FINE.with("X-Rate-Limit-Remaining", calls.incrementAndGet() == 2 ? "0" : "7")
                                    .with("X-Rate-Limit-Reset", reset));
                    Wiring wiring = new Wiring()) {
                Limits limits = Limits.NONE.obeying("x-rate-limit-remaining", "X-RATE-LIMIT-RESET", style);
                Caller caller = wiring.add(tool(stub, new Auth.None(), limits));
                for (int i = 0; i < 3; i++) {
                    assertThat(caller.call(READ)).isInstanceOf(Answer.Ok.class);
                }
                Instant earliest = style == Limits.Reset.UNIX_SECONDS
                        ? end
                        : stub.seen().get(1).at().plusSeconds(1);
                assertThat(stub.seen().get(2).at()).as(style.name()).isAfterOrEqualTo(earliest);
            }
        }
    }

    @Test
    void oneConnectionsTroubleLeavesTheOtherAlone() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Stub stuck = new Stub(seen -> {
                    await(release);
                    return Stub.Say.json(500, "{}");
                });
                Stub well = new Stub(seen -> FINE);
                Wiring wiring = new Wiring()) {
            Caller ill = wiring.add(tool(stuck));
            Caller fine = wiring.add(Wire.tool("other", well.address(), new Auth.None(), Limits.NONE));
            ExecutorService threads = Executors.newFixedThreadPool(40);
            List<Future<Answer>> hanging = Stream.generate(() -> threads.submit(() -> ill.call(READ)))
                    .limit(40)
                    .toList();
            for (int i = 0; i < 10; i++) {
                assertThat(fine.call(READ)).isInstanceOf(Answer.Ok.class);
            }
            assertThat(hanging).noneMatch(Future::isDone);
            release.countDown();
            for (Future<Answer> answer : hanging) {
                assertThat(failed(answer.get())).isInstanceOf(Fault.Transient.class);
            }
            assertThat(fine.call(READ)).isInstanceOf(Answer.Ok.class);
            threads.shutdown();
        }
    }

    @Test
    void connectionsMayBeAddedBeforeTheStart() throws Exception {
        try (Stub stub = withLogin(seen -> FINE);
                Stub org = SalesforceWireTest.org(seen -> FINE);
                Wiring wiring = Wiring.notStarted()) {
            Caller tool = wiring.add(tool(stub, oauth(stub), Limits.NONE));
            Caller crm = wiring.add(SalesforceWireTest.settings(org.address()));
            wiring.context().start();
            assertThat(tool.call(READ)).isInstanceOf(Answer.Ok.class);
            assertThat(crm.call(READ)).isInstanceOf(Answer.Ok.class);
        }
    }

    @Test
    void aPostThatMayHaveArrivedIsNotRepeated() throws Exception {
        AtomicInteger limits = new AtomicInteger(1);
        try (Stub stub = new Stub(seen -> seen.path().endsWith("/limited") && limits.getAndDecrement() > 0
                        ? Stub.Say.json(429, "{}")
                        : seen.path().endsWith("/limited") ? FINE : Stub.Say.hangUp());
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(tool(stub));
            assertThat(failed(caller.call(post("/insert"))).code()).isEqualTo("DROPPED");
            assertThat(stub.seen("/v1/insert")).hasSize(1);
            assertThat(caller.call(post("/limited"))).isInstanceOf(Answer.Ok.class);
            assertThat(stub.seen("/v1/limited")).hasSize(2);
        }
    }

    @Test
    void whoeverWaitsGivesUpWhenTheDaemonStops() throws Exception {
        try (Stub stub = new Stub(seen -> Stub.Say.json(429, "{}").with("Retry-After", "20"))) {
            Wiring wiring = new Wiring();
            Caller caller = wiring.add(tool(stub));
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<Answer> answer = thread.submit(() -> caller.call(READ));
            while (stub.seen().isEmpty()) {
                Thread.sleep(10);
            }
            Instant asked = Instant.now();
            wiring.close();
            assertThat(failed(answer.get())).isInstanceOf(Fault.Transient.class);
            assertThat(Instant.now()).isBefore(asked.plusSeconds(15));
            thread.shutdown();
        }
    }

    private static Request post(String path) {
        return new Request("POST", path, List.of(), Map.of(), "application/json", "{}".getBytes());
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static List<Answer> atOnce(int count, Callable<Answer> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Answer>> answers = Stream.generate(() -> threads.submit(() -> {
                    start.await();
                    return call.call();
                }))
                .limit(count)
                .toList();
        start.countDown();
        List<Answer> all = new ArrayList<>();
        for (Future<Answer> answer : answers) {
            all.add(answer.get());
        }
        threads.shutdown();
        return all;
    }
}
