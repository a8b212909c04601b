package bellwether.store;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Connections that stand still until a person has acted. */
public final class Pauses {
    /** Why a connection is paused. */
    public record Pause(String code, String reason, Instant since) {}

    private final Store store;
    private final Clock clock;

    public Pauses(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Pauses a connection; the reason names the setting. */
    public void pause(String connection, String code, String reason) {
        store.change(h -> h.createUpdate("""
                        INSERT INTO pause (connection, code, reason, since) VALUES (:connection, :code, :reason, :now)
                        ON CONFLICT (connection) DO UPDATE SET code = excluded.code, reason = excluded.reason""")
                .bind("connection", connection)
                .bind("code", code)
                .bind("reason", reason)
                .bind("now", clock.millis())
                .execute());
    }

    /** Lets a connection go on; true if it was paused. */
    public boolean resume(String connection) {
        return store.write(h -> h.createUpdate("DELETE FROM pause WHERE connection = :connection")
                        .bind("connection", connection)
                        .execute())
                > 0;
    }

    public Optional<Pause> of(String connection) {
        return store.read(h -> h.createQuery("SELECT code, reason, since FROM pause WHERE connection = :connection")
                .bind("connection", connection)
                .map((rs, ctx) -> new Pause(
                        rs.getString("code"), rs.getString("reason"), Instant.ofEpochMilli(rs.getLong("since"))))
                .findOne());
    }
}
