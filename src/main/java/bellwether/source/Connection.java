package bellwether.source;

import bellwether.http.Auth;
import bellwether.http.Limits;
import bellwether.http.Net;
import bellwether.http.Secret;
import bellwether.http.Wire;
import bellwether.mapping.ToolSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A tool with the admin's settings for it: address, credentials, schedule, surveys. */
public record Connection(ToolSettings settings, Tool tool) {
    public String name() {
        return settings.name();
    }

    /** The name under which its responses are kept. */
    public String source() {
        return settings.source();
    }

    public String baseUrl() {
        return settings.baseUrl() == null ? tool.baseUrl() : settings.baseUrl();
    }

    /** Where a token is asked for. */
    public String loginUrl() {
        if (settings.loginUrl() != null) return settings.loginUrl();
        return tool.auth() instanceof Tool.Auth.ClientCredentials oauth ? oauth.loginUrl() : null;
    }

    /**
     * All that a caller must know to ask this connection's API.
     *
     * @param home the folder that relative file names start from
     */
    public Wire wire(Path home) {
        Net net = Net.DEFAULT.answering(settings.timeout());
        if (settings.caFile() != null) net = net.trusting(home.resolve(settings.caFile()));
        if (settings.proxy() != null) {
            String[] proxy = settings.proxy().split(":");
            net = net.through(new Net.Proxy(proxy[0], Integer.parseInt(proxy[1]), null, null));
        }
        return Wire.tool(name(), URI.create(baseUrl()), auth(), limits()).with(net);
    }

    private Auth auth() {
        return new Auth.ClientCredentials(
                URI.create(loginUrl()),
                new Secret(setting("client_id"), settings.clientId()),
                new Secret(setting("client_secret"), settings.clientSecret().reveal()),
                Map.of());
    }

    private String setting(String key) {
        return "tools." + name() + "." + key + " in config/connections.yaml";
    }

    /** A little below what is allowed, so that what may be asked at once fits into the same minute. */
    private Limits limits() {
        Tool.Limits declared = tool.limits() == null ? new Tool.Limits(null, null, null, null) : tool.limits();
        Integer most =
                settings.requestsPerMinute() != null ? settings.requestsPerMinute() : declared.requestsPerMinute();
        int burst = most == null ? 1 : Math.max(1, most / 50);
        Limits limits = most == null ? Limits.NONE : Limits.perMinute(Math.max(1, most - burst), burst);
        boolean length = "seconds".equals(declared.resetAs());
        return limits.obeying(
                declared.remaining(), declared.reset(), length ? Limits.Reset.SECONDS_LEFT : Limits.Reset.UNIX_TIME);
    }

    /** Rows per page: as set, and never more than the tool answers, since a page cut short would look like the last. */
    int pageSize(Tool.Stream stream) {
        int most = stream.paging().most();
        return settings.pageSize() == null ? most : Math.min(settings.pageSize(), most);
    }

    Duration lag() {
        return tool.responses().cursor().lag();
    }
}
