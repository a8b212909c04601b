package bellwether.admin;

import java.util.Map;

/** What stands at {@code /}: where to go on from here. */
public final class Index {
    public Map<String, String> paths(Map<String, Object> headers) {
        Ask.of(headers).done();
        return Map.of(
                "name", "Bellwether",
                "openapi", "/api/openapi.json",
                "ready", "/api/v1/health/ready",
                "connections", "/api/v1/connections",
                "accounts", "/api/v1/accounts");
    }
}
