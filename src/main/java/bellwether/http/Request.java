package bellwether.http;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One call to a declared API, before auth is added.
 *
 * @param method GET, POST, PATCH, PUT or DELETE
 * @param path relative to the connection's base address ({@code /responses}), or an absolute address on an allowed host
 * @param query names and values in order, not yet encoded; a name may repeat ({@code expand[]})
 * @param headers fixed extra headers, without auth
 * @param contentType of the body, or null
 * @param body or null
 */
public record Request(
        String method,
        String path,
        List<Parameter> query,
        Map<String, String> headers,
        String contentType,
        byte[] body) {

    /** One query parameter, not encoded. */
    public record Parameter(String name, String value) {}

    /** A plain GET. */
    public static Request read(String path, List<Parameter> query) {
        return new Request("GET", path, List.copyOf(query), Map.of(), null, null);
    }

    /**
     * Whether it may be sent again after a transient fault. GET, PUT, PATCH and DELETE say the same thing twice; a POST that may have
     * arrived is repeated only when the fault says that it was not taken.
     */
    public boolean repeatable(String code) {
        return !method.equals("POST") || notTaken(code);
    }

    /** Whether a transient fault of this code says that the request was not taken. */
    public static boolean notTaken(String code) {
        return Set.of("RATE_LIMITED", "QUOTA", "UNREACHABLE", "UNAVAILABLE", "BREAKER_OPEN")
                .contains(code);
    }
}
