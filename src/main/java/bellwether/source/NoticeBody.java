package bellwether.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the body of a notice; a form with bracketed names ({@code response[score]=9}) becomes the object it stands for. */
final class NoticeBody {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BRACKET = Pattern.compile("\\[([^\\]]*)]");
    private static final int DEEPEST = 10;

    private NoticeBody() {}

    /** The body, or null if it is none of the kinds that are taken. */
    static JsonNode read(Notice notice, List<String> bodies) {
        String type = notice.headers().getOrDefault("content-type", "");
        boolean form = type.contains("x-www-form-urlencoded");
        if (form ? !bodies.contains("form") : !bodies.contains("json")) return null;
        return form ? form(new String(notice.body(), StandardCharsets.UTF_8)) : json(notice.body());
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node != null && node.isContainerNode() ? node : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static JsonNode form(String text) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals <= 0) continue;
            try {
                String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                put(root, names(name), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return null; // a % that is no escape
            }
        }
        return root.isEmpty() ? null : root;
    }

    private static List<String> names(String name) {
        List<String> names = new ArrayList<>();
        int bracket = name.indexOf('[');
        names.add(bracket <= 0 ? name : name.substring(0, bracket));
        Matcher matcher = BRACKET.matcher(name);
        while (bracket > 0 && matcher.find() && names.size() < DEEPEST) names.add(matcher.group(1));
        return names;
    }

    /** {@code a[b]=x} is an object's field, {@code a[]=x} one more of a list. */
    private static void put(ObjectNode root, List<String> names, String value) {
        ObjectNode at = root;
        for (int i = 0; i < names.size() - 1; i++) {
            if (names.get(i + 1).isEmpty()) {
                (at.get(names.get(i)) instanceof com.fasterxml.jackson.databind.node.ArrayNode list
                                ? list
                                : at.putArray(names.get(i)))
                        .add(value);
                return;
            }
            at = at.get(names.get(i)) instanceof ObjectNode inner ? inner : at.putObject(names.get(i));
        }
        at.put(names.get(names.size() - 1), value);
    }
}
