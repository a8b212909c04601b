package bellwether.store;

import bellwether.nps.Metric;
import bellwether.nps.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Sources and their surveys. */
final class Sources {
    static long id(Handle h, String name) {
        return h.createQuery("SELECT id FROM source WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne()
                .orElseGet(() -> {
                    h.createUpdate("INSERT INTO source (name) VALUES (:name) ON CONFLICT (name) DO NOTHING")
                            .bind("name", name)
                            .execute();
                    return h.createQuery("SELECT id FROM source WHERE name = :name")
                            .bind("name", name)
                            .mapTo(Long.class)
                            .one();
                });
    }

    /**
     * Notes surveys seen for the first time, with the metric of all surveys that are not named, or none.
     *
     * @return those that no declaration covers
     */
    static List<String> seen(Handle h, long source, Collection<Response> responses, Metric others, long now) {
        List<String> ids = responses.stream()
                .filter(response -> response.metric() == null)
                .map(Response::survey)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        var insert = h.prepareBatch("""
                INSERT INTO survey (source, remote_id, metric, first_seen) VALUES (?, ?, ?, ?)
                ON CONFLICT (source, remote_id) DO NOTHING""");
        ids.forEach(id -> insert.bind(0, source)
                .bind(1, id)
                .bind(2, others == null ? null : others.name())
                .bind(3, now)
                .add());
        int[] counts = insert.execute();
        List<String> uncovered = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0 && others == null) {
                uncovered.add(ids.get(i));
            }
        }
        return uncovered;
    }

    /** Declares what the surveys of a source ask; true if that differs from what was declared before. */
    static boolean declare(Handle h, long source, Surveys surveys, long now) {
        int changed = 0;
        Map<String, String> known = new HashMap<>();
        h.createQuery("SELECT remote_id, metric FROM survey WHERE source = :source")
                .bind("source", source)
                .map((rs, ctx) -> known.put(rs.getString("remote_id"), rs.getString("metric")))
                .list();
        surveys.named().keySet().forEach(id -> known.putIfAbsent(id, null));
        for (String id : known.keySet()) {
            Metric metric = surveys.named().getOrDefault(id, surveys.others());
            changed += h.createUpdate("""
                            INSERT INTO survey (source, remote_id, metric, first_seen) VALUES (:source, :id, :metric, :now)
                            ON CONFLICT (source, remote_id) DO UPDATE SET metric = excluded.metric
                            WHERE coalesce(survey.metric, '') <> coalesce(excluded.metric, '')""")
                    .bind("source", source)
                    .bind("id", id)
                    .bind("metric", metric == null ? null : metric.name())
                    .bind("now", now)
                    .execute();
        }
        return changed > 0;
    }

    private Sources() {}
}
