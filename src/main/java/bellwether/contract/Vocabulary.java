package bellwether.contract;

import bellwether.source.Tool;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words that stand in a tool's file, and so are nobody's secret: names of fields, kinds, states, texts that are looked for. */
final class Vocabulary {
    private static final Set<String> COMMON = Set.of(
            "true",
            "false",
            "yes",
            "no",
            "y",
            "n",
            "nps",
            "csat",
            "ces",
            "email",
            "sms",
            "web",
            "link",
            "sent",
            "delivered",
            "opened",
            "bounced",
            "declined",
            "anonymous",
            "mobile",
            "app");

    private final Set<String> words = new HashSet<>(COMMON);
    private final List<String> titles = new ArrayList<>();
    private final List<Pattern> errors;

    /** @param file of the tool, as it is written */
    Vocabulary(JsonNode file, Tool tool) {
        learn(file);
        errors = tool.errors().stream()
                .map(rule -> rule.matches())
                .filter(pattern -> pattern != null)
                .toList();
        Stream.of(tool.responses(), tool.respondents(), tool.sends())
                .filter(stream -> stream != null)
                .flatMap(stream -> stream.map().values().stream())
                .flatMap(rule -> rule.question().stream())
                .forEach(question -> titles.addAll(question.getOrDefault("title", List.of())));
    }

    private void learn(JsonNode node) {
        node.properties().forEach(field -> words.add(low(field.getKey())));
        node.forEach(this::learn);
        if (!node.isValueNode() || node.isNull()) return;
        words.add(low(node.asText()));
        // a place is a path of names
        if (node.asText().matches("[\\w$.@?*\\[\\]()='/{}-]+"))
            for (String name : node.asText().split("\\W+")) words.add(low(name));
    }

    boolean has(String text) {
        return words.contains(low(text));
    }

    /** What must be left of a text that means an error, so that it still means it; null if it is none. */
    String error(String text) {
        for (Pattern pattern : errors) {
            if (!pattern.matcher(text).matches()) continue;
            for (String one : pattern.pattern().split("\\|")) {
                String plain = one.replace(".*", "");
                if (text.matches(one) && pattern.matcher(plain).matches()) return plain;
            }
        }
        return null;
    }

    /** What questions are found by, as far as the text holds it. */
    List<String> titles(String text) {
        return titles.stream().filter(title -> low(text).contains(low(title))).toList();
    }

    static String low(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
