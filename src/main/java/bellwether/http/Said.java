package bellwether.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import bellwether.mapping.Template;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The other side's own words in a refusal, short, and without anything that may not be repeated. */
final class Said {
    private static final int LONGEST = 200;
    /** As much of a text as is enough to recognise it when it is cut off. */
    private static final int QUOTED = 20;

    private static final Pattern EMAIL = Pattern.compile("[^\\s@'\"<>(),;:=]+(?:@|%40)[^\\s@'\"<>(),;:=]+");
    private static final List<String> FIELDS =
            List.of("errorCode", "code", "error", "message", "error_description", "detail", "title", "errorDesc");

    private final List<Secret> secrets;

    Said(List<Secret> secrets) {
        this.secrets = secrets;
    }

    /**
     * Empty when it said nothing that helps.
     *
     * @param request whose free texts are not to be repeated, or null
     */
    String by(Reply reply, Request request) {
        JsonNode json = Json.parse(reply);
        StringBuilder words = new StringBuilder();
        if (json != null) {
            collect(json, words);
        } else if (reply.headers().getOrDefault("content-type", "").startsWith("text/plain")) {
            words.append(new String(reply.body(), 0, Math.min(reply.body().length, 1000), UTF_8));
        }
        return scrubbed(
                request == null || request.body() == null ? words.toString() : unquoted(words.toString(), request));
    }

    /** The same where a rule names the place of the words; both the answer as JSON and the rule may be null. */
    String by(Reply reply, Request request, JsonNode json, ErrorRule rule) {
        JsonNode words = rule == null || rule.said() == null || json == null
                ? null
                : rule.said().in(json);
        if (words == null || !words.isValueNode()) {
            return by(reply, request);
        }
        return scrubbed(request == null || request.body() == null ? words.asText() : unquoted(words.asText(), request));
    }

    /** A text of our own that may hold what must not be repeated, such as a path with a key in it. */
    String hiding(String words) {
        return scrubbed(words);
    }

    private static void collect(JsonNode json, StringBuilder words) {
        if (json.isArray() && !json.isEmpty()) {
            collect(json.get(0), words);
        } else if (json.isValueNode()) {
            words.append(words.isEmpty() ? "" : ": ").append(json.asText());
        } else {
            FIELDS.stream().filter(json::hasNonNull).limit(3).forEach(name -> collect(json.get(name), words));
            if (words.isEmpty() && json.hasNonNull("errors")) {
                collect(json.get("errors"), words);
            }
        }
    }

    /** Some vendors quote the value they do not like, and that may be a comment. */
    private static String unquoted(String words, Request request) {
        JsonNode sent = Json.parse(new Reply(0, Map.of(), request.body()));
        List<String> texts = new ArrayList<>();
        collect(sent, texts);
        String clean = words;
        for (String text : texts) {
            clean = clean.replace(text, "…");
            int begun = text.length() <= QUOTED ? -1 : clean.indexOf(text.substring(0, QUOTED));
            clean = begun < 0 ? clean : clean.substring(0, begun) + "…";
        }
        return clean;
    }

    private static void collect(JsonNode json, List<String> texts) {
        if (json == null) {
            return;
        }
        if (json.isTextual() && json.textValue().contains(" ")) {
            texts.add(json.textValue());
        }
        json.forEach(child -> collect(child, texts));
    }

    private String scrubbed(String words) {
        String clean = words;
        for (String secret : longestFirst()) {
            for (String shape : List.of(secret, Template.encode(secret), URLEncoder.encode(secret, UTF_8))) {
                clean = clean.replace(shape, "***");
            }
        }
        clean = clean(clean);
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }

    /** So that one that begins like another leaves no rest of it. */
    private List<String> longestFirst() {
        return secrets.stream()
                .map(Secret::value)
                .filter(value -> !value.isEmpty())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Without e-mail addresses and control characters. */
    static String clean(String words) {
        return EMAIL.matcher(words)
                .replaceAll("<e-mail>")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
    }
}
