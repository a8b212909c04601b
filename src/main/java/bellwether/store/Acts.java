package bellwether.store;

import bellwether.store.Targets.Only;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * What is done once in a CRM. An act whose repeat the CRM recognises by its key may be sent again; any other is committed as
 * <em>sending</em> before its call and is <em>unknown</em> after a crash or a call without an answer, until it is looked for or a
 * person says what became of it.
 */
public final class Acts {
    /** A claimed act. */
    public record Owed(long id, String key, String kind, String content, int attempts) {}

    /** What became of one act. */
    public sealed interface Outcome {
        Owed row();

        /** It is in the CRM, under this id if the CRM named one. */
        record Done(Owed row, String remoteId) implements Outcome {}

        /** It was not taken: send it again, not before the instant; null for at once. */
        record Later(Owed row, Instant notBefore) implements Outcome {}

        /** The CRM refused it; it stays until a person replays it. */
        record Rejected(Owed row, String code, String message, String advice) implements Outcome {}

        /** Nobody knows whether it was taken; where it can be looked for, not before the instant. */
        record Unknown(Owed row, Instant notBefore) implements Outcome {}
    }

    private static final RowMapper<Owed> OWED = (rs, ctx) -> new Owed(
            rs.getLong("id"),
            rs.getString("act_key"),
            rs.getString("kind"),
            rs.getString("content"),
            rs.getInt("attempts"));
    /** Of a response it must be there, as the act names it; of a contact or account it is enough that the CRM has spoken. */
    private static final String MET = """
            (a.needs IS NULL OR t.acked_seq > 0 OR t.kind = 'response' AND :alone = 1 OR t.kind <> 'response' AND t.status = 'rejected')""";

    private final Store store;
    private final Clock clock;

