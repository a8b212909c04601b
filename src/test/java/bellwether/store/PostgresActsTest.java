package bellwether.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresActsTest extends ActsContract {
    private static Postgres server;

    @BeforeAll
    static void start() {
        server = new Postgres();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    Store open() {
        return server.open();
    }
}
