package bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    Store open() {
        return Store.open("jdbc:sqlite:" + folder.resolve("bellwether.db"), null, null);
    }

    @Test
    void whoAnsweredOfThoseWhoWereAskedIsLookedForByPerson() {
        String plan = store.read(h -> h.createQuery("EXPLAIN QUERY PLAN " + Overview.ASKED)
                .bind("from", 0)
                .bind("until", 1)
                .map((rs, ctx) -> rs.getString("detail"))
                .list()
                .toString());
        assertThat(plan)
                .contains("response_respondent", "response_contact")
                .as("all answers since a survey was sent, for each that was sent")
                .doesNotContain("response_answered");
    }
}
