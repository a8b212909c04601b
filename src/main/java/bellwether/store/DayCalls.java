package bellwether.store;

import java.time.LocalDate;

/** How often each connection with a daily budget was called. */
public final class DayCalls implements bellwether.http.DayCalls {
    private final Store store;

    public DayCalls(Store store) {
        this.store = store;
    }

    @Override
    public boolean take(String connection, LocalDate day, int most) {
        return store.write(h -> {
            h.createUpdate("DELETE FROM day_calls WHERE connection = :connection AND day < :day")
                    .bind("connection", connection)
                    .bind("day", day.toEpochDay())
                    .execute();
            return h.createUpdate("""
                            INSERT INTO day_calls (connection, day, calls) VALUES (:connection, :day, 1)
                            ON CONFLICT (connection, day) DO UPDATE SET calls = day_calls.calls + 1
                              WHERE day_calls.calls < :most""")
                            .bind("connection", connection)
                            .bind("day", day.toEpochDay())
                            .bind("most", most)
                            .execute()
                    > 0;
        });
    }
}
