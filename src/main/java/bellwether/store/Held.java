package bellwether.store;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Whose accounts stay as they are: those of the sources whose backfill has not ended, or is still to begin while the tool tells of
 * answers by itself already. Of a connection that is paused nothing is held, what there is counts for now. Looked up in the transaction
 * that refreshes, because positions move together with the pages behind them: asked a moment before, half a history might be told.
 */
public final class Held {
    private final Map<String, String> sources;

    /** @param sources of the tool connections that read a backfill, by the connection's name */
    public Held(Map<String, String> sources) {
        this.sources = Map.copyOf(sources);
    }

    /** Ids of the sources that are held as this transaction sees it. */
    Set<Long> sources(Handle h) {
        Map<String, String> held = new TreeMap<>(sources);
        if (!held.isEmpty()) {
            h.createQuery("""
                            SELECT connection FROM position WHERE scan = 'backfill' AND parent = '' AND done = 1
                            UNION SELECT connection FROM pause""").mapTo(String.class).forEach(held::remove);
        }
        return held.isEmpty()
                ? Set.of()
                : new TreeSet<>(h.createQuery("SELECT id FROM source WHERE name IN (<names>)")
                        .bindList("names", List.copyOf(held.values()))
                        .mapTo(Long.class)
                        .list());
    }

    /**
     * Those of a table's rows that have a response of one of these sources, or have none and are one of its people; {@code column} is the
     * response's word for them.
     */
    static Set<Long> among(Handle h, String column, Collection<Long> ids, Collection<Long> sources) {
        return ids.isEmpty() || sources.isEmpty()
                ? Set.of()
                : new TreeSet<>(h.createQuery("SELECT " + column + " FROM response WHERE " + column
                                + " IN (<ids>) AND source IN (<sources>)"
                                + (column.equals("contact")
                                        ? " UNION SELECT p.contact FROM respondent p WHERE p.contact IN (<ids>) AND p.source IN (<sources>)"
                                                + " AND NOT EXISTS (SELECT 1 FROM response r WHERE r.contact = p.contact)"
                                        : ""))
                        .bindList("ids", List.copyOf(ids))
                        .bindList("sources", List.copyOf(sources))
                        .mapTo(Long.class)
                        .list());
    }
}
