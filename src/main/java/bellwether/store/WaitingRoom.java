package bellwether.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads who answered and has no contact (yet), with the cause. Who never answered does not wait. */
public final class WaitingRoom {
    /**
     * One respondent.
     *
     * @param respondent {@code source:id}
     * @param email as the tool gave it, or null; to be masked before it is shown
     * @param account the directory id of the account the responses count for all the same, or null
     * @param since when this cause was found
     */
    public record Guest(
            long id,
            String respondent,
            String status,
            String cause,
            String email,
            String account,
            long responses,
            Instant since) {}

    private static final String WAITING = """
            p.status <> 'matched' AND p.status IN ('waiting', 'ambiguous')
              AND EXISTS (SELECT 1 FROM response r WHERE r.respondent = p.id AND r.deleted = 0)""";

    private final Store store;

    public WaitingRoom(Store store) {
        this.store = store;
    }

    /**
     * The newest first.
     *
     * @param cause a cause's code, or null for all
     * @param before our key of the respondent before which the page begins, or null
     */
    public List<Guest> page(String cause, Long before, int limit) {
        return store.read(h -> h.createQuery("""
                        SELECT p.id, s.name || ':' || p.remote_id AS respondent, p.status, p.cause, i.email, a.remote_id AS account,
                          (SELECT count(*) FROM response r WHERE r.respondent = p.id AND r.deleted = 0) AS responses,
                          coalesce((SELECT max(m.recorded_at) FROM matching m WHERE m.respondent = p.id),
                            (SELECT min(r.received_at) FROM response r WHERE r.respondent = p.id)) AS since
                        FROM respondent p
                          JOIN source s ON s.id = p.source
                          LEFT JOIN respondent_identity i ON i.respondent = p.id
                          LEFT JOIN account a ON a.id = p.account
                        WHERE %s AND p.id < :before AND (CAST(:cause AS TEXT) IS NULL OR p.cause = :cause)
                        ORDER BY p.id DESC LIMIT :limit""".formatted(WAITING))
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("cause", cause)
                .bind("limit", limit)
                .map((rs, ctx) -> new Guest(
                        rs.getLong("id"),
                        rs.getString("respondent"),
                        rs.getString("status"),
                        rs.getString("cause"),
                        rs.getString("email"),
                        rs.getString("account"),
                        rs.getLong("responses"),
                        Rows.optionalInstant(rs, "since")))
                .list());
    }

    /** How many respondents wait for which cause. */
    public Map<String, Long> causes() {
        return store.read(h -> h.createQuery(
                        "SELECT p.cause, count(*) AS n FROM respondent p WHERE " + WAITING + " GROUP BY p.cause")
                .reduceRows(new TreeMap<String, Long>(), (map, row) -> {
                    map.put(row.getColumn("cause", String.class), row.getColumn("n", Long.class));
                    return map;
                }));
    }
}
