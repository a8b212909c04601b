package bellwether.store;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** What was done when, one row per run of a job. The newest run of a connection owns it: an older one writes nothing any more. */
public final class Runs {
    /** A run as people see it. {@code cause} is schedule, rest, command or start. */
    public record Run(
            long id,
            String connection,
            String job,
            long number,
            String cause,
            String status,
            Instant startedAt,
            Instant endedAt,
            long seen,
            long added,
            long changed,
            long setAside,
            String progress,
            String faultCode,
            String fault) {}

    /** Thrown in an accept of a run that is no longer the newest of its connection: its daemon woke too late. */
    public static final class Superseded extends RuntimeException {
        private static final long serialVersionUID = 1;

        Superseded(String connection, long number) {
            super("Run " + number + " of " + connection + " was superseded by a newer one and wrote nothing");
        }
    }

    private static final RowMapper<Run> RUN = (rs, ctx) -> new Run(
            rs.getLong("id"),
            rs.getString("connection"),
            rs.getString("job"),
            rs.getLong("number"),
            rs.getString("cause"),
            rs.getString("status"),
            Instant.ofEpochMilli(rs.getLong("started_at")),
            Rows.optionalInstant(rs, "ended_at"),
            rs.getLong("seen"),
            rs.getLong("added"),
            rs.getLong("changed"),
            rs.getLong("set_aside"),
            rs.getString("progress"),
            rs.getString("fault_code"),
            rs.getString("fault"));

    private final Store store;
    private final Clock clock;

    public Runs(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Begins a run and returns its number. Runs of the same job that never ended are marked as broken off. */
    public long begin(String connection, String job, String cause) {
        long now = clock.millis();
        return store.write(h -> {
            h.createUpdate(
                            "UPDATE run SET status = 'broken_off', ended_at = :now WHERE connection = :connection AND job = :job"
                                    + " AND status = 'running'")
                    .bind("now", now)
                    .bind("connection", connection)
                    .bind("job", job)
                    .execute();
            long number = newest(h, connection) + 1;
            h.createUpdate("""
                            INSERT INTO run (connection, job, number, cause, status, started_at)
                            VALUES (:connection, :job, :number, :cause, 'running', :now)""")
                    .bind("connection", connection)
                    .bind("job", job)
                    .bind("number", number)
                    .bind("cause", cause)
                    .bind("now", now)
                    .execute();
            return number;
        });
    }

    /** Ends a run: {@code ok}, {@code partial}, {@code waiting}, {@code paused} or {@code failed}, with the fault that ended it if any. */
    public void end(String connection, long number, String status, bellwether.nps.Fault fault) {
        store.change(h -> h.createUpdate("""
                        UPDATE run SET status = :status, ended_at = :now, fault_code = :code, fault = :fault
                        WHERE connection = :connection AND number = :number""")
                .bind("status", status)
                .bind("now", clock.millis())
                .bind("code", fault == null ? null : fault.code())
                .bind("fault", fault == null ? null : fault.message() + " " + fault.advice())
                .bind("connection", connection)
                .bind("number", number)
                .execute());
    }

    /** Says how far a run is, in words for people. */
    public void progress(String connection, long number, String progress) {
        store.change(h -> h.createUpdate(
                        "UPDATE run SET progress = :progress WHERE connection = :connection AND number = :number")
                .bind("progress", progress)
                .bind("connection", connection)
                .bind("number", number)
                .execute());
    }

    static void own(Handle h, String connection, long number) {
        if (number != Delivery.NO_RUN && newest(h, connection) != number) {
            throw new Superseded(connection, number);
        }
    }

    /** Counts rows of a file that could not be used. */
    public void rejected(String connection, long number, int rows) {
        if (rows > 0) {
            store.change(h -> h.execute(
                    "UPDATE run SET set_aside = set_aside + ? WHERE connection = ? AND number = ?",
                    rows,
                    connection,
                    number));
        }
    }

    static void count(Handle h, String connection, long number, int seen, Inbox.Receipt receipt) {
        h.createUpdate("""
                        UPDATE run SET seen = seen + :seen, added = added + :added, changed = changed + :changed,
                          set_aside = set_aside + :setAside WHERE connection = :connection AND number = :number""")
                .bind("seen", seen)
                .bind("added", receipt.added())
                .bind("changed", receipt.changed())
                .bind("setAside", receipt.setAside())
                .bind("connection", connection)
                .bind("number", number)
                .execute();
    }

    private static long newest(Handle h, String connection) {
        return h.createQuery("SELECT coalesce(max(number), 0) FROM run WHERE connection = :connection")
                .bind("connection", connection)
                .mapTo(Long.class)
                .one();
    }

    /** The newest run of a connection, if it ever ran. */
    public Optional<Run> last(String connection) {
        return store.read(
                h -> h.createQuery("SELECT * FROM run WHERE connection = :connection ORDER BY number DESC LIMIT 1")
                        .bind("connection", connection)
                        .map(RUN)
                        .findOne());
    }

    /** The newest run of a connection that has come to an end. */
    public Optional<Run> lastEnded(String connection) {
        return store.read(h -> h.createQuery(
                        "SELECT * FROM run WHERE connection = :connection AND ended_at IS NOT NULL ORDER BY number DESC LIMIT 1")
                .bind("connection", connection)
                .map(RUN)
                .findOne());
    }

    /** The newest first, at most {@code limit}, older than the id {@code before} (null for the first page). */
    public List<Run> list(String connection, Long before, int limit) {
        return store.read(h -> h.createQuery("""
                        SELECT * FROM run WHERE id < :before AND (CAST(:connection AS TEXT) IS NULL OR connection = :connection)
                        ORDER BY id DESC LIMIT :limit""")
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("connection", connection)
                .bind("limit", limit)
                .map(RUN)
                .list());
    }

    /** One run by its connection and number. */
    public Optional<Run> run(String connection, long number) {
        return store.read(h -> h.createQuery("SELECT * FROM run WHERE connection = :connection AND number = :number")
                .bind("connection", connection)
                .bind("number", number)
                .map(RUN)
                .findOne());
    }
}
