package bellwether.admin;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a request asks for. The query is read from the address itself, never from headers; every parameter that cannot be used is
 * noted, and {@link #done()} refuses the request with all of them at once, those that nobody reads among them.
 */
final class Ask {
    static final int LIMIT = 50;
    static final int MOST = 200;

    private final Map<String, Object> headers;
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Set<String> read = new TreeSet<>();
    private final List<Problem.BadParameter> bad = new ArrayList<>();

    private Ask(Map<String, Object> headers) {
        this.headers = headers;
        String raw = (String) headers.get("CamelHttpRawQuery");
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                if (query.put(name, value) != null) {
                    bad.add(new Problem.BadParameter(name, "It is given more than once."));
                }
            }
        }
    }

    /** @param headers those of the request's message, as the HTTP server set them */
    static Ask of(Map<String, Object> headers) {
        return new Ask(headers);
    }

    /** A part of the path by its name in the route. */
    String path(String name) {
        return String.valueOf(headers.get(name));
    }

    /** A parameter, or null if absent or empty. */
    String text(String name) {
        read.add(name);
        String value = query.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /**
     * A parameter in its own type.
     *
     * @param parse throws an IllegalArgumentException whose message says what is wrong with a value
     * @param absent what to take when there is none
     */
    <T> T value(String name, Function<String, T> parse, T absent) {
        String text = text(name);
        if (text == null) {
            return absent;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            bad.add(new Problem.BadParameter(name, e.getMessage()));
            return absent;
        }
    }

    /** Notes a mistake that shows only when parameters are compared. */
    void refuse(String name, String detail) {
        bad.add(new Problem.BadParameter(name, detail));
    }

    /** How many rows a page may have: 50 unless told, at most 200. */
    int limit() {
        return value(
                "limit",
                text -> {
                    int limit = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
                    if (limit < 1 || limit > MOST) {
                        throw new IllegalArgumentException("It must be a whole number from 1 to " + MOST + ".");
                    }
                    return limit;
                },
                LIMIT);
    }

    /** How many months back: 12 unless told, at most 60. */
    int months() {
        return value(
                "months",
                text -> {
                    int months = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
                    if (months < 1 || months > 60) {
                        throw new IllegalArgumentException("It must be a whole number from 1 to 60.");
                    }
                    return months;
                },
                12);
    }

    /** A whole number that a page handed out as its end, or null. */
    Long number(String name) {
        return value(
                name,
                text -> {
                    if (!text.matches("\\d{1,18}")) {
                        throw new IllegalArgumentException("It must be a whole number, as 'next' of a page gives it.");
                    }
                    return Long.valueOf(text);
                },
                null);
    }

    /** Refuses the request if anything about its parameters is wrong. */
    void done() {
        for (String name : query.keySet()) {
            if (!read.contains(name)) {
                bad.add(new Problem.BadParameter(
                        name,
                        "This path does not take it"
                                + (read.isEmpty() ? "." : ", but " + String.join(", ", read) + ".")));
            }
        }
        if (!bad.isEmpty()) {
            throw Problem.bad(bad);
        }
    }

    /** Answers 202 with the address of the run that does what was asked for. */
    void accepted(String run) {
        headers.put("CamelHttpResponseCode", 202);
        headers.put("Location", "/api/v1/runs/" + run);
    }

    /** The same address with one parameter set, and another left out. */
    String with(String name, Object value, String without) {
        StringBuilder address = new StringBuilder((String) headers.get("CamelHttpPath"));
        char glue = '?';
        for (var entry : query.entrySet()) {
            if (!entry.getKey().equals(name) && !entry.getKey().equals(without)) {
                address.append(glue).append(encoded(entry.getKey())).append('=').append(encoded(entry.getValue()));
                glue = '&';
            }
        }
        return address.append(glue)
                .append(name)
                .append('=')
                .append(encoded(value.toString()))
                .toString();
    }

    private String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            bad.add(new Problem.BadParameter("?", "The address holds a % that is no escape."));
            return text;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%3A", ":");
    }
}
