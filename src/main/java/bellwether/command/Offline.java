package bellwether.command;

import bellwether.daemon.Probes;
import bellwether.http.Caller;
import bellwether.http.Sender;
import bellwether.mapping.Settings;
import bellwether.source.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;

/** Calls that end in this process, by the daemon's own routes; what they must remember is thrown away. */
final class Offline implements AutoCloseable {
    private final Path scratch;
    private final Probes probes;

    Offline(Path home, Clock clock) throws Exception {
        scratch = Files.createTempDirectory("bellwether-test");
        probes = new Probes(home, new Settings.Store(scratch.resolve("test.db").toString(), null, null), clock);
    }

    Caller of(Connection tool, Sender sender) {
        return probes.of(tool, sender);
    }

    @Override
    public void close() throws IOException {
        probes.close();
        try (var files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
