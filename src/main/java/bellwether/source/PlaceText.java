package bellwether.source;

import bellwether.mapping.FieldRule;
import bellwether.mapping.JsonPlace;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a place is told to a person: {@code answers[field.type=nps].number}. */
final class PlaceText {
    /** The place of the first path that holds something in the record; of all where none does. */
    static String of(FieldRule rule, JsonNode record) {
        if (rule.paths().isEmpty()) return rule.value() == null ? "" : "always '" + rule.value() + "'";
        String path = rule.paths().stream()
                .filter(one -> rule.list() == null && !one.contains("{") && there(one, record))
                .findFirst()
                .orElse(String.join(" or ", rule.paths()));
        String question = rule.question().isEmpty() ? "" : " of the question " + told(rule.question());
        if (rule.list() == null) return path + question;
        String which = rule.where().isEmpty() ? "[0]" : "[" + told(rule.where()) + "]";
        return rule.list() + which + (path.startsWith("$") ? " " : ".") + path + question;
    }

    private static boolean there(String path, JsonNode record) {
        JsonNode found = JsonPlace.of(path).in(record);
        return found != null && !found.isNull();
    }

    private static String told(List<Map<String, List<String>>> alternatives) {
        return alternatives.stream()
                .map(one -> one.entrySet().stream()
                        .map(place -> place.getKey() + "=" + String.join("|", place.getValue()))
                        .collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(", else "));
    }

    private PlaceText() {}
}
