package bellwether;

import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import bellwether.mapping.Settings;
import bellwether.source.Connection;
import bellwether.source.Position;
import bellwether.source.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A home folder with the shipped files, and the environment that points them at the simulators of a test. */
public final class House {
    public final Path home;
    public final Map<String, String> environment = new HashMap<>();

    /** A home folder that is there already. */
    public House(Path home, Map<String, String> environment) {
        this.home = home;
        this.environment.putAll(environment);
    }

    public House(Path home, String wootric, String salesforce) {
        this.home = home;
        for (String folder : new String[] {"config", "mappings", "routes"}) {
            copy(Path.of(folder), home.resolve(folder));
        }
        environment.putAll(Map.of(
                "WOOTRIC_BASE_URL", wootric + "/v1",
                "WOOTRIC_LOGIN_URL", wootric + "/oauth/token",
                "WOOTRIC_CLIENT_ID", "demo-client",
                "WOOTRIC_CLIENT_SECRET", "demo-secret",
                "WOOTRIC_NPS_SURVEYS", "31,32",
                "WOOTRIC_CSAT_SURVEYS", "77",
                "WOOTRIC_REQUESTS_PER_MINUTE", "100000"));
        environment.putAll(Map.of(
                "SALESFORCE_LOGIN_URL", salesforce,
                "SALESFORCE_CLIENT_ID", "demo-client",
                "SALESFORCE_CLIENT_SECRET", "demo-secret",
                "BELLWETHER_PUSH", "on",
                "BELLWETHER_PORT", "0"));
    }

    public House with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Lays lines over a shipped file. */
    public House overlay(String file, String yaml) {
        Path overlay = home.resolve("config/overlays").resolve(file);
        try {
            Files.createDirectories(overlay.getParent());
            Files.writeString(overlay, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Daemon daemon(Clock clock) {
        var configuration = new Configuration(home, environment::get);
        Loaded<Settings> settings = configuration.settings();
        if (!settings.sound()) {
            throw new IllegalStateException(settings.mistakes().toString());
        }
        Loaded<Map<String, Connection>> tools = Tools.connections(configuration, settings.value());
        if (!tools.sound()) {
            throw new IllegalStateException(tools.mistakes().toString());
        }
        return new Daemon(configuration, settings.value(), tools.value(), clock);
    }

    /** Everything is read, matched, refreshed and pushed. */
    public static boolean settled(Daemon daemon) {
        return daemon.ledger().people().isComplete()
                && daemon.runs().last("wootric").map(r -> r.endedAt() != null).orElse(false)
                && daemon.positions().positions("wootric").stream()
                        .anyMatch(p ->
                                p.scan().equals(Position.BACKFILL) && p.parent().isEmpty() && !p.open())
                && daemon.refresh().backlog() == 0
                && Stream.of(
                                daemon.targets().counts("salesforce"),
                                daemon.acts().counts("salesforce"))
                        .flatMap(counts -> counts.keySet().stream())
                        .noneMatch(k -> k.matches(".*/(owed|sending|unknown)"));
    }

    /** People and responses are read once more, and what follows from it is done. */
    static void sync(Daemon daemon) {
        Duration patience = Duration.ofSeconds(120);
        long people = daemon.runs().last("salesforce").get().number();
        long pull = daemon.runs().last("wootric").get().number();
        daemon.peopleNow("salesforce", "command");
        daemon.pullNow("wootric", "command");
        await().atMost(patience).until(() -> ended(daemon, "salesforce", people) && ended(daemon, "wootric", pull));
        // what is owed lingers for a second before it goes
        await().pollDelay(Duration.ofSeconds(2)).atMost(patience).until(() -> settled(daemon));
    }

    private static boolean ended(Daemon daemon, String connection, long after) {
        var run = daemon.runs().last(connection).get();
        return run.number() > after && run.endedAt() != null;
    }

    /** How many of a CRM's calls were writes. */
    static long writes(Map<String, Long> calls) {
        return calls.entrySet().stream()
                .filter(e -> !e.getKey().startsWith("GET") && !e.getKey().contains("oauth"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** A folder and what is in it. */
    public static void copy(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
