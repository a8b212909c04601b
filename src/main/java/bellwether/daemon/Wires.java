package bellwether.daemon;

import bellwether.crm.SalesforceOrg;
import bellwether.http.Limits;
import bellwether.http.Net;
import bellwether.http.Secret;
import bellwether.http.Wire;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.CrmSettings;
import bellwether.source.Connection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns the admin's settings into what the call routes need to know. */
final class Wires {
    private static final int BURST = 2;

    /** The wire of a tool's connection. */
    static Wire of(Connection connection, Path home) {
        var settings = connection.settings();
        var credentials = new Credentials(connection);
        String prefix = "connections.yaml: tools." + connection.name() + ".";
        return Wire.tool(connection.name(), URI.create(connection.baseUrl()), credentials.auth(), limits(connection))
                .asking(hosts(connection))
                .sending(headers(connection))
                .hiding(credentials.secrets())
                .judging(connection.tool().errors())
                .with(net(settings.timeout(), settings.proxy(), settings.caFile(), home, prefix));
    }

    private static Set<String> hosts(Connection connection) {
        return connection.tool().hosts().stream()
                .map(host -> host.fill(connection.settings()::setting))
                .filter(Objects::nonNull)
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static Map<String, String> headers(Connection connection) {
        Map<String, String> headers = new LinkedHashMap<>();
        connection.tool().headers().forEach((name, value) -> {
            String text = value.fill(connection.settings()::setting);
            if (text != null) {
                headers.put(name, text);
            }
        });
        return headers;
    }

    private static Limits limits(Connection connection) {
        bellwether.source.Limits declared = connection.tool().limits();
        Integer own = connection.settings().requestsPerMinute();
        int perMinute = own != null ? own : declared == null ? 0 : or0(declared.requestsPerMinute());
        // No minute sees more than the even stream and the burst together.
        Limits limits =
                perMinute <= BURST ? Limits.perMinute(perMinute, 1) : Limits.perMinute(perMinute - BURST, BURST);
        Integer perDay = connection.settings().requestsPerDay();
        return declared == null
                ? limits.and(0, or0(perDay))
                : limits.and(
                                or0(declared.requestsPerSecond()),
                                perDay != null ? perDay : or0(declared.requestsPerDay()))
                        .obeying(declared.headers());
    }

    private static int or0(Integer number) {
        return number == null ? 0 : number;
    }

    /** A Salesforce org. */
    static SalesforceOrg org(CrmSettings settings, CrmMapping mapping, Path home) {
        String prefix = "connections.yaml: crms." + settings.name() + ".";
        return new SalesforceOrg(
                settings.name(),
                URI.create(settings.loginUrl() == null ? mapping.loginUrl() : settings.loginUrl()),
                settings.instanceUrl() == null ? null : URI.create(settings.instanceUrl()),
                new Secret(prefix + "client_id", settings.clientId()),
                new Secret(prefix + "client_secret", settings.clientSecret().reveal()),
                settings.apiVersion() == null ? mapping.apiVersion() : settings.apiVersion(),
                Limits.NONE,
                net(settings.timeout(), settings.proxy(), settings.caFile(), home, prefix),
                Map.of());
    }

    private static Net net(Duration timeout, String proxy, String caFile, Path home, String prefix) {
        Net net = Net.DEFAULT.answering(timeout);
        if (proxy != null) {
            int colon = proxy.lastIndexOf(':');
            net = net.through(new Net.Proxy(
                    proxy.substring(0, colon),
                    Integer.parseInt(proxy.substring(colon + 1)),
                    null,
                    new Secret(prefix + "proxy", "")));
        }
        return caFile == null ? net : net.trusting(home.resolve(caFile));
    }

    private Wires() {}
}
