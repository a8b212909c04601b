package bellwether.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteActsTest extends ActsContract {
    @TempDir
    Path folder;

    @Override
    Store open() {
        return Store.open("jdbc:sqlite:" + folder.resolve("bellwether.db"), null, null);
    }
}
