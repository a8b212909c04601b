package bellwether.oracle;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the tools have said of each answer, by source and id, one copy merged into the other. */
final class Copies {
    final Map<String, Map<String, Object>> told = new TreeMap<>();
    final Set<String> gone = new HashSet<>();

    static Instant at(Map<String, Object> fields) {
        return (Instant) (fields.get("at") == null ? fields.get("created") : fields.get("at"));
    }

    void lose(Op.Gone lost) {
        told.forEach((key, fields) -> {
            if (key.startsWith(lost.source() + ":") && lost.at().equals(at(fields))) {
                gone.add(key);
            }
        });
    }

    /** What a newer copy does not mention stays; one that was updated earlier never wins. */
    void merge(String key, Map<String, Object> copy) {
        gone.remove(key);
        Map<String, Object> known = told.getOrDefault(key, Map.of());
        Instant before = (Instant) known.get("updated");
        Instant after = (Instant) copy.get("updated");
        if (before != null && after != null && after.isBefore(before)) {
            return;
        }
        Map<String, Object> merged = new HashMap<>(known);
        merged.putAll(copy);
        if (after == null) {
            merged.put("updated", before);
        }
        told.put(key, merged);
    }
}
