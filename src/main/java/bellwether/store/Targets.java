package bellwether.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Desired state, one row per object of a CRM: what it should hold, what it was last told, and whether something is owed. */
public final class Targets {
    /** A row claimed for pushing. {@code remoteId} is the object's own id, or null where the CRM is asked by key. */
    public record Owed(
            long id, String kind, long subject, String remoteId, long seq, String wanted, String acked, int attempts) {}

    /** What became of one pushed row. {@code content} is what the CRM holds now, as far as it said so. */
    public sealed interface Outcome {
        /** The CRM acknowledged the row, or it already held the wanted content. */
        record Acknowledged(Owed row, String content) implements Outcome {}

        /** Try again, not before the instant. */
        record Later(Owed row, Instant notBefore) implements Outcome {}

        /** The CRM refused this row; it stays until a person replays it or the wish changes. */
        record Rejected(Owed row, String code, String message, String advice) implements Outcome {}
    }

    private static final RowMapper<Owed> OWED = (rs, ctx) -> new Owed(
            rs.getLong("id"),
            rs.getString("kind"),
            rs.getLong("subject"),
            rs.getString("remote_id"),
            rs.getLong("seq"),
            rs.getString("wanted"),
            rs.getString("acked"),
            rs.getInt("attempts"));

    private final Store store;
    private final Clock clock;

