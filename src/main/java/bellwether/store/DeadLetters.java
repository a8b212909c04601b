package bellwether.store;

import bellwether.nps.Fault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** What could not be used, with its reason, kept until it is replayed with success. The same failure again is counted, not added. */
public final class DeadLetters {
    /**
     * @param record names the record inside its connection, {@code response:123} or {@code contact:7}
     * @param raw the record as received, or the content that was refused
     * @param target the target that was refused, or null; a refused act is named by {@code record}
     */
    public record Letter(
            String connection,
            String step,
            String record,
            String code,
            String message,
            String advice,
            String raw,
            Long target) {}

    /** A kept letter as people see it; {@code raw} only on request. */
    public record Kept(
            long id,
            String connection,
            String step,
            String record,
            String code,
            String message,
            String advice,
            Instant firstAt,
            Instant lastAt,
            long times,
            String status) {}

    private static final String KEPT =
            "SELECT id, connection, step, record, code, message, advice, first_at, last_at, times, status FROM dead_letter ";
    private static final RowMapper<Kept> ROW = (rs, ctx) -> new Kept(
            rs.getLong("id"),
            rs.getString("connection"),
            rs.getString("step"),
            rs.getString("record"),
            rs.getString("code"),
            rs.getString("message"),
            rs.getString("advice"),
            Instant.ofEpochMilli(rs.getLong("first_at")),
            Instant.ofEpochMilli(rs.getLong("last_at")),
            rs.getLong("times"),
            rs.getString("status"));

    private final Store store;
    private final Clock clock;

    public DeadLetters(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    static void keep(Handle h, Letter letter, long now) {
        h.createUpdate("""
                        INSERT INTO dead_letter (connection, step, record, code, message, advice, raw, target, first_at, last_at, times, status)
                        VALUES (:connection, :step, :record, :code, :message, :advice, :raw, :target, :now, :now, 1, 'open')
                        ON CONFLICT (connection, step, record) DO UPDATE SET code = excluded.code, message = excluded.message,
                          advice = excluded.advice, raw = excluded.raw, target = excluded.target, last_at = excluded.last_at,
                          times = dead_letter.times + 1, status = 'open'""").bindMethods(letter).bind("now", now).execute();
    }

    /** Marks the letters of records that went through after all. */
    static void resolved(Handle h, String connection, Collection<Long> targets) {
        if (!targets.isEmpty()) {
            h.createUpdate(
                            "UPDATE dead_letter SET status = 'resolved' WHERE status = 'open' AND connection = :connection"
                                    + " AND target IN (<targets>)")
                    .bind("connection", connection)
                    .bindList("targets", List.copyOf(targets))
                    .execute();
        }
    }

    static void resolvedRecords(Handle h, String connection, List<String> steps, Collection<String> records) {
        if (!records.isEmpty()) {
            h.createUpdate("""
                            UPDATE dead_letter SET status = 'resolved'
                            WHERE connection = :connection AND step IN (<steps>) AND status = 'open' AND record IN (<records>)""")
                    .bind("connection", connection)
                    .bindList("steps", steps)
                    .bindList("records", List.copyOf(records))
                    .execute();
        }
    }

    /** The newest first, at most {@code limit}, older than {@code before} (an id; null for the first page). */
    public List<Kept> list(String status, Long before, int limit) {
        return list(status, null, null, before, limit);
    }

    /** The same of one connection or one code; null for all. */
    public List<Kept> list(String status, String connection, String code, Long before, int limit) {
        return store.read(h -> h.createQuery(KEPT + """
                        \sWHERE status = :status AND id < :before
                          AND (CAST(:connection AS TEXT) IS NULL OR connection = :connection)
                          AND (CAST(:code AS TEXT) IS NULL OR code = :code) ORDER BY id DESC LIMIT :limit""")
                .bind("status", status)
                .bind("connection", connection)
                .bind("code", code)
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit)
                .map(ROW)
                .list());
    }

