package bellwether.bench;

import bellwether.House;
import bellwether.daemon.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;

/** The whole line as shipped, once or several times with an empty store each: {@code <tool> <crm> <folder> <passes>}. */
public final class Line {
    private static final String UNDONE = """
            SELECT NOT EXISTS (SELECT 1 FROM position WHERE scan = 'backfill' AND done = 1)
              OR EXISTS (SELECT 1 FROM run WHERE status = 'running')
              OR NOT EXISTS (SELECT 1 FROM setting WHERE name = 'directory' AND value = 'matched')
              OR EXISTS (SELECT 1 FROM account WHERE stale > 0) OR EXISTS (SELECT 1 FROM contact WHERE stale > 0)
              OR EXISTS (SELECT 1 FROM target WHERE status <> 'acknowledged' AND status = 'owed')
              OR EXISTS (SELECT 1 FROM act WHERE status = 'owed')""";

    private Line() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        long begun = System.nanoTime();
        Heap heap = new Heap();
        for (int pass = 1; pass <= Integer.parseInt(arguments[3]); pass++) {
            Path home = Files.createTempDirectory(Path.of(arguments[2]), "home");
            House house = new House(home, arguments[0], arguments[1]);
            try (Daemon daemon = house.daemon(Clock.systemUTC())) {
                long start = System.nanoTime();
                daemon.start();
                long ready = System.nanoTime();
                run("jdbc:sqlite:" + home.resolve("data/bellwether.db"));
                long end = System.nanoTime();
                Child.say("start", (ready - (pass == 1 ? begun : start)) / 1_000_000);
                Child.say("work", (end - ready) / 1_000_000);
                Child.say("held", heap.held());
                Child.say("used", heap.used());
                Child.done();
                Child.pause();
            }
        }
    }

    private static void run(String store) throws InterruptedException, SQLException {
        try (Connection connection = DriverManager.getConnection(store);
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet undone = statement.executeQuery(UNDONE)) {
                    undone.next();
                    if (undone.getInt(1) == 0) {
                        return;
                    }
                }
                Thread.sleep(100);
            }
        }
    }
}
