package bellwether.source;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The last instant read and the ids seen there: rows that share it may lie on both sides of a page's edge.
 *
 * @param at in the precision of the tool's bounds
 */
public record Boundary(Instant at, Set<String> ids) {
    public Boundary {
        ids = Collections.unmodifiableSet(new LinkedHashSet<>(ids));
    }

    /** As one text for the store: epoch milliseconds and the ids, a line each. */
    public String text() {
        return at.toEpochMilli() + "\n" + String.join("\n", ids);
    }

    /** Reads {@link #text()}; null gives null. */
    public static Boundary of(String text) {
        if (text == null || text.isEmpty()) return null;
        String[] lines = text.split("\n");
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 1; i < lines.length; i++) if (!lines[i].isEmpty()) ids.add(lines[i]);
        return new Boundary(Instant.ofEpochMilli(Long.parseLong(lines[0])), ids);
    }
}
