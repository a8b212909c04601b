package bellwether.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Whether this Bellwether is alive, and ready to work. */
public final class HealthResource {
    /** @param connections how each of them is; none of them makes Bellwether unready */
    public record Ready(String status, List<Brief> connections) {}

    /** What anybody may know of a connection: no more than the code of what is wrong with it. */
    public record Brief(String name, String kind, String state, Instant until, String code) {
        static Brief of(State s) {
            return new Brief(
                    s.name(),
                    s.kind(),
                    s.state(),
                    s.until(),
                    s.fault() == null ? null : s.fault().code());
        }
    }

    private final Parts parts;
    private final States states;

    public HealthResource(Parts parts) {
        this.parts = parts;
        this.states = new States(parts);
    }

    /** Always the same, as long as anybody answers. */
    public Map<String, String> live(Map<String, Object> headers) {
        Ask.of(headers).done();
        return Map.of("status", "live");
    }

    /** Ready once the routes run and the store answers, however tools and CRMs are. */
    public Ready ready(Map<String, Object> headers) {
        Ask.of(headers).done();
        if (!parts.store().answers()) {
            throw new Problem(
                    503,
                    "STORE_UNAVAILABLE",
                    "The store does not answer.",
                    "Look at the database that store.url in config/connections.yaml names.");
        }
        if (!parts.controls().started()) {
            throw new Problem(503, "STARTING", "Not every route runs.", "Ask again in a moment, or look at the log.");
        }
        return new Ready("ready", states.all().stream().map(Brief::of).toList());
    }
}
