package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Any survey tool on 127.0.0.1, as its file in {@code mappings/tools} declares it. The file is read backwards: what a client is told to
 * ask for is answered, filtered, ordered and cut as it says, values stand where it says that they are read from, and what it says that the
 * tool refuses is refused. Nothing of the code that reads tools is used, so a file that both understand alike is understood rightly.
 * What it tells by itself is sent by a {@link Teller}.
 */
public final class DeclaredTool implements ToolSimulator {
    private final Declaration declaration;
    private final Stock stock;
    private final HttpFace face;

    private DeclaredTool(JsonNode tool, Company company, Clock clock, int callsPerMinute) {
        this.declaration = new Declaration(tool);
        this.stock = new Stock(company, declaration);
        this.face = new HttpFace(new DeclaredApi(declaration, stock, clock, callsPerMinute), 0, false);
    }

    /**
     * Starts one on any free port.
     *
     * @param tool the file as JSON
     * @param callsPerMinute beyond which it answers 429; 0 for no limit
     * @throws IllegalArgumentException if the file declares something that cannot be simulated
     */
    public static DeclaredTool start(JsonNode tool, Company company, Clock clock, int callsPerMinute) {
        return new DeclaredTool(tool, company, clock, callsPerMinute);
    }

    @Override
    public String host() {
        return face.baseUrl();
    }

    /** The address of its API. */
    public String baseUrl() {
        return host() + declaration.root();
    }

    /** Where a token is asked for, if it gives tokens. */
    public String loginUrl() {
        return host() + Door.LOGIN;
    }

    /** What a connection to it must say beside the address: credentials, and what is asked where nothing else tells it. */
    public Map<String, String> settings() {
        return declaration.given();
    }

    @Override
    public Map<String, Long> calls() {
        return face.counters.calls();
    }

    @Override
    public List<Told> told() {
        return Truth.told(declaration, stock);
    }

    @Override
    public List<Sent> sent() {
        return stock.sent();
    }

    @Override
    public Map<String, Instant> lastSurveyed() {
        return stock.lastSurveyed();
    }

    @Override
    public void close() {
        face.close();
    }
}
