package bellwether.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One HTTP request as a simulator sees it; header names are lower case, {@code headBytes} is the size of request line and headers. */
record Request(String method, String path, String query, Map<String, String> headers, byte[] body, int headBytes) {
    /** The decoded query parameters; of a repeated one the last. */
    Map<String, String> parameters() {
        return decode(query);
    }

    /** The decoded fields of a form body. */
    Map<String, String> form() {
        return decode(new String(body, StandardCharsets.UTF_8));
    }

    String header(String name) {
        return headers.get(name);
    }

    /** The bearer token, or null. */
    String bearer() {
        String value = headers.get("authorization");
        return value != null && value.regionMatches(true, 0, "Bearer ", 0, 7)
                ? value.substring(7).trim()
                : null;
    }

    /** All decoded query parameters, a repeated one with each of its values. */
    Map<String, List<String>> all() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            decode(pair).forEach((name, value) -> all.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(value));
        }
        return all;
    }

    private static Map<String, String> decode(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        if (encoded == null || encoded.isEmpty()) {
            return values;
        }
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            values.put(unescape(name), equals < 0 ? "" : unescape(pair.substring(equals + 1)));
        }
        return values;
    }

    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
