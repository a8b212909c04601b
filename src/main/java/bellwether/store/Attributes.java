package bellwether.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Keeps what dimensions (role, segment, owner …) of accounts and contacts have been, append-only. */
final class Attributes {
    /** Appends the values that differ from the last recorded ones. Returns the subjects that changed. */
    static Set<Long> record(Handle h, String kind, Map<Long, Map<String, String>> values, long now) {
        Set<Long> changed = new TreeSet<>();
        List<Long> subjects =
                values.keySet().stream().filter(s -> !values.get(s).isEmpty()).toList();
        if (subjects.isEmpty()) {
            return changed;
        }
        Map<Long, Map<String, String>> last = new HashMap<>();
        for (List<Long> some : Chunks.of(subjects, 1000)) {
            h.createQuery(
                            "SELECT subject, name, value FROM attribute WHERE kind = :kind AND subject IN (<ids>) ORDER BY id")
                    .bind("kind", kind)
                    .bindList("ids", some)
                    .map((rs, ctx) -> last.computeIfAbsent(rs.getLong("subject"), s -> new HashMap<>())
                            .put(rs.getString("name"), rs.getString("value")))
                    .list();
        }
        var insert = new Batch(
                h,
                "INSERT INTO attribute (kind, subject, name, value, valid_from, recorded_at) VALUES (?, ?, ?, ?, ?, ?)");
        for (Long subject : subjects) {
            Map<String, String> before = last.getOrDefault(subject, Map.of());
            values.get(subject).forEach((name, value) -> {
                boolean first = !before.containsKey(name);
                if (first ? value != null : !Objects.equals(before.get(name), value)) {
                    insert.add(kind, subject, name, value, first ? 0L : now, now);
                    changed.add(subject);
                }
            });
        }
        insert.execute();
        return changed;
    }

    private Attributes() {}
}