    /** One letter, or empty. */
    public Optional<Kept> kept(long id) {
        return store.read(h ->
                h.createQuery(KEPT + "WHERE id = :id").bind("id", id).map(ROW).findOne());
    }

    /** How many letters are open, by code. */
    public Map<String, Long> codes() {
        return store.read(
                h -> h.createQuery("SELECT code, count(*) AS n FROM dead_letter WHERE status = 'open' GROUP BY code")
                        .reduceRows(new TreeMap<String, Long>(), (map, row) -> {
                            map.put(row.getColumn("code", String.class), row.getColumn("n", Long.class));
                            return map;
                        }));
    }

    /** Marks letters whose records were read again and accepted; recorded as a decision of {@code by}. */
    public void resolve(Collection<Long> ids, String by) {
        if (ids.isEmpty()) {
            return;
        }
        store.change(h -> {
            for (List<Long> some : Chunks.of(ids, 1000)) {
                h.createUpdate("UPDATE dead_letter SET status = 'resolved' WHERE id IN (<ids>)")
                        .bindList("ids", some)
                        .execute();
            }
            Audit.record(h, by, "dead_letters.replay", ids.size() + " records", clock.millis());
        });
    }

    /** Notes that a record was refused once more, for this reason now. */
    public void refusedAgain(long id, Fault fault) {
        store.change(h -> h.createUpdate("""
                        UPDATE dead_letter SET code = :code, message = :message, advice = :advice, last_at = :now, times = times + 1
                        WHERE id = :id""")
                .bind("code", fault.code())
                .bind("message", fault.message())
                .bind("advice", fault.advice())
                .bind("now", clock.millis())
                .bind("id", id)
                .execute());
    }

    /** How many letters of a connection are open. */
    public long open(String connection) {
        return store.read(h -> h.createQuery(
                        "SELECT count(*) FROM dead_letter WHERE status = 'open' AND connection = :connection")
                .bind("connection", connection)
                .mapTo(Long.class)
                .one());
    }

    /** One letter with its raw record, or empty. */
    public Optional<Letter> letter(long id) {
        return store.read(h -> h.createQuery(
                        "SELECT connection, step, record, code, message, advice, raw, target FROM dead_letter WHERE id = :id")
                .bind("id", id)
                .map((rs, ctx) -> new Letter(
                        rs.getString("connection"),
                        rs.getString("step"),
                        rs.getString("record"),
                        rs.getString("code"),
                        rs.getString("message"),
                        rs.getString("advice"),
                        rs.getString("raw"),
                        rs.getObject("target") == null ? null : rs.getLong("target")))
                .findOne());
    }

    /** Owes refused pushes once more: of one connection and code, or all. Returns how many. */
    public int replayPushes(String connection, String code, Long id) {
        return store.write(h -> {
            List<Long> targets = new ArrayList<>();
            List<Long> acts = new ArrayList<>();
            h.createQuery("""
                            SELECT target, record FROM dead_letter WHERE status = 'open' AND step = 'push'
                              AND (CAST(:connection AS TEXT) IS NULL OR connection = :connection)
                              AND (CAST(:code AS TEXT) IS NULL OR code = :code) AND (CAST(:id AS BIGINT) IS NULL OR id = :id)""")
                    .bind("connection", connection)
                    .bind("code", code)
                    .bind("id", id)
                    .map((rs, ctx) -> rs.getObject("target") != null
                            ? targets.add(rs.getLong("target"))
                            : acts.add(Acts.id(rs.getString("record"))))
                    .list();
            oweAgain(h, "target", targets);
            oweAgain(h, "act", acts);
            int pushes = targets.size() + acts.size();
            Audit.record(h, "rest", "dead_letters.replay", pushes + " pushes", clock.millis());
            return pushes;
        });
    }

    private static void oweAgain(Handle h, String table, List<Long> ids) {
        for (List<Long> some : Chunks.of(ids, 1000)) {
            h.createUpdate("UPDATE " + table
                            + " SET status = 'owed', not_before = NULL WHERE status = 'rejected' AND id IN (<ids>)")
                    .bindList("ids", some)
                    .execute();
        }
    }
}