    public Targets(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Records wishes inside the caller's transaction. A wish equal to the present one changes nothing, and what is held stays so
     * unless the wish is again what the CRM holds.
     *
     * @param byTime true where nothing but time has passed since the last wish: that needs nobody's approval
     */
    static void wish(Handle h, String crm, String kind, Map<Long, String> wanted, boolean byTime, long now) {
        if (wanted.isEmpty()) {
            return;
        }
        var batch = new Batch(h, """
                INSERT INTO target (crm, kind, subject, seq, wanted, wanted_at, status, approved)
                VALUES (?, ?, ?, 1, ?, ?, 'owed', ?)
                ON CONFLICT (crm, kind, subject) DO UPDATE SET
                  wanted = excluded.wanted, wanted_at = excluded.wanted_at, seq = target.seq + 1,
                  status = CASE WHEN target.status = 'held' AND target.acked <> excluded.wanted THEN 'held' ELSE 'owed' END,
                  approved = CASE WHEN target.status = 'acknowledged' OR target.approved = 1 THEN excluded.approved ELSE 0 END,
                  attempts = 0, not_before = NULL
                WHERE target.wanted <> excluded.wanted""");
        wanted.forEach((subject, content) -> batch.add(crm, kind, subject, content, now, byTime ? 1 : 0));
        batch.execute();
    }

    /**
     * Claims up to {@code limit} owed rows of one kind for {@code lease}. Full batches are taken at once, a smaller one only
     * when its oldest wish is older than {@code linger}.
     */
    public List<Owed> claim(
            String crm, String kind, Only only, int limit, Duration linger, Duration lease, String claimant) {
        long now = clock.millis();
        return store.write(h -> {
            List<Owed> rows = h.createQuery(
                            """
                            SELECT t.id, t.kind, t.subject, t.seq, t.wanted, t.acked, t.attempts, t.wanted_at, %s AS remote_id
                            FROM target t %s
                            WHERE t.crm = :crm AND t.kind = :kind AND t.status <> 'acknowledged' AND t.status = 'owed'
                              AND (t.not_before IS NULL OR t.not_before <= :now)
                              AND (t.claimed_until IS NULL OR t.claimed_until <= :now) %s
                            ORDER BY t.id LIMIT :limit%s""".formatted(remoteId(kind), join(kind), only.condition(kind), store.skipLockedOf("t")))
                    .bind("crm", crm)
                    .bind("kind", kind)
                    .bind("now", now)
                    .bind("limit", limit)
                    .map(OWED)
                    .list();
            if (rows.isEmpty() || (rows.size() < limit && younger(h, rows, now - linger.toMillis()))) {
                return List.of();
            }
            h.createUpdate("UPDATE target SET claimed_by = :by, claimed_until = :until WHERE id IN (<ids>)")
                    .bind("by", claimant)
                    .bind("until", now + lease.toMillis())
                    .bindList("ids", rows.stream().map(Owed::id).toList())
                    .execute();
            return rows;
        });
    }

    private static boolean younger(Handle h, List<Owed> rows, long limit) {
        return h.createQuery("SELECT min(wanted_at) FROM target WHERE id IN (<ids>)")
                        .bindList("ids", rows.stream().map(Owed::id).toList())
                        .mapTo(Long.class)
                        .one()
                > limit;
    }

    private static String remoteId(String kind) {
        return switch (kind) {
            case "contact", "account" -> "s.remote_id";
            default -> "NULL";
        };
    }

    private static String join(String kind) {
        return switch (kind) {
            case "contact", "account" -> "JOIN " + kind + " s ON s.id = t.subject";
            case "response" -> "JOIN response s ON s.id = t.subject";
            default -> "";
        };
    }

    /** Which accounts may be written: all, or a pilot list by the CRM's account ids. */
    public record Only(List<String> accounts) {
        public static final Only ALL = new Only(List.of());

        /** Narrows a question for targets of one kind whose subject is {@code s}. */
        String condition(String kind) {
            return condition(kind, "s");
        }

        /** The same for rows with another alias, which name their account unless they are one. */
        String condition(String kind, String alias) {
            if (accounts.isEmpty()) {
                return "";
            }
            String ids = accounts.stream()
                    .map(a -> "'" + a.replaceAll("[^A-Za-z0-9_-]", "") + "'")
                    .collect(Collectors.joining(", "));
            return "AND " + alias + (kind.equals("account") ? ".id" : ".account")
                    + " IN (SELECT id FROM account WHERE remote_id IN (" + ids + "))";
        }
    }

    /**
     * Writes what became of claimed rows. An acknowledgement counts for the sequence that was sent: a wish that changed in the
     * meantime stays owed.
     */
    public void settle(String crm, Collection<Outcome> outcomes) {
        long now = clock.millis();
        store.change(h -> {
            var acknowledged = new Batch(h, """
                    UPDATE target SET acked = ?, acked_seq = ?, acked_at = ?, attempts = 0, claimed_by = NULL, claimed_until = NULL,
                      approved = 0, status = CASE WHEN seq = ? THEN 'acknowledged' ELSE status END
                    WHERE id = ?""");
            var later = new Batch(h, """
                    UPDATE target SET attempts = attempts + 1, not_before = ?, claimed_by = NULL, claimed_until = NULL
                    WHERE id = ?""");
            var rejected = new Batch(h, """
                    UPDATE target SET attempts = attempts + 1, claimed_by = NULL, claimed_until = NULL,
                      status = CASE WHEN seq = ? THEN 'rejected' ELSE status END
                    WHERE id = ?""");
            for (Outcome outcome : outcomes) {
                if (outcome instanceof Outcome.Acknowledged a) {
                    Owed row = a.row();
                    acknowledged.add(a.content(), row.seq(), now, row.seq(), row.id());
                } else if (outcome instanceof Outcome.Later l) {
                    later.add(
                            l.notBefore() == null ? null : l.notBefore().toEpochMilli(),
                            l.row().id());
                } else if (outcome instanceof Outcome.Rejected r) {
                    rejected.add(r.row().seq(), r.row().id());
                    DeadLetters.keep(h, rejection(crm, r), now);
                }
            }
            acknowledged.execute();
            later.execute();
            rejected.execute();
            DeadLetters.resolved(
                    h,
                    crm,
                    outcomes.stream()
                            .filter(Outcome.Acknowledged.class::isInstance)
                            .map(o -> ((Outcome.Acknowledged) o).row())
                            .map(Owed::id)
                            .toList());
        });
    }

    private static DeadLetters.Letter rejection(String crm, Outcome.Rejected r) {
        return new DeadLetters.Letter(
                crm,
                "push",
                r.row().kind() + ":" + r.row().subject(),
                r.code(),
                r.message(),
                r.advice(),
                r.row().wanted(),
                r.row().id());
    }

    /** Gives back every claim: at the start of a daemon that owns the store alone, or of this claimant. */
    public void release(String claimant) {
        store.change(h -> h.createUpdate(
                        "UPDATE target SET claimed_by = NULL, claimed_until = NULL WHERE claimed_by IS NOT NULL"
                                + (store.exclusive() ? "" : " AND claimed_by = :by"))
                .bindMap(store.exclusive() ? Map.of() : Map.of("by", claimant))
                .execute());
    }

    /** Counts by kind and status, for people: {@code contact/owed} → 12. */
    public Map<String, Long> counts(String crm) {
        Map<String, Long> counts = new TreeMap<>();
        store.read(h -> {
            // Two questions that an index answers each: the rows themselves are long, and most are acknowledged.
            h.createQuery("SELECT kind, count(*) AS n FROM target WHERE crm = :crm GROUP BY kind")
                    .bind("crm", crm)
                    .map((rs, ctx) -> counts.put(rs.getString("kind") + "/acknowledged", rs.getLong("n")))
                    .list();
            h.createQuery("""
                            SELECT kind, status, count(*) AS n FROM target WHERE crm = :crm AND status <> 'acknowledged'
                            GROUP BY kind, status""")
                    .bind("crm", crm)
                    .map((rs, ctx) -> {
                        counts.merge(rs.getString("kind") + "/acknowledged", -rs.getLong("n"), Long::sum);
                        return counts.put(rs.getString("kind") + "/" + rs.getString("status"), rs.getLong("n"));
                    })
                    .list();
            return null;
        });
        counts.values().removeIf(n -> n == 0);
        return counts;
    }

    /** As {@link #counts(String)}, of the accounts that may be written. */
    public Map<String, Long> counts(String crm, Only only) {
        if (only.equals(Only.ALL)) {
            return counts(crm);
        }
        Map<String, Long> counts = new TreeMap<>();
        store.read(h -> {
            for (String kind : List.of("contact", "account", "response")) {
                h.createQuery("SELECT t.status, count(*) AS n FROM target t " + join(kind)
                                + " WHERE t.crm = :crm AND t.kind = :kind " + only.condition(kind)
                                + " GROUP BY t.status")
                        .bind("crm", crm)
                        .bind("kind", kind)
                        .map((rs, ctx) -> counts.put(kind + "/" + rs.getString("status"), rs.getLong("n")))
                        .list();
            }
            return null;
        });
        return counts;
    }

    private static final String CHANGED = "t.status = 'owed' AND t.approved = 0 AND t.acked IS NOT NULL";

    /** How many owed rows of one kind change something that the CRM has acknowledged before and nobody has approved. */
    public long changes(String crm, String kind, Only only) {
        return store.read(
                h -> h.createQuery(of("SELECT count(*)", kind, only) + " AND " + CHANGED + " AND t.acked <> t.wanted")
                        .bind("crm", crm)
                        .bind("kind", kind)
                        .mapTo(Long.class)
                        .one());
    }

    /** How many objects of one kind this CRM is told about. */
    public long size(String crm, String kind, Only only) {
        return store.read(h -> h.createQuery(of("SELECT count(*)", kind, only))
                .bind("crm", crm)
                .bind("kind", kind)
                .mapTo(Long.class)
                .one());
    }

    /** Approves those of the changes of one kind that nobody need look at. */
    public void approve(String crm, String kind, Only only, Predicate<Owed> slight) {
        long[] after = {0};
        while (store.write(h -> {
            List<Owed> rows = h.createQuery(of(
                                    "SELECT t.id, t.kind, t.subject, t.seq, t.wanted, t.acked, t.attempts, NULL AS remote_id",
                                    kind,
                                    only)
                            + " AND " + CHANGED + " AND t.id > :after ORDER BY t.id LIMIT 1000")
                    .bind("crm", crm)
                    .bind("kind", kind)
                    .bind("after", after[0])
                    .map(OWED)
                    .list();
            var approve = new Batch(h, "UPDATE target SET approved = 1 WHERE id = ? AND seq = ?");
            rows.stream().filter(slight).forEach(row -> approve.add(row.id(), row.seq()));
            approve.execute();
            rows.forEach(row -> after[0] = row.id());
            return !rows.isEmpty();
        })) {}
    }

    /** Holds the changes of one kind until a person approves them. Returns how many rows. */
    public int hold(String crm, String kind, Only only) {
        return store.write(h -> h.createUpdate("UPDATE target SET status = 'held' WHERE id IN ("
                        + of("SELECT t.id", kind, only) + " AND " + CHANGED + ")")
                .bind("crm", crm)
                .bind("kind", kind)
                .execute());
    }

    private static String of(String what, String kind, Only only) {
        String join = only.equals(Only.ALL) ? "" : join(kind);
        return what + " FROM target t " + join + " WHERE t.crm = :crm AND t.kind = :kind " + only.condition(kind);
    }

    /** Owes anew what differs from what was last acknowledged, refused rows too; what is held stays held. Returns how many rows. */
    public int oweDifferences(String crm) {
        return store.write(h -> h.createUpdate("""
                        UPDATE target SET status = 'owed', not_before = NULL
                        WHERE crm = :crm AND status IN ('acknowledged', 'rejected') AND (acked IS NULL OR acked <> wanted)""").bind("crm", crm).execute());
    }

    /** Lets go what was held; recorded as a decision of {@code by}. Returns how many rows. */
    public int approve(String crm, String by) {
        long now = clock.millis();
        return store.write(h -> {
            int rows = h.createUpdate(
                            "UPDATE target SET status = 'owed', approved = 1 WHERE crm = :crm AND status = 'held'")
                    .bind("crm", crm)
                    .execute();
            Audit.record(h, by, "push.approve", crm + ": " + rows + " rows", now);
            return rows;
        });
    }
}
