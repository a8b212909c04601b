package bellwether.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that must be known to call one connection's API over HTTP.
 *
 * @param connection its name; unique, and part of every bean and route of it
 * @param step the step of the line its faults belong to: {@code pull} or {@code people}
 * @param base address that relative paths start from; the credentials go to this scheme, host and port only
 * @param hosts further hosts ({@code host}, {@code host:port} or {@code *.domain}) that may be asked, without credentials
 * @param headers sent with every request to the base address
 * @param secrets every secret setting, so that nothing repeats one, however it got there
 * @param errors answers that mean something else than their status says
 * @param overrides template parameters of {@code routes/call.yaml} and {@code routes/attempt.yaml} that differ for this connection
 */
public record Wire(
        String connection,
        String step,
        URI base,
        Set<String> hosts,
        Map<String, String> headers,
        Auth auth,
        List<Secret> secrets,
        Limits limits,
        List<ErrorRule> errors,
        Net net,
        Map<String, String> overrides) {

    /** A wire with nothing declared beyond address, credentials and limits. */
    public Wire(
            String connection,
            String step,
            URI base,
            Set<String> hosts,
            Auth auth,
            Limits limits,
            Net net,
            Map<String, String> overrides) {
        this(connection, step, base, hosts, Map.of(), auth, List.of(), limits, List.of(), net, overrides);
    }

    /** A tool's wire with the default network and no further hosts. */
    public static Wire tool(String connection, URI base, Auth auth, Limits limits) {
        return new Wire(connection, "pull", base, Set.of(), auth, limits, Net.DEFAULT, Map.of());
    }

    public Wire with(Net net) {
        return new Wire(connection, step, base, hosts, headers, auth, secrets, limits, errors, net, overrides);
    }

    public Wire overriding(Map<String, String> overrides) {
        return new Wire(connection, step, base, hosts, headers, auth, secrets, limits, errors, net, overrides);
    }

    public Wire asking(Set<String> hosts) {
        return new Wire(connection, step, base, hosts, headers, auth, secrets, limits, errors, net, overrides);
    }

    public Wire sending(Map<String, String> headers) {
        return new Wire(connection, step, base, hosts, headers, auth, secrets, limits, errors, net, overrides);
    }

    public Wire hiding(List<Secret> secrets) {
        return new Wire(connection, step, base, hosts, headers, auth, secrets, limits, errors, net, overrides);
    }

    public Wire judging(List<ErrorRule> errors) {
        return new Wire(connection, step, base, hosts, headers, auth, secrets, limits, errors, net, overrides);
    }

    /** Without limits of our own; those that the other side tells of are obeyed. */
    public Wire unlimited() {
        Limits told = Limits.NONE.obeying(limits.headers());
        return new Wire(connection, step, base, hosts, headers, auth, secrets, told, errors, net, overrides);
    }

    /** All that must not be repeated. */
    List<Secret> secrets(List<Secret> more) {
        List<Secret> all = new ArrayList<>(secrets);
        all.addAll(auth.secrets());
        all.addAll(more);
        return all;
    }

    /** The settings that hold the credentials, as a person would look for them. */
    String settings() {
        List<String> names = auth.secrets().stream()
                .map(Secret::setting)
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
        return names.isEmpty() ? "the credentials of " + connection : String.join(" and ", names);
    }
}
