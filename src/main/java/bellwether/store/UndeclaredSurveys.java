package bellwether.store;

import java.time.Instant;
import java.util.List;

/** Reads which surveys were seen and are declared nowhere: their responses are stored and not counted. */
public final class UndeclaredSurveys {
    /** One survey by the tool's own id. */
    public record Seen(String survey, long responses, Instant firstSeen) {}

    private final Store store;

    public UndeclaredSurveys(Store store) {
        this.store = store;
    }

    /** Those of one source, in the order of their ids. */
    public List<Seen> of(String source) {
        return store.read(h -> h.createQuery("""
                        SELECT v.remote_id, v.first_seen, count(r.id) AS responses
                        FROM source s
                          JOIN survey v ON v.source = s.id AND v.metric IS NULL
                          JOIN response r ON r.source = s.id AND r.survey = v.remote_id AND r.metric IS NULL AND r.deleted = 0
                        WHERE s.name = :source GROUP BY v.remote_id, v.first_seen ORDER BY v.remote_id""")
                .bind("source", source)
                .map((rs, ctx) -> new Seen(
                        rs.getString("remote_id"),
                        rs.getLong("responses"),
                        Instant.ofEpochMilli(rs.getLong("first_seen"))))
                .list());
    }
}
