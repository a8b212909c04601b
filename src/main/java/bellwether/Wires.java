package bellwether;

import bellwether.crm.SalesforceOrg;
import bellwether.http.Auth;
import bellwether.http.Limits;
import bellwether.http.Net;
import bellwether.http.Secret;
import bellwether.http.Wire;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.CrmSettings;
import bellwether.source.Connection;
import bellwether.source.Tool;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Turns the admin's settings into what the call routes need to know. */
final class Wires {
    private static final int BURST = 2;

    /** The wire of a tool's connection. */
    static Wire of(Connection connection, Path home) {
        var settings = connection.settings();
        String prefix = "connections.yaml: tools." + connection.name() + ".";
        Auth auth = new Auth.ClientCredentials(
                URI.create(connection.loginUrl()),
                new Secret(prefix + "client_id", settings.setting("client_id")),
                new Secret(prefix + "client_secret", settings.setting("client_secret")),
                Map.of());
        return Wire.tool(connection.name(), URI.create(connection.baseUrl()), auth, limits(connection))
                .with(net(settings.timeout(), settings.proxy(), settings.caFile(), home, prefix));
    }

    private static Limits limits(Connection connection) {
        Tool.Limits declared = connection.tool().limits();
        Integer own = connection.settings().requestsPerMinute();
        int perMinute = own != null
                ? own
                : declared == null || declared.requestsPerMinute() == null ? 0 : declared.requestsPerMinute();
        // No minute sees more than the even stream and the burst together.
        Limits limits =
                perMinute <= BURST ? Limits.perMinute(perMinute, 1) : Limits.perMinute(perMinute - BURST, BURST);
        return declared == null || declared.remaining() == null
                ? limits
                : limits.obeying(
                        declared.remaining(),
                        declared.reset(),
                        "unix_seconds".equals(declared.resetAs()) ? Limits.Reset.UNIX_SECONDS : Limits.Reset.SECONDS);
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
