package bellwether.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
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
 * @param reads true if it changes nothing over there, so that it may be sent again whatever became of it; a search is a POST that reads
 * @param expects what the answer is
 */
public record Request(
        String method,
        String path,
        List<Parameter> query,
        Map<String, String> headers,
        String contentType,
        byte[] body,
        boolean reads,
        Expects expects) {

    /** One query parameter, not encoded. */
    public record Parameter(String name, String value) {}

    /** What an answer must be to be of use. */
    public enum Expects {
        /** JSON; anything else is taken for a maintenance or login page. */
        JSON,
        /** Whatever comes: a file, as the declaration says. One too large for memory is put into a file. */
        FILE
    }

    /** A call that expects JSON; of the methods only GET reads. */
    public Request(
            String method,
            String path,
            List<Parameter> query,
            Map<String, String> headers,
            String contentType,
            byte[] body) {
        this(method, path, query, headers, contentType, body, method.equals("GET"), Expects.JSON);
    }

    /** A plain GET. */
    public static Request read(String path, List<Parameter> query) {
        return new Request("GET", path, List.copyOf(query), Map.of(), null, null);
    }

    /** A POST that only reads: a search, a GraphQL query, a JSON-RPC call. */
    public static Request search(String path, List<Parameter> query, JsonNode body) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return new Request("POST", path, List.copyOf(query), Map.of(), "application/json", bytes, true, Expects.JSON);
    }

    /** The same with further headers. */
    public Request with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Request(method, path, query, all, contentType, body, reads, expects);
    }

    /** The same, for a file. */
    public Request download() {
        return new Request(method, path, query, headers, contentType, body, reads, Expects.FILE);
    }

    /**
     * Whether it may be sent again after a transient fault. What reads, and PUT, PATCH and DELETE, say the same thing twice; a POST that
     * may have arrived is repeated only when the fault says that it was not taken.
     */
    public boolean repeatable(String code) {
        return reads || !method.equals("POST") || notTaken(code);
    }

    /** Whether a transient fault of this code says that the request was not taken. */
    public static boolean notTaken(String code) {
        return Set.of("RATE_LIMITED", "QUOTA", "UNREACHABLE", "UNAVAILABLE", "BREAKER_OPEN")
                .contains(code);
    }
}
