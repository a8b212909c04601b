package bellwether.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteSurveyedTest extends SurveyedContract {
    @TempDir
    Path folder;

    @Override
    Store open() {
        return Store.open("jdbc:sqlite:" + folder.resolve("store.db"), null, null);
    }
}
