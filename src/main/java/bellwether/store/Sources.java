package bellwether.store;

import bellwether.nps.Metric;
import bellwether.nps.Response;
import java.util.Collection;
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

    /** Notes surveys that were merely seen. */
    static void surveys(Handle h, long source, Collection<Response> responses, long now) {
        var insert = h.prepareBatch(
                "INSERT INTO survey (source, remote_id, first_seen) VALUES (?, ?, ?) ON CONFLICT (source, remote_id) DO NOTHING");
        responses.stream()
                .map(Response::survey)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(s -> insert.bind(0, source).bind(1, s).bind(2, now).add());
        if (insert.size() > 0) {
            insert.execute();
        }
    }

    /** Declares the surveys of a source; true if that changed anything that is already counted or not counted. */
    static boolean declare(Handle h, long source, Map<String, Metric> metrics, long now) {
        int changed = 0;
        for (String known : h.createQuery("SELECT remote_id FROM survey WHERE source = :source AND metric IS NOT NULL")
                .bind("source", source)
                .mapTo(String.class)
                .list()) {
            if (!metrics.containsKey(known)) {
                changed += h.createUpdate("UPDATE survey SET metric = NULL WHERE source = :source AND remote_id = :id")
                        .bind("source", source)
                        .bind("id", known)
                        .execute();
            }
        }
        for (var entry : metrics.entrySet()) {
            changed += h.createUpdate("""
                            INSERT INTO survey (source, remote_id, metric, first_seen) VALUES (:source, :id, :metric, :now)
                            ON CONFLICT (source, remote_id) DO UPDATE SET metric = excluded.metric
                            WHERE coalesce(survey.metric, '') <> excluded.metric""")
                    .bind("source", source)
                    .bind("id", entry.getKey())
                    .bind("metric", entry.getValue().name())
                    .bind("now", now)
                    .execute();
        }
        return changed > 0;
    }

    private Sources() {}
}
