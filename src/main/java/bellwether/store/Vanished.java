package bellwether.store;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Responses that a tool left out of two complete reads, and too many at once to believe it: a person says what is true. */
public final class Vanished {
    /**
     * What a person is asked about one tool.
     *
     * @param responses how many there are
     * @param first when the earliest of them was answered
     * @param latest when the latest of them was answered
     * @param since when the first of them was missed for the first time
     */
    public record Question(long responses, Instant first, Instant latest, Instant since) {}

    private static final int CHUNK = 500;

    private final Store store;
    private final Clock clock;
    private final Responses responses;

    Vanished(Store store, Clock clock, Responses responses) {
        this.store = store;
        this.clock = clock;
        this.responses = responses;
    }

    /** What is to be decided about a connection, or empty. It goes away by itself when the tool shows the responses again. */
    public Optional<Question> question(String connection) {
        return question(store, connection);
    }

    /** The same from a store that is only looked at. */
    public static Optional<Question> question(Store store, String connection) {
        return store.read(h -> h.createQuery("""
                        SELECT count(*) AS n, min(r.answered_at) AS first, max(r.answered_at) AS latest, min(a.since) AS since
                        FROM absence a JOIN response r ON r.id = a.response
                        WHERE a.connection = :connection AND a.reads >= 2""")
                .bind("connection", connection)
                .map((rs, ctx) -> new Question(
                        rs.getLong("n"),
                        Rows.optionalInstant(rs, "first"),
                        Rows.optionalInstant(rs, "latest"),
                        Rows.optionalInstant(rs, "since")))
                .findOne()
                .filter(question -> question.responses() > 0));
    }

    /** The person {@code by} says that they are deleted. Returns how many were removed. */
    public int approve(String connection, String by) {
        int removed = 0;
        while (true) {
            int some = store.write(h -> {
                List<Long> ids = h.createQuery(
                                "SELECT response FROM absence WHERE connection = :connection AND reads >= 2 ORDER BY response LIMIT "
                                        + CHUNK)
                        .bind("connection", connection)
                        .mapTo(Long.class)
                        .list();
                Absences.remove(h, responses, ids, clock.millis());
                if (!ids.isEmpty()) {
                    Audit.record(
                            h, by, "deletion.approve", connection + ": " + ids.size() + " responses", clock.millis());
                }
                return ids.size();
            });
            removed += some;
            if (some < CHUNK) {
                return removed;
            }
        }
    }
}
