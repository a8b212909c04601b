package bellwether.source;

import java.util.List;

/** What the store remembers of a connection's scans; written by accept together with the page that moved them. */
public interface Positions {
    /** All positions of the connection, in no order; empty before its first run. */
    List<Position> positions(String connection);
}
