package bellwether.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * One statement for many rows, sent at once, inside of a handle's transaction. It goes to JDBC directly: looking up how each value
 * is bound cost Jdbi's own batch more time than SQLite needs to write the rows.
 */
final class Batch {
    private final Handle handle;
    private final String sql;
    private PreparedStatement statement;
    private int size;

    Batch(Handle handle, String sql) {
        this.handle = handle;
        this.sql = sql;
    }

    /** Adds a row: one number, text or null per question mark. */
    void add(Object... values) {
        try {
            if (statement == null) {
                statement = handle.getConnection().prepareStatement(sql);
            }
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.addBatch();
            size++;
        } catch (SQLException e) {
            throw new Refused(e);
        }
    }

    /** Sends the rows and forgets them. Returns what the driver says of each, see {@link Rows#written}; nothing is asked where there are none. */
    int[] execute() {
        if (size == 0) {
            return new int[0];
        }
        try (PreparedStatement once = statement) {
            return once.executeBatch();
        } catch (SQLException e) {
            throw new Refused(e);
        } finally {
            statement = null;
            size = 0;
        }
    }

    private static final class Refused extends JdbiException {
        private static final long serialVersionUID = 1;

        Refused(SQLException cause) {
            super(cause);
        }
    }
}
