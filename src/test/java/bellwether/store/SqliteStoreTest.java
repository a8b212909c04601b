package bellwether.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    Store open() {
        return Store.open("jdbc:sqlite:" + folder.resolve("bellwether.db"), null, null);
    }
}
