package bellwether.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Keeps what happened: each event once, and none from before its rule read as it does. */
final class Events {
    /**
     * Notes how the rules read; one that is new or reads differently counts from now on. The first ones of an installation speak of
     * all that its backfill brings: what is too old by then is recorded, and nobody acts on it.
     */
    static void declare(Handle h, Map<String, String> definitions, long now) {
        boolean first =
                h.createQuery("SELECT count(*) FROM rule").mapTo(Long.class).one() == 0;
        var write = new Batch(h, """
                INSERT INTO rule (name, definition, since) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, since = excluded.since
                WHERE rule.definition <> excluded.definition""");
        definitions.forEach((name, definition) -> write.add(name, definition, first ? 0 : now));
        write.execute();
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

    /** Records what is new of the states' events; returns those of it that are not too old to act upon. */
    static List<Event> record(Handle h, Collection<State> states, long now) {
        if (states.stream().allMatch(state -> state.events().isEmpty())) {
            return List.of();
        }
        Set<String> known = known(h, states);
        List<Event> fresh = new ArrayList<>();
        Map<String, Instant> since = since(h);
        var insert = new Batch(h, """
                INSERT INTO event (event_key, rule, kind, subject_kind, subject, response, value, reason, at, old, recorded_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_key) DO NOTHING""");
        for (State state : states) {
            for (Event event : state.events()) {
                Instant from = since.get(event.rule());
                if (from == null
                        || event.at().isBefore(from)
                        || event.alike().stream().anyMatch(known::contains)
                        || !known.add(event.key())) {
                    continue;
                }
                boolean old = state.actFrom() != null && event.at().isBefore(state.actFrom());
                if (!old) {
                    fresh.add(event);
                }
                insert.add(
                        event.key(),
                        event.rule(),
                        event.kind(),
                        event.subjectKind(),
                        event.subject(),
                        event.response(),
                        event.value(),
                        event.reason(),
                        event.at().toEpochMilli(),
                        old ? 1 : 0,
                        now);
            }
        }
        insert.execute();
        return fresh;
    }

    /** Those whose keys a query names. */
    static List<Event> of(Handle h, String keys) {
        return h.createQuery(
                        "SELECT event_key, rule, kind, subject_kind, subject, response, value, reason, at FROM event"
                                + " WHERE event_key IN (" + keys + ") ORDER BY id")
                .map((rs, ctx) -> new Event(
                        rs.getString("event_key"),
                        rs.getString("rule"),
                        rs.getString("kind"),
                        rs.getString("subject_kind"),
                        rs.getLong("subject"),
                        Rows.optionalLong(rs, "response"),
                        rs.getString("value"),
                        rs.getString("reason"),
                        Instant.ofEpochMilli(rs.getLong("at"))))
                .list();
    }

    private static Set<String> known(Handle h, Collection<State> states) {
        List<String> keys = states.stream()
                .flatMap(state -> state.events().stream())
                .flatMap(event -> Stream.concat(Stream.of(event.key()), event.alike().stream()))
                .toList();
        Set<String> known = new HashSet<>();
        for (List<String> some : Chunks.of(keys, 1000)) {
            known.addAll(h.createQuery("SELECT event_key FROM event WHERE event_key IN (<keys>)")
                    .bindList("keys", some)
                    .mapTo(String.class)
                    .list());
        }
        return known;
    }

    private Events() {}
}
