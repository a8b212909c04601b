package bellwether.histories;

import static org.assertj.core.api.Assertions.fail;

import bellwether.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lives on SQLite: {@code -Dseed=} begins with a certain one, {@code -Dhistories=} says how many. */
class HistoriesTest {
    @TempDir
    Path folder;

    @Test
    void whatIsKeptIsWhatAllThatHappenedAddsUpTo() throws IOException {
        live(Integer.getInteger("histories", 200), history -> history.differs(40));
    }

    @Test
    void nothingChangesByItselfOnADayThatWasNotAnnounced() throws IOException {
        live(Integer.getInteger("histories", 200) / 10, history -> history.changesUnannounced(15));
    }

    private void live(int many, Function<History, String> life) throws IOException {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + many; seed++) {
            Path file = folder.resolve(seed + ".db");
            String wrong = life.apply(new History(seed, () -> Store.open("jdbc:sqlite:" + file, null, null)));
            if (wrong != null) {
                fail("-Dseed=" + seed + "\n" + wrong);
            }
            Files.delete(file);
        }
    }
}
