package bellwether.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** When the tool says that it last asked the people who are contacts. */
final class LastAsked {
    private final Map<String, Instant> asked = new HashMap<>();
    private final Set<String> unread = new HashSet<>();
    private final Instant until;

    /** @param until people who changed from here on may not have been read as they are now; null for none */
    LastAsked(Instant until) {
        this.until = until;
    }

    /** @param found the contacts with the person's e-mail address: of several nobody knows who was meant */
    void take(JsonNode person, List<JsonNode> found) {
        if (found.size() != 1) {
            return;
        }
        String contact = found.get(0).get("Id").asText();
        if (person.has("last_surveyed_unix")) {
            Instant at = Instant.ofEpochSecond(person.get("last_surveyed_unix").asLong());
            asked.merge(contact, at, (one, other) -> one.isAfter(other) ? one : other);
        }
        if (until != null && person.get("updated_unix").asLong() >= until.getEpochSecond()) {
            unread.add(contact);
        }
    }

    /** Null where they were not asked. */
    Instant of(String contact) {
        return asked.get(contact);
    }

    boolean known(String contact) {
        return !unread.contains(contact);
    }
}
