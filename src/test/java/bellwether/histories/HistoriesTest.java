package bellwether.histories;

import static org.assertj.core.api.Assertions.fail;

import bellwether.store.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dseed=} begins with a certain life, {@code -Dhistories=} says how many there are; {@code mvn -Psoak} lives thousands. */
class HistoriesTest {
    private static final long FIRST = Long.getLong("seed", 1);

    @TempDir
    Path folder;

    @Test
    void whatIsKeptIsWhatAllThatHappenedAddsUpTo() throws IOException {
        live(50, this::sqlite, history -> history.differs(40));
    }

    @Test
    void nothingChangesByItselfOnADayThatWasNotAnnounced() throws IOException {
        live(15, this::sqlite, history -> history.changesUnannounced(15));
    }

    @Test
    void theSameOnPostgres() throws IOException {
        onPostgres(5);
    }

    @Test
    @Tag("soak")
    void thousands() throws IOException {
        live(5000, this::sqlite, history -> history.differs(60));
    }

    @Test
    @Tag("soak")
    void hundredsOfYears() throws IOException {
        live(500, this::sqlite, history -> history.changesUnannounced(25));
    }

    @Test
    @Tag("soak")
    void hundredsOnPostgres() throws IOException {
        onPostgres(200);
    }

    private void onPostgres(int usual) throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            live(usual, seed -> postgres(server, seed), history -> history.differs(40));
        }
    }

    private static void live(int usual, LongFunction<String> address, Function<History, String> life)
            throws IOException {
        for (long seed = FIRST; seed < FIRST + Integer.getInteger("histories", usual); seed++) {
            String url = address.apply(seed);
            String user = url.startsWith("jdbc:sqlite:") ? null : "postgres";
            String wrong = life.apply(new History(seed, () -> Store.open(url, user, user)));
            if (wrong != null) {
                fail("-Dseed=" + seed + "\n" + wrong);
            }
            if (user == null) {
                Files.delete(Path.of(url.substring("jdbc:sqlite:".length())));
            }
        }
    }

    private String sqlite(long seed) {
        return "jdbc:sqlite:" + folder.resolve(seed + ".db");
    }

    private static String postgres(EmbeddedPostgres server, long seed) {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE life" + seed);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return server.getJdbcUrl("postgres", "life" + seed);
    }
}
