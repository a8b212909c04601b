package bellwether.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Whose accounts stay as they are: those of the sources whose backfill has begun and not ended. Of a connection that is paused nothing
 * is held, what there is counts for now. Looked up in the transaction that refreshes, because positions move together with the pages
 * behind them: asked a moment before, a backfill whose first page comes in between would not be seen, and half a history be told.
 */
public final class Held {
    private final Map<String, String> sources;

    /** @param sources of the tool connections, by the connection's name */
    public Held(Map<String, String> sources) {
        this.sources = Map.copyOf(sources);
    }

    /** Ids of the sources that are held as this transaction sees it. */
    Set<Long> sources(Handle h) {
        List<String> names = h.createQuery("""
                        SELECT DISTINCT p.connection FROM position p
                        WHERE p.scan = 'backfill' AND p.parent = '' AND p.done = 0
                          AND NOT EXISTS (SELECT 1 FROM pause WHERE pause.connection = p.connection)""").mapTo(String.class).list().stream()
                .filter(sources::containsKey)
                .map(sources::get)
                .toList();
        return names.isEmpty()
                ? Set.of()
                : new TreeSet<>(h.createQuery("SELECT id FROM source WHERE name IN (<names>)")
                        .bindList("names", names)
                        .mapTo(Long.class)
                        .list());
    }

    /** Those of a table's rows that have a response of one of these sources; {@code column} is the response's word for them. */
    static Set<Long> among(Handle h, String column, Collection<Long> ids, Collection<Long> sources) {
        return ids.isEmpty() || sources.isEmpty()
                ? Set.of()
                : new TreeSet<>(h.createQuery("SELECT DISTINCT " + column + " FROM response WHERE " + column
                                + " IN (<ids>) AND source IN (<sources>)")
                        .bindList("ids", List.copyOf(ids))
                        .bindList("sources", List.copyOf(sources))
                        .mapTo(Long.class)
                        .list());
    }
}
