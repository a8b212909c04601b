package bellwether.http;

import bellwether.mapping.JsonPlace;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An answer that means something else than its status says. All that is given must fit.
 *
 * @param status HTTP status, or null for any
 * @param at place in the answer, or null; a place without a condition of its own must hold something
 * @param value what stands there, as text; the key {@code equals}
 * @param matches the whole text there
 * @param exists whether anything but null stands there
 * @param said place of the words that explain it, or null to look for them
 */
public record ErrorRule(
        Integer status,
        JsonPlace at,
        @JsonProperty("equals") JsonNode value,
        Pattern matches,
        Boolean exists,
        JsonPlace said,
        Kind kind) {

    /** Who must act: nobody, a person about the connection, a person about the record; or it is no error at all. */
    public enum Kind {
        TRANSIENT,
        CONFIG,
        RECORD,
        /** An empty list: the end of the data. */
        EMPTY,
        /** The session or token has ended: a new one is asked for, once. */
        LOGIN
    }

    /** The first that fits, or null. */
    static ErrorRule first(List<ErrorRule> rules, int status, JsonNode json) {
        return rules.stream()
                .filter(rule -> rule.fits(status, json))
                .findFirst()
                .orElse(null);
    }

    private boolean fits(int answered, JsonNode json) {
        if (status != null && status != answered) {
            return false;
        }
        if (at == null) {
            return true;
        }
        JsonNode found = json == null ? null : at.in(json);
        boolean there = found != null && !found.isNull();
        if (exists != null && exists != there) {
            return false;
        }
        if (value != null && !(there && found.isValueNode() && found.asText().equals(value.asText()))) {
            return false;
        }
        if (matches != null
                && !(there
                        && found.isValueNode()
                        && matches.matcher(found.asText()).matches())) {
            return false;
        }
        return there || exists != null;
    }
}
