package bellwether.histories;

import bellwether.store.Store;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few hundred lives on SQLite: {@code -Dseed=} begins with a certain one, {@code -Dhistories=} lives more. */
class HistoriesTest {
    @TempDir
    Path folder;

    @Test
    void whatIsKeptIsWhatAllThatHappenedAddsUpTo() {
        long seed = Long.getLong("seed", 1);
        for (long end = seed + Integer.getInteger("histories", 200); seed < end; seed++) {
            String url = "jdbc:sqlite:" + folder.resolve(seed + ".db");
            String difference = new History(seed, () -> Store.open(url, null, null)).differs(40);
            if (difference != null) {
                Assertions.fail("seed " + seed + "\n" + difference);
            }
        }
    }
}
