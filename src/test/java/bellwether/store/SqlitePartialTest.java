package bellwether.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqlitePartialTest extends PartialContract {
    @TempDir
    Path folder;

    @Override
    Store open() {
        return Store.open("jdbc:sqlite:" + folder.resolve("store.db"), null, null);
    }
}
