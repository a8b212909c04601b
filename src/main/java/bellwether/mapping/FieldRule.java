package bellwether.mapping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One line of a field map as written: a path, or a block with {@code path}, {@code as}, {@code value}, {@code formats}.
 *
 * @param paths tried in order, the first that holds something wins; empty for a constant
 * @param as null for the usual conversion of the field
 * @param value a constant, or null
 * @param formats of an instant, or null for those of the tool
 */
public record FieldRule(List<String> paths, Conversion as, String value, List<String> formats) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FieldRule of(JsonNode node) {
        if (!node.isObject()) return new FieldRule(texts(node), null, null, null);
        JsonNode as = node.path("as");
        return new FieldRule(
                texts(node.path("path")),
                as.isMissingNode() ? null : Conversion.valueOf(as.asText().toUpperCase(Locale.ROOT)),
                node.hasNonNull("value") ? node.get("value").asText() : null,
                node.has("formats") ? texts(node.get("formats")) : null);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) node.forEach(item -> texts.add(item.asText()));
        else if (!node.isMissingNode()) texts.add(node.asText());
        return texts;
    }
}
