package bellwether.store;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** What tools told by webhook: which notices came before, and which responses are still to be fetched. */
public final class Notices {
    /** How long a notice is remembered; longer than any tool of ours tries to deliver one again. */
    static final Duration REMEMBERED = Duration.ofHours(72);

    /** A response to be asked for. */
    public record Owed(String key, String fetch) {}

    private final Store store;
    private final Clock clock;

    public Notices(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Whether one of the keys came before. */
    public boolean known(String connection, Collection<String> keys) {
        return store.read(h -> h.createQuery(
                                "SELECT count(*) FROM notice WHERE connection = :connection AND notice_key IN (<keys>)"
                                        + " AND received_at > :since")
                        .bind("connection", connection)
                        .bindList("keys", List.copyOf(keys))
                        .bind("since", clock.millis() - REMEMBERED.toMillis())
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    /**
     * Remembers a notice and forgets those of more than three days ago that are done with.
     *
     * @param keys by which it is known if it comes again, the first of them carries what is to be fetched
     * @param fetch path of the response to be asked for, or null
     */
    public void remember(String connection, List<String> keys, String fetch) {
        long now = clock.millis();
        store.change(h -> {
            h.createUpdate("DELETE FROM notice WHERE received_at <= :before AND fetch_from IS NULL")
                    .bind("before", now - REMEMBERED.toMillis())
                    .execute();
            var insert = new Batch(h, """
                    INSERT INTO notice (connection, notice_key, received_at, fetch_from) VALUES (?, ?, ?, ?)
                    ON CONFLICT (connection, notice_key) DO UPDATE SET received_at = excluded.received_at, fetch_from = excluded.fetch_from""");
            for (int i = 0; i < keys.size(); i++) {
                insert.add(connection, keys.get(i), now, i == 0 ? fetch : null);
            }
            insert.execute();
        });
    }

    /** Responses to be fetched, the oldest first. */
    public List<Owed> owed(String connection, int limit) {
        return store.read(h -> h.createQuery(
                        "SELECT notice_key, fetch_from FROM notice WHERE connection = :connection AND fetch_from IS NOT NULL"
                                + " ORDER BY received_at, notice_key LIMIT :limit")
                .bind("connection", connection)
                .bind("limit", limit)
                .map((rs, ctx) -> new Owed(rs.getString("notice_key"), rs.getString("fetch_from")))
                .list());
    }

    /** A response was fetched, or is not there any more. */
    public void fetched(String connection, String key) {
        store.change(h -> h.createUpdate(
                        "UPDATE notice SET fetch_from = NULL WHERE connection = :connection AND notice_key = :key")
                .bind("connection", connection)
                .bind("key", key)
                .execute());
    }
}
