package bellwether.mapping;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with {@code {name}} in it, compiled once. A brace with anything but a name behind it is text, so that {@code { id }} of a
 * GraphQL query stays as it is.
 */
public final class Template {
    /** Filled in by whoever signs a call, so that it stays in the text until then. */
    public static final String SESSION = "session";

    private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_]*(?:\\.[A-Za-z0-9_]+)*)}");

    private record Part(String text, boolean hole) {}

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();

    private Template(String text) {
        this.text = text;
        if (text.indexOf('{') < 0) {
            if (!text.isEmpty()) parts.add(new Part(text, false));
            return;
        }
        Matcher hole = HOLE.matcher(text);
        int end = 0;
        while (hole.find()) {
            if (hole.start() > end) parts.add(new Part(text.substring(end, hole.start()), false));
            parts.add(new Part(hole.group(1), true));
            names.add(hole.group(1));
            end = hole.end();
        }
        if (end < text.length()) parts.add(new Part(text.substring(end), false));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Template of(String text) {
        return new Template(text);
    }

    /** The names in it, in order. */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /** The name, if the text is nothing but one; else null. */
    String only() {
        return parts.size() == 1 && parts.get(0).hole() ? parts.get(0).text() : null;
    }

    /**
     * The text with its names filled in; null as soon as one of them has no value, so that whoever asks can leave the whole thing out.
     *
     * @param values the value of a name, or null
     */
    public String fill(Function<String, String> values) {
        return fill(values, UnaryOperator.identity());
    }

    /** The same as part of an address: each value is percent-encoded, the text around it is not. */
    public String path(Function<String, String> values) {
        return fill(values, Template::encode);
    }

    /** The same, but a name at the very beginning may stand for a whole address or path, so its value is not encoded. */
    public String address(Function<String, String> values) {
        if (parts.isEmpty() || !parts.get(0).hole()) return path(values);
        String head = values.apply(parts.get(0).text());
        String tail = of(text.substring(parts.get(0).text().length() + 2)).path(values);
        return head == null || tail == null ? null : head + tail;
    }

    private String fill(Function<String, String> values, UnaryOperator<String> writing) {
        StringBuilder full = new StringBuilder();
        for (Part part : parts) {
            String value = part.hole() ? values.apply(part.text()) : part.text();
            if (value == null && part.text().equals(SESSION))
                full.append("{").append(SESSION).append("}");
            else if (value == null) return null;
            else full.append(part.hole() ? writing.apply(value) : value);
        }
        return full.toString();
    }

    /** Percent-encoded (RFC 3986): a blank is {@code %20}, a slash {@code %2F}. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    @Override
    public String toString() {
        return text;
    }
}
