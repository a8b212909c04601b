package bellwether.store;

import bellwether.nps.Metric;
import bellwether.nps.Response;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The versions of responses, appended in batches and read back as the values they were. */
final class Versions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> MAP = new TypeReference<>() {};
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};

    /** The current version of a response. */
    record Known(int version, String hash, boolean deleted, Long respondent, Response response) {}

    private final Batch versions;
    private final Batch texts;

    Versions(Handle h) {
        versions = new Batch(h, """
                INSERT INTO response_version (response, version, recorded_at, hash, survey, metric, respondent, score, answered_at,
                  created_at, updated_at, date_only, fallback_date, excluded, completed, deleted, channel, tags)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
        texts = new Batch(h, "INSERT INTO response_text (response, version, comment, properties) VALUES (?, ?, ?, ?)");
    }

    void add(long id, int version, String hash, Long respondent, Response r, boolean deleted, long now) {
        versions.add(
                id,
                version,
                now,
                hash,
                r.survey(),
                r.metric() == null ? null : r.metric().name(),
                respondent,
                r.score(),
                r.answeredAt().toEpochMilli(),
                Rows.millis(r.createdAt()),
                Rows.millis(r.updatedAt()),
                r.dateOnly() ? 1 : 0,
                r.fallbackDate() ? 1 : 0,
                r.excluded() ? 1 : 0,
                r.completed() == null ? null : r.completed() ? 1 : 0,
                deleted ? 1 : 0,
                r.channel(),
                r.tags().isEmpty() ? null : write(r.tags()));
        if (r.comment() != null || !r.properties().isEmpty()) {
            texts.add(id, version, r.comment(), r.properties().isEmpty() ? null : write(r.properties()));
        }
    }

    void execute() {
        versions.execute();
        texts.execute();
    }

    /** The newest versions of these responses of one source, by our key. */
    static Map<Long, Known> current(Handle h, String source, Collection<Long> ids) {
        Map<Long, Known> known = new HashMap<>();
        for (List<Long> some : Chunks.of(ids, 1000)) {
            h.createQuery("""
                            SELECT v.*, r.parent, r.remote_id, p.remote_id AS person, t.comment, t.properties
                            FROM response r JOIN response_version v ON v.response = r.id AND v.version = r.version
                              LEFT JOIN respondent p ON p.id = v.respondent
                              LEFT JOIN response_text t ON t.response = r.id AND t.version = r.version
                            WHERE r.id IN (<ids>)""")
                    .bindList("ids", some)
                    .map((rs, ctx) -> {
                        String parent = rs.getString("parent");
                        String metric = rs.getString("metric");
                        Integer completed = Rows.optionalInt(rs, "completed");
                        String tags = rs.getString("tags");
                        String properties = rs.getString("properties");
                        var response = Response.of(source, parent.isEmpty() ? null : parent, rs.getString("remote_id"))
                                .survey(rs.getString("survey"))
                                .metric(metric == null ? null : Metric.parse(metric))
                                .respondent(rs.getString("person"))
                                .score(Rows.optionalInt(rs, "score"))
                                .comment(rs.getString("comment"))
                                .answeredAt(
                                        rs.getInt("fallback_date") == 1
                                                ? null
                                                : Rows.optionalInstant(rs, "answered_at"))
                                .set(Response.Field.DATE_ONLY, rs.getInt("date_only") == 1)
                                .createdAt(Rows.optionalInstant(rs, "created_at"))
                                .updatedAt(Rows.optionalInstant(rs, "updated_at"))
                                .excluded(rs.getInt("excluded") == 1)
                                .completed(completed == null ? null : completed == 1)
                                .channel(rs.getString("channel"))
                                .tags(tags == null ? null : read(tags, LIST))
                                .properties(properties == null ? null : read(properties, MAP))
                                .build();
                        return known.put(
                                rs.getLong("response"),
                                new Known(
                                        rs.getInt("version"),
                                        rs.getString("hash"),
                                        rs.getInt("deleted") == 1,
                                        Rows.optionalLong(rs, "respondent"),
                                        response));
                    })
                    .list();
        }
        return known;
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The store holds a broken value", e);
        }
    }
}
