package bellwether.command;

import bellwether.daemon.Alone;
import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import bellwether.daemon.Refusal;
import bellwether.mapping.Settings;
import bellwether.store.Positions;
import bellwether.store.Runs;
import bellwether.store.Runs.Run;
import bellwether.store.Store;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** One run of one connection, now. */
@Command(
        name = "sync",
        description = {
            "Reads one connection now: a tool's responses, or the people of the CRM that is the directory. Where a daemon"
                    + " runs, it does so; else this process does, and brings the accounts up to date. A connection that"
                    + " was paused is tried again. CRMs are told by the daemon, or by `bellwether push`."
        },
        mixinStandardHelpOptions = true)
final class SyncCommand implements Callable<Integer> {
    @ParentCommand
    private Bellwether main;

    @Mixin
    private HomeOption home;

    @Parameters(paramLabel = "CONNECTION", description = "Its name in config/connections.yaml.")
    private String connection;

    @ArgGroup
    private Which which = new Which();

    static final class Which {
        @Option(names = "--once", description = "One run of what is new, which is also done without any option.")
        private boolean once;

        @Option(
                names = "--since",
                paramLabel = "DATE",
                description = "Reads a tool again from this date (2026-01-31, in the configured zone) or instant"
                        + " (2026-01-31T00:00:00Z) on. What is known already stays as it is.")
        private String since;
    }

    @Spec
    private CommandSpec spec;

    private PrintWriter out;

    @Override
    public Integer call() throws InterruptedException {
        Logs.quiet();
        out = spec.commandLine().getOut();
        Path folder = home.of(main.environment());
        Installation installation = Installation.load(folder, main.environment());
        installation.sound(connection);
        boolean tool = installation.tools().containsKey(connection);
        Settings settings = installation.settings();
        if (!tool && !settings.crms().get(connection).directory()) {
            throw new Refusal(
                    Exit.USAGE, connection + " is not the directory: nothing is read from it, see `bellwether push`.");
        }
        Instant since = which.since == null ? null : since(which.since, settings.zone(), main.clock());
        if (since != null && !tool) {
            throw new Refusal(Exit.USAGE, connection + " is a CRM: --since is for tools.");
        }
        DaemonApi api = DaemonApi.of(folder, main.environment());
        String url = Daemon.url(folder, settings.store());
        boolean running = Alone.taken(url) || !url.startsWith("jdbc:sqlite:") && api.answers();
        return (running ? throughDaemon(api, url, settings, since) : here(installation, tool, since)).code();
    }

    private Exit throughDaemon(DaemonApi api, String url, Settings settings, Instant since)
            throws InterruptedException {
        out.println(connection + ": the daemon at " + api.base() + " does it");
        try (Store store = Look.store(url, settings.store())) {
            boolean tool = settings.tools().containsKey(connection);
            var pauses = new bellwether.store.Pauses(store, main.clock());
            var following = new Following(connection, new Runs(store, main.clock()), new Positions(store), out);
            String path = "connections/" + connection + "/";
            boolean paused = pauses.of(connection).isPresent();
            if (paused) {
                api.order(path + "resume");
            }
            if (since != null) {
                api.order(path + "backfill?since=" + since);
            } else if (!paused) {
                api.order(path + (tool ? "pull" : "people"));
            }
            return ended(following.end(), new Positions(store));
        }
    }

    private Exit here(Installation installation, boolean tool, Instant since) throws InterruptedException {
        try (Daemon daemon = installation.daemon(main.clock())) {
            var following = new Following(connection, daemon.runs(), daemon.positions(), out);
            daemon.pauses().resume(connection);
            if (since != null) {
                daemon.positions()
                        .requestBackfill(
                                connection, since, "command", main.clock().millis());
            }
            daemon.startIdle();
            if (tool) {
                daemon.pullNow(connection, "command");
            } else {
                daemon.peopleNow(connection, "command");
            }
            Exit exit = ended(following.end(), daemon.positions());
            daemon.refreshed();
            if (daemon.refresh().backlog() > 0) {
                out.println("  " + daemon.refresh().backlog() + " accounts wait for the backfill to end");
            }
            return exit;
        }
    }

    private Exit ended(Optional<Run> run, Positions positions) {
        if (run.isPresent()) {
            return Following.result(run.get(), out);
        }
        Optional<Instant> until = positions.positions(connection).stream()
                .map(bellwether.source.Position::notBefore)
                .filter(at -> at != null && at.isAfter(main.clock().instant()))
                .max(Instant::compareTo);
        String wait = until.map(at -> "; it was told to wait until " + at).orElse("");
        Paragraph.print(out, "", connection + ": no run began" + wait + ".");
        return Exit.UNREACHABLE;
    }

    private static Instant since(String text, ZoneId zone, Clock clock) {
        try {
            Instant since = text.matches("\\d{4}-\\d{2}-\\d{2}")
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
            if (since.isBefore(clock.instant()) && since.isAfter(Instant.parse("2000-01-01T00:00:00Z"))) {
                return since;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new Refusal(
                Exit.USAGE,
                "--since " + text
                        + ": write a date (2026-01-31) or an instant (2026-01-31T00:00:00Z) between the year 2000"
                        + " and now.");
    }
}
