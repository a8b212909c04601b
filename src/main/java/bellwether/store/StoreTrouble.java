package bellwether.store;

import bellwether.nps.Fault;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells what is wrong when the database refuses. */
public final class StoreTrouble {
    /** The fault behind an exception, if the database caused it. Nothing of the refused transaction was written. */
    public static Optional<Fault> fault(String step, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return Optional.of(fault(step, sql));
            }
        }
        return Optional.empty();
    }

    private static Fault fault(String step, SQLException sql) {
        boolean full = sql instanceof SQLiteException lite && lite.getResultCode() == SQLiteErrorCode.SQLITE_FULL
                || "53100".equals(sql.getSQLState());
        boolean readOnly = sql instanceof SQLiteException other
                && (other.getResultCode() == SQLiteErrorCode.SQLITE_READONLY
                        || other.getResultCode() == SQLiteErrorCode.SQLITE_CANTOPEN);
        if (full) {
            return new Fault.Transient(
                    step,
                    "STORE_FULL",
                    "The store's disk is full; nothing was written.",
                    "Free some space: the next run goes on where this one stopped.",
                    null);
        }
        if (readOnly) {
            return new Fault.Transient(
                    step,
                    "STORE_READ_ONLY",
                    "The store's file cannot be written.",
                    "Let Bellwether's user write it and its folder: the next run goes on where this one stopped.",
                    null);
        }
        return new Fault.Transient(
                step,
                "STORE_UNAVAILABLE",
                "The store refused (" + sql.getClass().getSimpleName() + ", state " + sql.getSQLState() + ", code "
                        + sql.getErrorCode() + ").",
                "Look at the database: the next run goes on where this one stopped.",
                null);
    }

    private StoreTrouble() {}
}
