package bellwether.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads acts for people. Changes nothing. */
public final class ActList {
    /**
     * An act as people see it.
     *
     * @param contact the contact's id in the directory, or null
     * @param account the account's id in the directory, or null
     * @param remoteId the CRM's id of what was made, or null
     * @param waitsFor what the CRM must hold first, such as {@code response}; null if it waits for nothing
     */
    public record Row(
            long id,
            String crm,
            String key,
            String kind,
            String rule,
            String contact,
            String account,
            String status,
            String idempotency,
            Instant occurredAt,
            Instant createdAt,
            Instant doneAt,
            Instant notBefore,
            int attempts,
            String remoteId,
            String waitsFor,
            String content) {}

    private static final String ROWS = """
            SELECT a.id, a.crm, a.act_key, a.kind, a.rule, c.remote_id AS contact, o.remote_id AS account, a.status, a.idempotency,
              a.occurred_at, a.created_at, a.done_at, a.not_before, a.attempts, a.remote_id, a.content,
              CASE WHEN a.status = 'owed' AND t.acked_seq = 0 THEN t.kind END AS waits_for
            FROM act a
              LEFT JOIN contact c ON a.subject_kind = 'contact' AND c.id = a.subject
              LEFT JOIN account o ON o.id = a.account
              LEFT JOIN target t ON t.id = a.needs\s""";

    private static final RowMapper<Row> ROW = (rs, ctx) -> new Row(
            rs.getLong("id"),
            rs.getString("crm"),
            rs.getString("act_key"),
            rs.getString("kind"),
            rs.getString("rule"),
            rs.getString("contact"),
            rs.getString("account"),
            rs.getString("status"),
            rs.getString("idempotency"),
            Instant.ofEpochMilli(rs.getLong("occurred_at")),
            Instant.ofEpochMilli(rs.getLong("created_at")),
            Rows.optionalInstant(rs, "done_at"),
            Rows.optionalInstant(rs, "not_before"),
            rs.getInt("attempts"),
            rs.getString("remote_id"),
            rs.getString("waits_for"),
            rs.getString("content"));

    private final Store store;

    public ActList(Store store) {
        this.store = store;
    }

    /** Those of one status, the newest first, older than {@code before} (an id; null for the first page); of one CRM, or null for all. */
    public List<Row> list(String status, String crm, Long before, int limit) {
        return store.read(h -> h.createQuery(ROWS + """
                        WHERE a.status = :status AND a.id < :before AND (CAST(:crm AS TEXT) IS NULL OR a.crm = :crm)
                        ORDER BY a.id DESC LIMIT :limit""")
                .bind("status", status)
                .bind("crm", crm)
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit)
                .map(ROW)
                .list());
    }

    /** One act, or empty. */
    public Optional<Row> act(long id) {
        return store.read(h ->
                h.createQuery(ROWS + "WHERE a.id = :id").bind("id", id).map(ROW).findOne());
    }

    /** How many acts there are of each status. */
    public Map<String, Long> counts() {
        return store.read(h -> h.createQuery("SELECT status, count(*) AS n FROM act GROUP BY status")
                .reduceRows(new TreeMap<String, Long>(), (map, row) -> {
                    map.put(row.getColumn("status", String.class), row.getColumn("n", Long.class));
                    return map;
                }));
    }
}
