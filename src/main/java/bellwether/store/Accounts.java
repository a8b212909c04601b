package bellwether.store;

import bellwether.nps.AttributeBy;
import bellwether.nps.Policy;
import bellwether.nps.Tally;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/** Reads accounts with what was last computed for them, and what stands behind it. Writes nothing. */
public final class Accounts {
    /**
     * One account of the directory with its figures of one window under one policy.
     *
     * @param remoteId the directory's id
     * @param tally null while the account waits for its first computation
     * @param health of the relationship; null as well then, or if nobody ever answered
     * @param compositeHealth null if there is none
     */
    public record Row(
            long id,
            String remoteId,
            String name,
            String owner,
            String zone,
            boolean churned,
            Tally tally,
            LocalDate partialSince,
            String health,
            String reason,
            String compositeHealth,
            String compositeReason,
            Instant refreshedAt) {}

    /** What one CRM should hold of an account and last acknowledged, as JSON objects in its own field names. */
    public record Told(
            String crm, String status, String wanted, Instant wantedAt, String acknowledged, Instant acknowledgedAt) {}

    private static final String ROWS = """
            SELECT a.id, a.remote_id, a.name, a.owner, a.zone, a.churned, a.stale, a.refreshed_at, r.promoters, r.passives,
              r.detractors, r.partial_since, s.value AS health, s.reason, k.value AS composite_health, k.reason AS composite_reason
            FROM account a
              LEFT JOIN rollup r ON r.account = a.id AND r.window_name = :window AND r.policy = :policy
              LEFT JOIN signal s ON s.subject_kind = 'account' AND s.subject = a.id AND s.name = 'relationship_health'
              LEFT JOIN signal k ON k.subject_kind = 'account' AND k.subject = a.id AND k.name = 'composite_health'
            WHERE a.deleted = 0""";

    private static final RowMapper<Row> ROW = (rs, ctx) -> {
        Integer promoters = Rows.optionalInt(rs, "promoters");
        boolean awaited = promoters == null && rs.getLong("stale") > 0;
        String partialSince = rs.getString("partial_since");
        return new Row(
                rs.getLong("id"),
                rs.getString("remote_id"),
                rs.getString("name"),
                rs.getString("owner"),
                rs.getString("zone"),
                rs.getInt("churned") == 1,
                awaited
                        ? null
                        : promoters == null
                                ? Tally.NONE
                                : new Tally(promoters, rs.getInt("passives"), rs.getInt("detractors")),
                partialSince == null ? null : LocalDate.parse(partialSince),
                rs.getString("health"),
                rs.getString("reason"),
                rs.getString("composite_health"),
                rs.getString("composite_reason"),
                Rows.optionalInstant(rs, "refreshed_at"));
    };

    private final Store store;

    public Accounts(Store store) {
        this.store = store;
    }

    /**
     * Accounts in the order of their directory ids.
     *
     * @param window the name of a window that is kept
     * @param after the directory id after which the page begins, or null for the first page
     */
    public List<Row> after(String window, Policy policy, String after, int limit) {
        return store.read(h -> h.createQuery(ROWS + " AND a.remote_id > :after ORDER BY a.remote_id LIMIT :limit")
                .bind("window", window)
                .bind("policy", policy.label())
                .bind("after", after == null ? "" : after)
                .bind("limit", limit)
                .map(ROW)
                .list());
    }

    /** The accounts before a directory id, nearest first. */
    public List<Row> before(String window, Policy policy, String before, int limit) {
        return store.read(h -> h.createQuery(ROWS + " AND a.remote_id < :before ORDER BY a.remote_id DESC LIMIT :limit")
                .bind("window", window)
                .bind("policy", policy.label())
                .bind("before", before)
                .bind("limit", limit)
                .map(ROW)
                .list());
    }

    /** One account by its directory id, unless it is deleted there. */
    public Optional<Row> account(String remoteId, String window, Policy policy) {
        return store.read(h -> h.createQuery(ROWS + " AND a.remote_id = :id")
                .bind("window", window)
                .bind("policy", policy.label())
                .bind("id", remoteId)
                .map(ROW)
                .findOne());
    }

    /** An account with all its current responses, as the refresh sees it. */
    public Subject subject(long account) {
        return store.read(h -> Refresh.accounts(h, List.of(account)).get(account));
    }

    /**
     * The same as it was believed at an instant, with contacts where they were, and what they were, at another one.
     *
     * @param validAt whose accounts and roles of contacts are taken; answers given later are among the result all the same
     * @param knownAt whatever was recorded later is left out
     */
    public Subject subject(long account, AttributeBy attributeBy, Instant validAt, Instant knownAt) {
        return store.read(h -> new Past(h, attributeBy, validAt, knownAt).subject(account));
    }

    /** The directory's ids of contacts, by our keys. */
    public Map<Long, String> contacts(Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        store.read(h -> {
            for (List<Long> some : Chunks.of(ids, 1000)) {
                h.createQuery("SELECT id, remote_id FROM contact WHERE id IN (<ids>)")
                        .bindList("ids", some)
                        .map((rs, ctx) -> names.put(rs.getLong("id"), rs.getString("remote_id")))
                        .list();
            }
            return null;
        });
        return names;
    }

    /** The tool's ids of respondents, as {@code source:id}, by our keys. */
    public Map<Long, String> respondents(Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        store.read(h -> {
            for (List<Long> some : Chunks.of(ids, 1000)) {
                h.createQuery("SELECT p.id, s.name || ':' || p.remote_id AS name FROM respondent p"
                                + " JOIN source s ON s.id = p.source WHERE p.id IN (<ids>)")
                        .bindList("ids", some)
                        .map((rs, ctx) -> names.put(rs.getLong("id"), rs.getString("name")))
                        .list();
            }
            return null;
        });
        return names;
    }

    /** What the CRMs should hold of an account, and what they acknowledged. */
    public List<Told> told(long account) {
        return store.read(h -> h.createQuery("""
                        SELECT crm, status, wanted, wanted_at, acked, acked_at FROM target
                        WHERE kind = 'account' AND subject = :account ORDER BY crm""")
                .bind("account", account)
                .map((rs, ctx) -> new Told(
                        rs.getString("crm"),
                        rs.getString("status"),
                        rs.getString("wanted"),
                        Instant.ofEpochMilli(rs.getLong("wanted_at")),
                        rs.getString("acked"),
                        Rows.optionalInstant(rs, "acked_at")))
                .list());
    }
}
