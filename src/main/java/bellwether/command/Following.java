package bellwether.command;

import bellwether.daemon.Exit;
import bellwether.source.Position;
import bellwether.store.Positions;
import bellwether.store.Runs;
import bellwether.store.Runs.Run;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Follows one run of a connection, whoever does it, and says how far it is. */
final class Following {
    private static final Duration BEGIN = Duration.ofSeconds(30);

    private final String connection;
    private final Runs runs;
    private final Positions positions;
    private final PrintWriter out;
    private final long newest;

    /** From now on: the next run to begin is meant. */
    Following(String connection, Runs runs, Positions positions, PrintWriter out) {
        this.connection = connection;
        this.runs = runs;
        this.positions = positions;
        this.out = out;
        this.newest = runs.last(connection).map(Run::number).orElse(0L);
    }

    /** The run once it has ended; empty if none began in half a minute. */
    Optional<Run> end() throws InterruptedException {
        long start = System.nanoTime();
        String said = "";
        for (int i = 0; ; i++) {
            Thread.sleep(100);
            Optional<Run> run = runs.last(connection).filter(r -> r.number() > newest);
            if (run.isPresent() && run.get().endedAt() != null) {
                return run;
            }
            if (run.isEmpty() && System.nanoTime() - start > BEGIN.toNanos()) {
                return run;
            }
            if (run.isPresent() && i % 10 == 9) {
                String line = line(run.get());
                if (!line.equals(said)) {
                    out.println("  " + line);
                    said = line;
                }
            }
        }
    }

    private String line(Run run) {
        double seconds =
                Math.max(0.1, Duration.between(run.startedAt(), Instant.now()).toMillis() / 1e3);
        Optional<Position> open = positions.positions(connection).stream()
                .filter(Position::open)
                .max(Comparator.comparingLong(Position::seen));
        String rate = String.format(Locale.ROOT, "%,d rows read, %,.0f/s", run.seen(), run.seen() / seconds);
        if (run.seen() == 0) {
            return positions.positions(connection).stream()
                            .filter(p -> p.scan().equals(Position.PERSONS))
                            .mapToLong(Position::seen)
                            .sum()
                    + " people read";
        }
        if (open.isEmpty() || open.get().scan().equals(Position.PERSONS)) {
            return rate;
        }
        double done = open.get().progress();
        return rate
                + String.format(
                        Locale.ROOT,
                        ", %s %.0f %%, about %s left",
                        open.get().scan(),
                        100 * done,
                        done < 0.01
                                ? "?"
                                : Summary.length(Duration.ofSeconds(Math.round(1 + seconds * (1 - done) / done))));
    }

    /** The run's result in a line, and how the command ends with it. */
    static Exit result(Run run, PrintWriter out) {
        double seconds = Duration.between(run.startedAt(), run.endedAt()).toMillis() / 1e3;
        String line = String.format(
                Locale.ROOT,
                "%s: %s, %s in %.1f s",
                run.connection(),
                run.status().replace('_', ' '),
                run.job().equals("pull")
                        ? String.format(
                                Locale.ROOT,
                                "%,d rows read, %,d new, %,d changed, %,d set aside",
                                run.seen(),
                                run.added(),
                                run.changed(),
                                run.setAside())
                        : "people read",
                seconds);
        Paragraph.print(out, "", line);
        if (run.fault() != null) {
            Paragraph.print(out, "  ", run.faultCode() + ": " + run.fault());
        }
        return switch (run.status()) {
            case "ok" -> Exit.OK;
            case "partial" -> Exit.PARTIAL;
            case "waiting", "paused" -> Exit.UNREACHABLE;
            default -> Exit.FAILURE;
        };
    }
}
