package bellwether.health;

import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import bellwether.mapping.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Rules for tests, from the text of a {@code health.yaml} as an admin would write it. */
final class SampleRules {
    private SampleRules() {}

    static Rules yaml(String health) {
        return yaml(health, ZoneOffset.UTC);
    }

    static Rules yaml(String health, ZoneId zone) {
        try {
            Path home = Files.createTempDirectory("rules");
            Files.createDirectory(home.resolve("config"));
            Files.writeString(home.resolve("config/health.yaml"), health);
            Files.writeString(home.resolve("config/connections.yaml"), "zone: UTC\n");
            Loaded<Settings> settings = new Configuration(home, name -> null).settings();
            if (!settings.sound()) {
                throw new IllegalArgumentException(settings.mistakes().toString());
            }
            return Rules.of(settings.value().health(), zone);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
