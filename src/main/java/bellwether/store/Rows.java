package bellwether.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** Reads nullable columns, and what a batch says of its rows. */
final class Rows {
    static Long optionalLong(ResultSet rs, String column) throws SQLException {
        long value = rs.getLong(column);
        return rs.wasNull() ? null : value;
    }

    static Integer optionalInt(ResultSet rs, String column) throws SQLException {
        int value = rs.getInt(column);
        return rs.wasNull() ? null : value;
    }

    static Instant optionalInstant(ResultSet rs, String column) throws SQLException {
        long value = rs.getLong(column);
        return rs.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    static Long millis(Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /**
     * Whether a row of a batch was written, as far as the driver says: PostgreSQL's sends a batch as one statement and then does not
     * know of which rows it is true, so all may be.
     */
    static boolean written(int count) {
        return count > 0 || count == Statement.SUCCESS_NO_INFO;
    }

    private Rows() {}
}
