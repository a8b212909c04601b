package bellwether.mapping;

import bellwether.nps.Scale;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line of a field map as written: a path, or a block.
 *
 * @param paths tried in order, the first that holds something wins; with {@code {setting}} and {@code {question}}; empty for a constant
 * @param as null for the usual conversion of the field
 * @param value a constant, or null
 * @param formats of an instant, or null for those of the tool
 * @param list where the paths are those of an item in a list: its place; or null
 * @param where which item: the first alternative whose settings are given and that an item fits; each names places in an item
 * @param question how the question is chosen, by id, type or title, in alternatives; or empty
 * @param lookup what stands for what, or null
 * @param weights true if choices stand for the weights that the parent's questions give them
 * @param otherwise what stands for all that {@code lookup} does not name, or null
 * @param none values that mean that there is none
 * @param scale of a score
 */
public record FieldRule(
        List<String> paths,
        Conversion as,
        String value,
        List<String> formats,
        String list,
        List<Map<String, List<String>>> where,
        List<Map<String, List<String>>> question,
        Map<String, String> lookup,
        boolean weights,
        String otherwise,
        List<String> none,
        Scale scale) {

    /** Plain places. */
    public FieldRule(List<String> paths, Conversion as, String value, List<String> formats) {
        this(paths, as, value, formats, null, List.of(), List.of(), null, false, null, List.of(), Scale.ZERO_TO_TEN);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FieldRule of(JsonNode node) {
        if (!node.isObject()) return new FieldRule(texts(node), null, null, null);
        JsonNode as = node.path("as");
        JsonNode lookup = node.path("lookup");
        return new FieldRule(
                texts(node.path("path")),
                as.isMissingNode() ? null : Conversion.valueOf(as.asText().toUpperCase(Locale.ROOT)),
                node.hasNonNull("value") ? node.get("value").asText() : null,
                node.has("formats") ? texts(node.get("formats")) : null,
                node.path("list").asText(null),
                alternatives(node.path("where")),
                alternatives(node.path("question")),
                lookup.isObject() ? table(lookup) : null,
                lookup.isTextual(),
                node.path("else").asText(null),
                texts(node.path("none")),
                node.has("scale") ? Scale.parse(node.get("scale").asText()) : Scale.ZERO_TO_TEN);
    }

    private static List<Map<String, List<String>>> alternatives(JsonNode node) {
        List<Map<String, List<String>>> alternatives = new ArrayList<>();
        for (JsonNode one : node.isArray() ? node : List.of(node)) {
            Map<String, List<String>> places = new LinkedHashMap<>();
            one.properties().forEach(place -> places.put(place.getKey(), texts(place.getValue())));
            if (!places.isEmpty()) alternatives.add(places);
        }
        return alternatives;
    }

    private static Map<String, String> table(JsonNode node) {
        Map<String, String> table = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> table.put(entry.getKey(), entry.getValue().asText()));
        return table;
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) node.forEach(item -> texts.add(item.asText()));
        else if (!node.isMissingNode()) texts.add(node.asText());
        return texts;
    }
}
