package bellwether.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Keeps what happened: each event once, and none from before its rule read as it does. */
final class Events {
    /** Notes how the rules read; one that is new or reads differently counts from now on. */
    static void declare(Handle h, Map<String, String> definitions, long now) {
        var write = h.prepareBatch("""
                INSERT INTO rule (name, definition, since) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, since = excluded.since
                WHERE rule.definition <> excluded.definition""");
        definitions.forEach((name, definition) ->
                write.bind(0, name).bind(1, definition).bind(2, now).add());
        if (write.size() > 0) {
            write.execute();
        }
        // A rule that was taken out and comes back later has not been watching in between.
        h.createQuery("SELECT name FROM rule").mapTo(String.class).list().stream()
                .filter(name -> !definitions.containsKey(name))
                .forEach(name -> h.execute("DELETE FROM rule WHERE name = ?", name));
    }

    /** Since when each rule has read as it does. */
    static Map<String, Instant> since(Handle h) {
        Map<String, Instant> since = new HashMap<>();
        h.createQuery("SELECT name, since FROM rule")
                .map((rs, ctx) -> since.put(rs.getString("name"), Instant.ofEpochMilli(rs.getLong("since"))))
                .list();
        return since;
    }

    /** Records what is new of the states' events. */
    static void record(Handle h, Collection<State> states, long now) {
        if (states.stream().allMatch(state -> state.events().isEmpty())) {
            return;
        }
        Map<String, Instant> since = since(h);
        var insert = h.prepareBatch("""
                INSERT INTO event (event_key, rule, kind, subject_kind, subject, response, value, reason, at, old, recorded_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_key) DO NOTHING""");
        for (State state : states) {
            for (Event event : state.events()) {
                Instant from = since.get(event.rule());
                if (from == null || event.at().isBefore(from)) {
                    continue;
                }
                boolean old = state.actFrom() != null && event.at().isBefore(state.actFrom());
                insert.bind(0, event.key())
                        .bind(1, event.rule())
                        .bind(2, event.kind())
                        .bind(3, event.subjectKind())
                        .bind(4, event.subject())
                        .bind(5, event.response())
                        .bind(6, event.value())
                        .bind(7, event.reason())
                        .bind(8, event.at().toEpochMilli())
                        .bind(9, old ? 1 : 0)
                        .bind(10, now)
                        .add();
            }
        }
        if (insert.size() > 0) {
            insert.execute();
        }
    }

    private Events() {}
}
