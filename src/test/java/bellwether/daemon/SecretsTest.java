package bellwether.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.crm.SalesforceOrg;
import bellwether.daemon.Stub.Say;
import bellwether.http.Answer;
import bellwether.http.Auth;
import bellwether.http.Caller;
import bellwether.http.Limits;
import bellwether.http.Net;
import bellwether.http.Request;
import bellwether.http.Secret;
import bellwether.http.Wire;
import bellwether.mapping.JsonPlace;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever goes wrong, no secret, token, e-mail address or query shows in a log line or a fault. */
class SecretsTest {
    private static final String EMAIL = "canary@mail.example";
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    /** Below INFO these print whole addresses and headers; the shipped logback.xml pins them. */
    private final List<Logger> pinned = Stream.of(
                    "org.apache.camel.component.http",
                    "org.apache.camel.component.salesforce",
                    "org.apache.hc",
                    "org.eclipse.jetty")
            .map(name -> (Logger) LoggerFactory.getLogger(name))
            .toList();

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final List<String> faults = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    @BeforeEach
    void listen() {
        ((ch.qos.logback.core.Appender<?>) root.getAppender("STDOUT")).stop();
        root.setLevel(Level.DEBUG);
        pinned.forEach(logger -> logger.setLevel(Level.INFO));
        lines.start();
        root.addAppender(lines);
    }

    @AfterEach
    void restore() {
        root.detachAppender(lines);
        root.setLevel(Level.WARN);
        pinned.forEach(logger -> logger.setLevel(null));
        ((ch.qos.logback.core.Appender<?>) root.getAppender("STDOUT")).start();
    }

    /** Repeats in its refusals everything it was told, as some servers do. */
    private static Say tellTale(int status, Stub.Seen seen) {
        return Say.json(
                status,
                "{\"message\":\"got %s and %s from canary@mail.example\"}"
                        .formatted(seen.header("authorization"), seen.body().replace("\"", "")));
    }

    private void call(Caller caller) {
        Request request = Request.read("/end_users", List.of(new Request.Parameter("email", EMAIL)));
        if (caller.call(request) instanceof Answer.Failed failed) {
            faults.add(failed.toString());
        }
    }

    @Test
    void overHttp() throws Exception {
        Stub stub = new Stub(seen -> {
            int turn = count.getAndIncrement();
            if (seen.path().equals("/oauth/token")) {
                return turn == 0 ? tellTale(500, seen) : Say.json(200, "{\"access_token\":\"canary-token\"}");
            }
            int[] statuses = {200, 400, 401, 401, 403, 404, 429, 500, 503};
            int status = statuses[turn % statuses.length];
            return turn % 10 == 9
                    ? Say.hangUp()
                    : status == 200 ? Say.of(200, "text/html", "<p>") : tellTale(status, seen);
        });
        try (stub;
                Wiring wiring = new Wiring()) {
            Auth oauth = new Auth.ClientCredentials(
                    stub.address().resolve("/oauth/token"),
                    new Secret("t.id", "canary-id"),
                    new Secret("t.secret", "canary-secret"),
                    Map.of());
            Caller caller = wiring.add(
                    Wire.tool("t", stub.address(), oauth, Limits.NONE).overriding(Wiring.quick("retries", "1")));
            for (int i = 0; i < 30; i++) {
                call(caller);
            }
            Auth key = new Auth.Headers(Map.of("Authorization", new Secret("k.key", "canary-key")));
            Net proxied = Net.DEFAULT.through(
                    new Net.Proxy("127.0.0.1", stub.address().getPort(), "u", new Secret("k.proxy", "canary-proxy")));
            Caller other = wiring.add(Wire.tool("k", URI.create("http://k.invalid"), key, Limits.NONE)
                    .with(proxied)
                    .overriding(Wiring.quick("retries", "1")));
            for (int i = 0; i < 20; i++) {
                call(other);
            }
        }
        nothingShows();
    }

