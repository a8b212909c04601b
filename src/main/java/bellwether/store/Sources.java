package bellwether.store;

import bellwether.nps.Metric;
import bellwether.nps.Response;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
        Set<String> ids = responses.stream()
                .filter(response -> response.metric() == null)
                .map(Response::survey)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!ids.isEmpty()) {
            h.createQuery("SELECT remote_id FROM survey WHERE source = :source AND remote_id IN (<ids>)")
                    .bind("source", source)
                    .bindList("ids", List.copyOf(ids))
                    .mapTo(String.class)
                    .list()
                    .forEach(ids::remove);
        }
        if (ids.isEmpty()) {
            return List.of();
        }
        var insert = new Batch(h, """
                INSERT INTO survey (source, remote_id, metric, first_seen) VALUES (?, ?, ?, ?)
                ON CONFLICT (source, remote_id) DO NOTHING""");
        ids.forEach(id -> insert.add(source, id, others == null ? null : others.name(), now));
        insert.execute();
        ids.forEach(id -> record(h, source, id, others, now));
        return others == null ? List.copyOf(ids) : List.of();
    }

    /** Appends what a survey is declared to ask from now on. */
    private static void record(Handle h, long source, String survey, Metric metric, long now) {
        h.execute(
                "INSERT INTO survey_metric (source, remote_id, metric, recorded_at) VALUES (?, ?, ?, ?)",
                source,
                survey,
                metric == null ? null : metric.name(),
                now);
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
            int differs = h.createUpdate("""
                            INSERT INTO survey (source, remote_id, metric, first_seen) VALUES (:source, :id, :metric, :now)
                            ON CONFLICT (source, remote_id) DO UPDATE SET metric = excluded.metric
                            WHERE coalesce(survey.metric, '') <> coalesce(excluded.metric, '')""")
                    .bind("source", source)
                    .bind("id", id)
                    .bind("metric", metric == null ? null : metric.name())
                    .bind("now", now)
                    .execute();
            if (differs > 0) {
                record(h, source, id, metric, now);
                changed++;
            }
        }
        return changed > 0;
    }

    /** Our keys of a source's responses after one of them, in order. */
    static List<Long> responses(Handle h, long source, long after, int limit) {
        return h.createQuery("SELECT id FROM response WHERE source = :source AND id > :after ORDER BY id LIMIT :limit")
                .bind("source", source)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    private Sources() {}
}
