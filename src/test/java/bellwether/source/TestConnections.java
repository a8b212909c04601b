package bellwether.source;

import bellwether.mapping.Configuration;
import bellwether.mapping.Secret;
import bellwether.mapping.Surveys;
import bellwether.mapping.Tier;
import bellwether.mapping.ToolSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Connections to a tool as shipped, for tests. */
public final class TestConnections {
    static final List<Tier> TIERS = List.of(
            new Tier(2, Duration.ofHours(1)), new Tier(35, Duration.ofDays(1)), new Tier(null, Duration.ofDays(7)));

    private TestConnections() {}

    public static Connection connection(Integer pageSize) {
        return connection("wootric", pageSize, 6, List.of());
    }

    public static Connection connection(String name, Integer pageSize, int months, List<Tier> rescan) {
        Tool tool = Tools.load(new Configuration(Path.of("."), variable -> null), name)
                .value();
        Map<String, Secret> settings =
                Map.of("client_id", new Secret("id"), "client_secret", new Secret("canary-5c1d"));
        return connection(tool, null, settings, pageSize, months, rescan);
    }

    /** A connection to a tool of a test's own. */
    public static Connection connection(
            Tool tool, String baseUrl, Map<String, Secret> values, Integer pageSize, int months, List<Tier> rescan) {
        return connection(tool.tool(), tool, baseUrl, values, pageSize, months, rescan);
    }

    /** @param name of the connection; its log-in, if there is one, is {@code /log-in} of the same server */
    public static Connection connection(
            String name,
            Tool tool,
            String baseUrl,
            Map<String, Secret> values,
            Integer pageSize,
            int months,
            List<Tier> rescan) {
        ToolSettings settings = new ToolSettings(
                name,
                tool.tool(),
                tool.tool(),
                null,
                null,
                baseUrl,
                baseUrl == null ? null : baseUrl + "/log-in",
                values,
                null,
                months,
                rescan,
                pageSize,
                Surveys.NONE,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Connection(settings, tool);
    }
}
