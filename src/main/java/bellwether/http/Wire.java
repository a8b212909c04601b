package bellwether.http;

import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * All that must be known to call one connection's API over HTTP.
 *
 * @param connection its name; unique, and part of every bean and route of it
 * @param step the step of the line its faults belong to: {@code pull} or {@code people}
 * @param base address that relative paths start from; the credentials go to this scheme, host and port only
 * @param hosts further hosts ({@code host} or {@code host:port}) that may be asked, without credentials
 * @param overrides template parameters of {@code routes/call.yaml} and {@code routes/attempt.yaml} that differ for this connection
 */
public record Wire(
        String connection,
        String step,
        URI base,
        Set<String> hosts,
        Auth auth,
        Limits limits,
        Net net,
        Map<String, String> overrides) {

    /** A tool's wire with the default network and no further hosts. */
    public static Wire tool(String connection, URI base, Auth auth, Limits limits) {
        return new Wire(connection, "pull", base, Set.of(), auth, limits, Net.DEFAULT, Map.of());
    }

    public Wire with(Net net) {
        return new Wire(connection, step, base, hosts, auth, limits, net, overrides);
    }

    public Wire overriding(Map<String, String> overrides) {
        return new Wire(connection, step, base, hosts, auth, limits, net, overrides);
    }

    public Wire asking(Set<String> hosts) {
        return new Wire(connection, step, base, hosts, auth, limits, net, overrides);
    }
}
