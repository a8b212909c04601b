package bellwether.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;

/** The database of one installation: SQLite by default, PostgreSQL by its address. Opened once, migrated at opening. */
public final class Store implements AutoCloseable {
    /** One for all, since to parse a statement costs more than to run it; it remembers those that it has parsed. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private final Engine engine;
    private final HikariDataSource writers;
    private final HikariDataSource readers;
    private final Jdbi write;
    private final Jdbi read;

    private Store(Engine engine, HikariDataSource writers, HikariDataSource readers) {
        this.engine = engine;
        this.writers = writers;
        this.readers = readers;
        this.write = jdbi(writers);
        this.read = jdbi(readers);
    }

    private static Jdbi jdbi(DataSource connections) {
        return Jdbi.create(connections).configure(SqlStatements.class, statements -> statements.setSqlParser(PARSER));
    }

    /**
     * Opens the store and brings its schema up to date.
     *
     * @param url {@code jdbc:sqlite:FILE} or {@code jdbc:postgresql:…}
     * @param user null for SQLite
     * @param password null for SQLite
     */
    public static Store open(String url, String user, String password) {
        Engine engine = Engine.of(url);
        if (engine == Engine.SQLITE) {
            folderOf(url);
        }
        var writers = new HikariDataSource(engine.pool(url, user, password, true));
        try {
            migrate(engine, writers);
            return new Store(engine, writers, new HikariDataSource(engine.pool(url, user, password, false)));
        } catch (RuntimeException e) {
            writers.close();
            throw e;
        }
    }

    /** Opens a store that is there to be read by a command, beside the daemon that runs on it; its schema is left as it is. */
    public static Store look(String url, String user, String password) {
        Engine engine = Engine.of(url);
        var readers = new HikariDataSource(engine.pool(url, user, password, false));
        return new Store(engine, readers, readers);
    }

    private static void folderOf(String url) {
        Path file = Path.of(url.substring("jdbc:sqlite:".length()).replaceAll("\\?.*", ""));
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The store's folder " + file.getParent() + " cannot be made", e);
        }
    }

    private static void migrate(Engine engine, HikariDataSource writers) {
        Flyway.configure()
                .dataSource(writers)
                .locations("classpath:bellwether/store/migration")
                .placeholders(engine.placeholders())
                .load()
                .migrate();
    }

    /** Runs one write transaction; everything in it happens or nothing does. */
    public <T> T write(HandleCallback<T, RuntimeException> work) {
        return write.inTransaction(work);
    }

    /** Runs one write transaction that has no result. */
    public void change(HandleConsumer<RuntimeException> work) {
        write.useTransaction(work);
    }

    /** Reads one consistent snapshot. */
    public <T> T read(HandleCallback<T, RuntimeException> work) {
        return read.inTransaction(work);
    }

    /** False when the database does not answer. */
    public boolean answers() {
        try {
            return read.withHandle(
                            h -> h.createQuery("SELECT 1").mapTo(Integer.class).one())
                    == 1;
        } catch (RuntimeException e) {
            return false;
        }
    }

    long[] allocate(Handle handle, String table, int count) {
        return count == 0 ? new long[0] : engine.allocate(handle, table, count);
    }

    /** Appended to a SELECT that claims rows of the table with this alias. */
    String skipLockedOf(String alias) {
        return engine.skipLocked(alias);
    }

    /** Appended to a SELECT whose rows must stay as they are until the transaction ends. */
    String shared() {
        return engine.shared();
    }

    /** The same, where others that want them to stay as they are wait as well. */
    String alone() {
        return engine.alone();
    }

    /** True where one process owns the whole database, so that claims left by an earlier process can be dropped at start. */
    boolean exclusive() {
        return engine == Engine.SQLITE;
    }

    @Override
    public void close() {
        readers.close();
        writers.close();
    }
}