    public Acts(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Claims up to {@code limit} owed acts of one kind for {@code lease}, in the order in which they came, once what they need is
     * there. A batch that is not full is taken when its oldest act is older than {@code linger}.
     *
     * @param alone whether acts go without the responses they name, as this CRM is not told of responses
     * @param aftermath how long a call may go on after a crash of whoever made it: nothing is looked for before
     */
    public List<Owed> claim(
            String crm,
            String kind,
            Only only,
            boolean alone,
            int limit,
            Duration linger,
            Duration lease,
            Duration aftermath,
            String claimant) {
        long now = clock.millis();
        return store.write(h -> {
            List<Owed> rows = h.createQuery("""
                            SELECT a.id, a.act_key, a.kind, a.content, a.attempts FROM act a LEFT JOIN target t ON t.id = a.needs
                            WHERE a.crm = :crm AND a.kind = :kind AND a.status = 'owed'
                              AND (a.not_before IS NULL OR a.not_before <= :now)
                              AND (a.claimed_until IS NULL OR a.claimed_until <= :now) AND %s %s
                            ORDER BY a.id LIMIT :limit%s""".formatted(MET, only.condition("act", "a"), store.skipLockedOf("a")))
                    .bind("crm", crm)
                    .bind("kind", kind)
                    .bind("now", now)
                    .bind("alone", alone ? 1 : 0)
                    .bind("limit", limit)
                    .map(OWED)
                    .list();
            if (rows.isEmpty() || rows.size() < limit && younger(h, rows, now - linger.toMillis())) {
                return List.of();
            }
            claim(h, rows, now, lease, claimant);
            h.createUpdate("UPDATE act SET status = 'sending', not_before = :after"
                            + " WHERE id IN (<ids>) AND idempotency <> 'key'")
                    .bind("after", now + aftermath.toMillis())
                    .bindList("ids", rows.stream().map(Owed::id).toList())
                    .execute();
            return rows;
        });
    }

    /** Claims acts that may or may not have been taken and can be looked for, to be looked for now. */
    public List<Owed> unknown(String crm, String kind, int limit, Duration lease, String claimant) {
        long now = clock.millis();
        return store.write(h -> {
            List<Owed> rows = h.createQuery("""
                            SELECT a.id, a.act_key, a.kind, a.content, a.attempts FROM act a
                            WHERE a.crm = :crm AND a.kind = :kind AND a.status = 'unknown' AND a.idempotency = 'search'
                              AND (a.not_before IS NULL OR a.not_before <= :now)
                              AND (a.claimed_until IS NULL OR a.claimed_until <= :now)
                            ORDER BY a.id LIMIT :limit""" + store.skipLockedOf("a"))
                    .bind("crm", crm)
                    .bind("kind", kind)
                    .bind("now", now)
                    .bind("limit", limit)
                    .map(OWED)
                    .list();
            if (!rows.isEmpty()) {
                claim(h, rows, now, lease, claimant);
            }
            return rows;
        });
    }

    private static void claim(Handle h, List<Owed> rows, long now, Duration lease, String claimant) {
        h.createUpdate("UPDATE act SET claimed_by = :by, claimed_until = :until WHERE id IN (<ids>)")
                .bind("by", claimant)
                .bind("until", now + lease.toMillis())
                .bindList("ids", rows.stream().map(Owed::id).toList())
                .execute();
    }

    private static boolean younger(Handle h, List<Owed> rows, long limit) {
        return h.createQuery("SELECT min(created_at) FROM act WHERE id IN (<ids>)")
                        .bindList("ids", rows.stream().map(Owed::id).toList())
                        .mapTo(Long.class)
                        .one()
                > limit;
    }

    /** Writes what became of claimed acts. What is known to be done stays done, whoever says otherwise later. */
    public void settle(String crm, Collection<Outcome> outcomes) {
        long now = clock.millis();
        store.change(h -> {
            for (Outcome outcome : outcomes) {
                long id = outcome.row().id();
                if (outcome instanceof Outcome.Done done) {
                    h.createUpdate(
                                    "UPDATE act SET status = 'done', done_at = :now, remote_id = :remote, not_before = NULL,"
                                            + " claimed_by = NULL, claimed_until = NULL WHERE id = :id")
                            .bind("now", now)
                            .bind("remote", done.remoteId())
                            .bind("id", id)
                            .execute();
                } else if (outcome instanceof Outcome.Later later) {
                    settle(h, id, "owed", later.notBefore());
                } else if (outcome instanceof Outcome.Unknown unknown) {
                    settle(h, id, "unknown", unknown.notBefore());
                } else if (outcome instanceof Outcome.Rejected r && settle(h, id, "rejected", null)) {
                    DeadLetters.keep(
                            h,
                            new DeadLetters.Letter(
                                    crm,
                                    "push",
                                    record(id),
                                    r.code(),
                                    r.message(),
                                    r.advice(),
                                    r.row().content(),
                                    null),
                            now);
                }
            }
            DeadLetters.resolvedRecords(
                    h,
                    crm,
                    List.of("push"),
                    outcomes.stream()
                            .filter(Outcome.Done.class::isInstance)
                            .map(o -> record(o.row().id()))
                            .toList());
        });
    }

    private static boolean settle(Handle h, long id, String status, Instant notBefore) {
        return h.createUpdate("UPDATE act SET status = :status, not_before = :at, attempts = attempts + 1,"
                                + " claimed_by = NULL, claimed_until = NULL WHERE id = :id AND status <> 'done'")
                        .bind("status", status)
                        .bind("at", Rows.millis(notBefore))
                        .bind("id", id)
                        .execute()
                == 1;
    }

    /** How dead letters name an act. */
    static String record(long id) {
        return "act:" + id;
    }

    static long id(String record) {
        return Long.parseLong(record.substring("act:".length()));
    }

    /** Gives back every claim, at the start: what was on its way then is owed again if a repeat is recognised, else unknown. */
    public void release(String claimant) {
        store.change(h -> abandon(
                h,
                store.exclusive() ? "claimed_by IS NOT NULL" : "claimed_by = :by",
                store.exclusive() ? Map.of() : Map.of("by", claimant)));
    }

    /** The same for acts of one CRM whose claimant was not heard of for longer than its lease. */
    public void abandoned(String crm) {
        store.change(h -> abandon(
                h,
                "crm = :crm AND status = 'sending' AND claimed_until <= :now",
                Map.of("now", clock.millis(), "crm", crm)));
    }

    private static void abandon(Handle h, String which, Map<String, ?> values) {
        h.createUpdate("UPDATE act SET status = CASE WHEN status = 'sending' THEN 'unknown' ELSE status END,"
                        + " claimed_by = NULL, claimed_until = NULL WHERE " + which)
                .bindMap(values)
                .execute();
    }

    /** Lets go acts that happened before an instant and were never tried: nobody is alarmed by old news. Returns how many. */
    public int tooOld(String crm, Instant before) {
        return store.write(h -> h.createUpdate("UPDATE act SET status = 'old' WHERE crm = :crm AND status = 'owed'"
                        + " AND attempts = 0 AND claimed_by IS NULL AND occurred_at < :before")
                .bind("crm", crm)
                .bind("before", before.toEpochMilli())
                .execute());
    }

    /**
     * Counts by kind and status, for people: {@code signal/owed} → 12. Those owed that need something which the CRM does not hold are
     * {@code waiting}.
     */
    public Map<String, Long> counts(String crm) {
        return counts(crm, Only.ALL);
    }

    /** As {@link #counts(String)}, of the accounts that may be written. */
    public Map<String, Long> counts(String crm, Only only) {
        return store.read(h -> h.createQuery("""
                        SELECT a.kind, CASE WHEN a.status = 'owed' AND NOT %s THEN 'waiting' ELSE a.status END AS state, count(*) AS n
                        FROM act a LEFT JOIN target t ON t.id = a.needs AND a.status = 'owed'
                        WHERE a.crm = :crm %s GROUP BY 1, 2""".formatted(MET, only.condition("act", "a")))
                .bind("crm", crm)
                .bind("alone", 0)
                .reduceRows(new TreeMap<String, Long>(), (map, row) -> {
                    map.put(
                            row.getColumn("kind", String.class) + "/" + row.getColumn("state", String.class),
                            row.getColumn("n", Long.class));
                    return map;
                }));
    }

    /**
     * A person says what became of an act that is unknown: it is in the CRM, or it is not and is sent again.
     *
     * @return false if it is not unknown (any more)
     */
    public boolean resolve(long id, boolean done, String by) {
        long now = clock.millis();
        return store.write(h -> {
            int rows = h.createUpdate("""
                            UPDATE act SET status = :status, done_at = :at, not_before = NULL, claimed_by = NULL, claimed_until = NULL
                            WHERE id = :id AND status = 'unknown'""")
                    .bind("status", done ? "done" : "owed")
                    .bind("at", done ? now : null)
                    .bind("id", id)
                    .execute();
            if (rows == 1) {
                Audit.record(h, by, "act.resolve", id + ": " + (done ? "done" : "owed"), now);
            }
            return rows == 1;
        });
    }
}