    @Test
    void withEveryKindOfCredentials() throws Exception {
        Secret secret = new Secret("t.secret", "canary secret+1");
        Stub stub = new Stub(seen -> {
            String told = (seen.header("authorization") + " " + seen.rawQuery() + " " + seen.header("x-key") + " "
                            + seen.body())
                    .replace("\\", "")
                    .replace("\"", "");
            boolean login = seen.path().contains("login");
            int status = List.of(200, 400, 403, 429, 500).get(count.getAndIncrement() % 5);
            return login && count.get() % 2 == 0
                    ? Say.json(
                            200,
                            "{\"access_token\":\"canary-token\",\"refresh_token\":\"canary-refresh\",\"result\":\"canary-session\"}")
                    : status == 200 ? Say.hangUp() : Say.json(status, "{\"message\":\"got " + told + "\"}");
        });
        try (stub;
                Wiring wiring = new Wiring()) {
            URI at = stub.address().resolve("/login");
            Request login = new Request(
                    "POST",
                    "/login",
                    List.of(),
                    Map.of(),
                    "application/json",
                    "{\"p\":\"canary secret+1\"}".getBytes());
            List<Auth> kinds = List.of(
                    new Auth.Query("api_key", secret),
                    new Auth.Basic(secret, new Secret("", "")),
                    new Auth.Headers(Map.of("X-Key", secret)),
                    new Auth.Password(at, secret, secret, secret, secret, Map.of()),
                    new Auth.Refresh(at, secret, secret, secret, Map.of()),
                    new Auth.Session(login, JsonPlace.of("result"), null, login, List.of(secret)));
            for (int i = 0; i < kinds.size(); i++) {
                Caller caller = wiring.add(Wire.tool("w" + i, stub.address(), kinds.get(i), Limits.NONE)
                        .sending(Map.of("X-Own", "{session}"))
                        .overriding(Wiring.quick("retries", "1")));
                for (int j = 0; j < 12; j++) {
                    call(caller);
                }
            }
        }
        nothingShows();
    }

    @Test
    void overSalesforce() throws Exception {
        Stub stub = new Stub(seen -> {
            int turn = count.getAndIncrement();
            return switch (seen.path()) {
                case SalesforceWireTest.TOKEN ->
                    turn == 0
                            ? tellTale(400, seen)
                            : turn == 1 ? tellTale(500, seen) : SalesforceWireTest.token(seen, "canary-token");
                case SalesforceWireTest.REVOKE -> turn % 2 == 0 ? Say.hangUp() : tellTale(400, seen);
                default ->
                    turn % 7 == 6
                            ? Say.hangUp()
                            : tellTale(List.of(400, 401, 401, 403, 404, 500).get(turn % 6), seen);
            };
        });
        try (Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(SalesforceOrg.of(
                            "acme",
                            stub.address(),
                            new Secret("a.id", "canary-id"),
                            new Secret("a.secret", "canary-secret"))
                    .overriding(Wiring.quick("retries", "1")));
            for (int i = 0; i < 30; i++) {
                call(caller);
            }
            assertThat(stub.seen(SalesforceWireTest.REVOKE)).isNotEmpty();
            stub.close(); // so that the revoking of the token at the stop fails
        }
        assertThat(said()).anyMatch(line -> line.contains("logout"));
        nothingShows();
    }

    private void nothingShows() {
        List<String> said = said();
        assertThat(faults)
                .hasSizeGreaterThan(5)
                .filteredOn(fault -> fault.contains("canary"))
                .isEmpty();
        assertThat(said).hasSizeGreaterThan(10);
        assertThat(said.stream().filter(line -> line.contains("canary"))).isEmpty();
    }

    private List<String> said() {
        root.detachAppender(lines);
        return List.copyOf(lines.list).stream().map(SecretsTest::text).toList();
    }

    private static String text(ILoggingEvent line) {
        return line.getLevel() + " " + line.getLoggerName() + " " + line.getFormattedMessage()
                + (line.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(line.getThrowableProxy()));
    }
}
