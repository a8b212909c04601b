package bellwether.store;

import bellwether.source.Boundary;
import bellwether.source.Position;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Where each scan of each connection goes on. Written only together with the pages it stands behind. */
public final class Positions implements bellwether.source.Positions {
    private static final String REQUEST = "backfill.";

    private final Store store;

    public Positions(Store store) {
        this.store = store;
    }

    static void write(Handle h, Position p, long now) {
        if (!p.scan().equals(Position.BACKFILL)) {
            put(h, p, now);
            return;
        }
        Instant before = Subjects.dataSince(h);
        put(h, p, now);
        if (!Objects.equals(before, Subjects.dataSince(h))) {
            // From when on a window is whole has changed, for every account.
            Stale.markAll(h);
        }
    }

    private static void put(Handle h, Position p, long now) {
        h.createUpdate("""
                        INSERT INTO position (connection, parent, scan, covered_until, window_from, window_to, token, boundary,
                          not_before, seen, done, updated_at)
                        VALUES (:connection, :parent, :scan, :covered, :from, :to, :token, :boundary, :notBefore, :seen, :done, :now)
                        ON CONFLICT (connection, parent, scan) DO UPDATE SET covered_until = excluded.covered_until,
                          window_from = excluded.window_from, window_to = excluded.window_to, token = excluded.token,
                          boundary = excluded.boundary, not_before = excluded.not_before, seen = excluded.seen,
                          done = excluded.done, updated_at = excluded.updated_at""")
                .bind("connection", p.connection())
                .bind("parent", p.parent())
                .bind("scan", p.scan())
                .bind("covered", Rows.millis(p.coveredUntil()))
                .bind("from", Rows.millis(p.from()))
                .bind("to", Rows.millis(p.to()))
                .bind("token", p.token())
                .bind("boundary", p.boundary() == null ? null : p.boundary().text())
                .bind("notBefore", Rows.millis(p.notBefore()))
                .bind("seen", p.seen())
                .bind("done", p.open() ? 0 : 1)
                .bind("now", now)
                .execute();
    }

    @Override
    public List<Position> positions(String connection) {
        return store.read(
                h -> h.createQuery("SELECT * FROM position WHERE connection = :connection ORDER BY parent, scan")
                        .bind("connection", connection)
                        .map((rs, ctx) -> new Position(
                                rs.getString("connection"),
                                rs.getString("parent"),
                                rs.getString("scan"),
                                Rows.optionalInstant(rs, "covered_until"),
                                Rows.optionalInstant(rs, "window_from"),
                                Rows.optionalInstant(rs, "window_to"),
                                rs.getString("token"),
                                Boundary.of(rs.getString("boundary")),
                                Rows.optionalInstant(rs, "not_before"),
                                rs.getLong("seen")))
                        .list());
    }

    /** Asks for a backfill since an instant; the connection's next run begins it. */
    public void requestBackfill(String connection, Instant since, String actor, long now) {
        store.change(h -> {
            Settings.write(h, REQUEST + connection, Long.toString(since.toEpochMilli()));
            Audit.record(h, actor, "backfill", connection + " since " + since, now);
        });
    }

    /** The backfill that was asked for and not yet begun. */
    public Optional<Instant> requestedBackfill(String connection) {
        return store.read(h -> Settings.read(h, REQUEST + connection))
                .map(text -> Instant.ofEpochMilli(Long.parseLong(text)));
    }

    /** Begins the backfill that was asked for. */
    public void grantBackfill(Position backfill, long now) {
        store.change(h -> {
            write(h, backfill, now);
            Settings.remove(h, REQUEST + backfill.connection());
        });
    }

    /** Names of the connections whose backfill has begun and not ended; of one that is read survey by survey, that of all of them. */
    public List<String> backfilling() {
        return store.read(h -> h.createQuery(
                        "SELECT DISTINCT connection FROM position WHERE scan = 'backfill' AND parent = '' AND done = 0 ORDER BY connection")
                .mapTo(String.class)
                .list());
    }
}
