package bellwether.store;

import bellwether.nps.ResponseKey;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/** Owes the CRMs the records of responses whose content or match has changed. */
final class Responses {
    private static final String FACTS = """
            SELECT r.id, s.name AS source, r.parent, r.remote_id, r.survey, coalesce(v.metric, r.metric) AS metric, r.score, r.answered_at, r.excluded,
              r.deleted, r.duplicate, r.awaited, r.backfilled, c.remote_id AS contact, a.remote_id AS account, m.comment
            FROM response r
              JOIN source s ON s.id = r.source
              LEFT JOIN survey v ON v.source = r.source AND v.remote_id = r.survey
              LEFT JOIN contact c ON c.id = r.contact
              LEFT JOIN account a ON a.id = r.account
              LEFT JOIN response_text m ON m.response = r.id AND m.version = r.version
            WHERE r.id IN (<ids>) AND (r.contact IS NOT NULL OR r.account IS NOT NULL
              OR EXISTS (SELECT 1 FROM target t WHERE t.kind = 'response' AND t.subject = r.id))""";

    private final List<Projection> projections;

    Responses(List<Projection> projections) {
        this.projections = List.copyOf(projections);
    }

    /** Records what each CRM should hold of these responses; unmatched ones that no CRM knows are left out. */
    void owe(Handle h, Collection<Long> ids, long now) {
        owe(h, ids, false, now);
    }

    /** @param byTime true where nothing but time has passed since they were last looked at */
    void owe(Handle h, Collection<Long> ids, boolean byTime, long now) {
        if (projections.isEmpty()) {
            return;
        }
        for (List<Long> some : Chunks.of(ids, 1000)) {
            Map<Long, Projection.Facts> facts = facts(h, some);
            for (Projection projection : projections) {
                Map<Long, String> wanted = new HashMap<>();
                facts.forEach((id, f) -> wanted.put(id, projection.response(f)));
                wanted.values().removeIf(Objects::isNull);
                Targets.wish(h, projection.crm(), "response", wanted, byTime, now);
            }
        }
    }

    private static Map<Long, Projection.Facts> facts(Handle h, List<Long> ids) {
        Map<Long, Projection.Facts> facts = new java.util.LinkedHashMap<>();
        h.createQuery(FACTS)
                .bindList("ids", ids)
                .map((rs, ctx) -> {
                    String metric = rs.getString("metric");
                    String parent = rs.getString("parent");
                    Integer score = rs.getObject("score") == null ? null : rs.getInt("score");
                    boolean deleted = rs.getInt("deleted") == 1;
                    boolean counted = "NPS".equals(metric)
                            && score != null
                            && !deleted
                            && rs.getInt("excluded") == 0
                            && rs.getInt("duplicate") == 0
                            && rs.getInt("awaited") == 0;
                    facts.put(
                            rs.getLong("id"),
                            new Projection.Facts(
                                    new ResponseKey(
                                                    rs.getString("source"),
                                                    parent.isEmpty() ? null : parent,
                                                    rs.getString("remote_id"))
                                            .externalId(),
                                    rs.getString("contact"),
                                    rs.getString("account"),
                                    rs.getString("source"),
                                    rs.getString("survey"),
                                    metric,
                                    score,
                                    rs.getString("comment"),
                                    Instant.ofEpochMilli(rs.getLong("answered_at")),
                                    counted,
                                    rs.getInt("backfilled") == 1,
                                    deleted));
                    return null;
                })
                .list();
        return facts;
    }
}
