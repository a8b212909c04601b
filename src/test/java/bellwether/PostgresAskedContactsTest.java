package bellwether;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

class PostgresAskedContactsTest extends AskedContacts {
    private EmbeddedPostgres postgres;

    @Override
    void store(House house) {
        try {
            postgres = EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL does not start", e);
        }
        house.with("BELLWETHER_STORE_URL", postgres.getJdbcUrl("postgres", "postgres"))
                .with("BELLWETHER_STORE_USER", "postgres")
                .with("BELLWETHER_STORE_PASSWORD", "postgres");
    }

    @AfterAll
    void stopPostgres() throws IOException {
        postgres.close();
    }
}
