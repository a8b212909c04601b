package bellwether.mapping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which surveys of a tool ask one kind of question: written {@code all}, {@code [31, 32]} or {@code "31,32"}.
 *
 * @param all every survey; then there are no ids
 * @param ids the tool's own survey ids as text
 */
public record Surveys(boolean all, Set<String> ids) {
    public static final Surveys NONE = new Surveys(false, Set.of());

    public Surveys {
        ids = Set.copyOf(ids);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Surveys of(JsonNode node) {
        Set<String> ids = new LinkedHashSet<>();
        if (node.isArray()) {
            node.forEach(id -> ids.add(id.asText().strip()));
        } else {
            for (String id : node.asText().split(",")) if (!id.isBlank()) ids.add(id.strip());
        }
        return ids.equals(Set.of("all")) ? new Surveys(true, Set.of()) : new Surveys(false, ids);
    }
}
