package bellwether.source;

import bellwether.mapping.JsonPlace;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Which rows are taken: those where the place holds one of {@code is}, none of {@code not}, or anything at all.
 *
 * @param at the place in a row
 * @param is one of these, as text; {@code null} for none at all; or null
 * @param not none of these; or null
 * @param exists whether there must be a value, or null
 */
public record Select(JsonPlace at, List<String> is, List<String> not, Boolean exists) {
    boolean takes(JsonNode row) {
        JsonNode found = at.in(row);
        boolean there = found != null && !found.isNull();
        String text = !there ? "null" : found.isValueNode() ? found.asText() : found.toString();
        if (exists != null && exists != there) return false;
        return (is == null || has(is, text)) && (not == null || !has(not, text));
    }

    /** True if all of them take it. */
    public static boolean all(List<Select> select, JsonNode row) {
        for (Select one : select) if (!one.takes(row)) return false;
        return true;
    }

    private static boolean has(List<String> texts, String text) {
        for (String one : texts) if (String.valueOf(one).equalsIgnoreCase(text)) return true;
        return false;
    }
}
