package bellwether.source;

import bellwether.mapping.ToolSettings;
import java.time.Duration;

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

    /** Rows per page: as set, and never more than the tool answers, since a page cut short would look like the last. */
    int pageSize(Tool.Stream stream) {
        int most = stream.paging().most();
        return settings.pageSize() == null ? most : Math.min(settings.pageSize(), most);
    }

    Duration lag() {
        return tool.responses().cursor().lag();
    }
}
