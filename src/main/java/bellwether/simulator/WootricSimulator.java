package bellwether.simulator;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Wootric on 127.0.0.1, refusing what the vendor refuses: page 31, more than 50 rows a page, tokens older than two hours, more
 * than 100 calls a minute. What goes beyond the vendor's API is under {@code /__simulator/}.
 */
public final class WootricSimulator implements ToolSimulator {
    /**
     * How the simulator behaves. {@code callsPerMinute} 0 means no limit, {@code port} 0 any free one; {@code tokenLife} and the
     * limit's minute are measured on {@code clock}.
     */
    public record Options(
            int port, Clock clock, String clientId, String clientSecret, Duration tokenLife, int callsPerMinute) {
        /** As the vendor does, on any port, for the client {@code demo-client} with the secret {@code demo-secret}. */
        public static Options standard() {
            return new Options(0, Clock.systemUTC(), "demo-client", "demo-secret", Duration.ofSeconds(7_200), 100);
        }

        public Options port(int number) {
            return new Options(number, clock, clientId, clientSecret, tokenLife, callsPerMinute);
        }

        public Options clock(Clock instants) {
            return new Options(port, instants, clientId, clientSecret, tokenLife, callsPerMinute);
        }

        public Options credentials(String id, String secret) {
            return new Options(port, clock, id, secret, tokenLife, callsPerMinute);
        }

        public Options callsPerMinute(int limit) {
            return new Options(port, clock, clientId, clientSecret, tokenLife, limit);
        }
    }

    private final Company company;
    private final WootricApi api;
    private final HttpFace face;
    private final AutoCloseable rows;

    private WootricSimulator(
            Company company, Options options, Rows responses, Rows endUsers, boolean inline, AutoCloseable rows) {
        this.company = company;
        this.rows = rows;
        this.api = new WootricApi(
                company, options, WootricList.responses(responses), WootricList.endUsers(endUsers), endUsers);
        this.face = new HttpFace(api, options.port(), inline);
    }

    /** Starts a simulator that shows the company as it is at each call. */
    public static WootricSimulator start(Company company, Options options) {
        Rows responses = WootricRows.responses(company);
        return new WootricSimulator(company, options, responses, WootricRows.endUsers(company), false, () -> {});
    }

    /** Starts a simulator with {@link Options#standard()}. */
    public static WootricSimulator start(Company company) {
        return start(company, Options.standard());
    }

    /** Starts a simulator for measuring: rows are written once, pages are slices of them, nothing is limited. The company must not grow. */
    public static WootricSimulator prepared(Company company) {
        PreparedRows responses = PreparedRows.responses(company);
        PreparedRows endUsers = PreparedRows.endUsers(company);
        AutoCloseable both = () -> {
            responses.close();
            endUsers.close();
        };
        return new WootricSimulator(company, Options.standard().callsPerMinute(0), responses, endUsers, true, both);
    }

    /** Where it listens, e.g. {@code http://127.0.0.1:40123}; the API is under {@code /v1}, the login at {@code /oauth/token}. */
    public String baseUrl() {
        return face.baseUrl();
    }

    /** Lets something go wrong with calls to come. */
    public void fail(Fault fault) {
        face.faults.add(fault);
    }

    public void clearFaults() {
        face.faults.clear();
    }

    /** Calls the listener on the serving thread when a call arrives and again before its answer is sent; it must not close the simulator. */
    public void onCall(Consumer<Call> listener) {
        face.onCall(listener);
    }

    /** Ends all access tokens given out so far. */
    public void expireTokens() {
        api.tokens.revokeAll();
    }

    /** Calls per endpoint, e.g. {@code GET /v1/responses}, {@code GET /v1/end_users}, {@code GET /v1/end_users/{id}}. */
    @Override
    public Map<String, Long> calls() {
        return face.counters.calls();
    }

    /** Calls per endpoint and status, e.g. {@code GET /v1/responses 429}. */
    public Map<String, Long> statuses() {
        return face.counters.statuses();
    }

    public void clearCalls() {
        face.counters.clear();
    }

    @Override
    public String host() {
        return baseUrl();
    }

    @Override
    public List<Told> told() {
        return WootricTruth.told(company);
    }

    @Override
    public List<Sent> sent() {
        return Sent.of(company, Map.of(Answers.NPS_MAIL, Integer.toString(Answers.NPS_MAIL)));
    }

    @Override
    public Map<String, Instant> lastSurveyed() {
        return company.lastSurveyed();
    }

    /** The company it shows. */
    public Company company() {
        return company;
    }

    @Override
    public void close() {
        face.close();
        try {
            rows.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Answer refusal(int status, String message) {
        return Answer.json(
                status,
                Map.of(
                        "type",
                        "error_list",
                        "errors",
                        List.of(Map.of("status", String.valueOf(status), "message", message))));
    }

    static Answer lines(int count, IntFunction<byte[]> line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            out.writeBytes(line.apply(i));
            out.write('\n');
        }
        return Answer.lines(out.toByteArray());
    }
}
