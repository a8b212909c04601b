package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts and JSON with {@code {names}} in them: filled, and read back from what came. */
final class Blanks {
    private static final Pattern NAME = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_.]*)}");

    private Blanks() {}

    /** The text with every name replaced; null if one has no value. */
    static String fill(String template, Function<String, String> values) {
        StringBuilder full = new StringBuilder();
        Matcher name = NAME.matcher(template);
        while (name.find()) {
            String value = values.apply(name.group(1));
            if (value == null) {
                return null;
            }
            name.appendReplacement(full, Matcher.quoteReplacement(value));
        }
        return name.appendTail(full).toString();
    }

    /** The names in a text, in their order. */
    static List<String> names(String template) {
        return NAME.matcher(template).results().map(name -> name.group(1)).toList();
    }

    /** Whether the text is the template with something in place of the names: what is known in place of these, else what is put down as found. */
    static boolean read(String template, String text, Function<String, String> known, Map<String, String> found) {
        StringBuilder pattern = new StringBuilder();
        Matcher name = NAME.matcher(template);
        int from = 0;
        java.util.List<String> names = new java.util.ArrayList<>();
        while (name.find()) {
            pattern.append(Pattern.quote(template.substring(from, name.start())));
            String value = known.apply(name.group(1));
            pattern.append(value == null ? "(.+?)" : Pattern.quote(value));
            if (value == null) {
                names.add(name.group(1));
            }
            from = name.end();
        }
        Matcher fits = Pattern.compile(pattern + Pattern.quote(template.substring(from)))
                .matcher(text);
        if (!fits.matches()) {
            return false;
        }
        for (int i = 0; i < names.size(); i++) {
            found.put(names.get(i), fits.group(i + 1));
        }
        return true;
    }

    /** The same for the path of an address: a name stands for one step of it. */
    static boolean path(String template, String path, Function<String, String> known, Map<String, String> found) {
        String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        return read(template, decoded, known, found) && found.values().stream().noneMatch(value -> value.contains("/"));
    }

    /**
     * The same for JSON: a key may be left out if a name stands there, a name in a list may stand for several items, and a list in place
     * of a name is read as its items with commas between them.
     */
    static boolean read(JsonNode template, JsonNode given, Function<String, String> known, Map<String, String> found) {
        if (template.isObject()) {
            return given.isObject() && object(template, given, known, found);
        }
        if (template.isArray()) {
            return given.isArray() && array(template, given, known, found);
        }
        if (isName(template) && given.isArray()) {
            StringJoiner items = new StringJoiner(",");
            given.forEach(item -> items.add(item.asText()));
            return read(template.textValue(), items.toString(), known, found);
        }
        if (template.isTextual()) {
            return given.isValueNode() && read(template.textValue(), given.asText(), known, found);
        }
        return template.asText().equals(given.asText());
    }

    private static boolean object(
            JsonNode template, JsonNode given, Function<String, String> known, Map<String, String> found) {
        for (Map.Entry<String, JsonNode> one : template.properties()) {
            JsonNode value = given.get(one.getKey());
            if (value == null ? !isName(one.getValue()) : !read(one.getValue(), value, known, found)) {
                return false;
            }
        }
        return given.properties().stream().allMatch(one -> template.has(one.getKey()));
    }

    private static boolean array(
            JsonNode template, JsonNode given, Function<String, String> known, Map<String, String> found) {
        int more = given.size() - template.size();
        int at = 0;
        for (JsonNode one : template) {
            if (more != 0 && isName(one)) {
                at += 1 + more;
                more = 0;
            } else if (at >= given.size() || !read(one, given.get(at++), known, found)) {
                return false;
            }
        }
        return at == given.size();
    }

    private static boolean isName(JsonNode template) {
        return template.isTextual() && NAME.matcher(template.textValue()).matches();
    }
}
