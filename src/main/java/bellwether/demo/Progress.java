package bellwether.demo;

import bellwether.source.Position;
import bellwether.store.Runs;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Follows a daemon until it has read, counted and told everything, and says how far it is: in place on a terminal, else line by line. */
final class Progress {
    private final Stage stage;
    private final Watch watch;
    private final PrintWriter out;
    private final boolean terminal;
    private final long began = System.nanoTime();
    private String shown = "";

    Progress(Stage stage, Watch watch, PrintWriter out, boolean terminal) {
        this.stage = stage;
        this.watch = watch;
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether a person looks at the output as it comes. From Java 22 on there is a console without a terminal, too. */
    static boolean onTerminal() {
        Console console = System.console();
        try {
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /**
     * Returns true when nothing is left to do, false when it takes longer than {@code most} or the tool is not read any more.
     *
     * @param runs the newest ones before the start, see {@link Watch#newest()}
     */
    boolean follow(Map<String, Long> runs, Duration most) throws InterruptedException {
        int settled = 0;
        for (int i = 0; seconds() < most.toSeconds() && watch.paused() == null; i++) {
            Thread.sleep(200);
            settled = watch.settled(runs) ? settled + 1 : 0;
            if (settled > 1) {
                end();
                return true;
            }
            if (terminal || i % 5 == 4) {
                show(line(runs));
            }
        }
        end();
        return false;
    }

    private String line(Map<String, Long> runs) {
        if (!watch.backfilled()) {
            return reading(watch.positions().positions(stage.tool.name));
        }
        long backlog = watch.refresh().backlog();
        long owed = watch.owed();
        return backlog > 0
                ? "counting      " + Text.count(backlog) + " accounts and people to go"
                : owed > 0
                        ? "telling       " + Text.count(owed) + " Salesforce records to go"
                        : "settling      waits for " + watch.waitsFor(runs);
    }

    private String reading(List<Position> positions) {
        long responses = watch.runs().last(stage.tool.name).map(Runs.Run::seen).orElse(0L);
        // Where surveys are read one by one, the whole is as far as they are on average.
        boolean one = positions.stream().allMatch(p -> p.parent().isEmpty());
        double done = positions.stream()
                .filter(p -> p.scan().equals(Position.BACKFILL))
                .filter(p -> one || !p.parent().isEmpty())
                .mapToDouble(Position::progress)
                .average()
                .orElse(0);
        long people = positions.stream()
                .filter(p -> p.scan().equals(Position.PERSONS))
                .mapToLong(Position::seen)
                .sum();
        String pages = Text.count(stage.toolCalls()) + " API calls";
        if (responses == 0) {
            return "reading       " + Text.count(people, "person", "people") + " of " + stage.tool.label + ", " + pages;
        }
        double rate = responses / Math.max(0.2, readingSeconds());
        if (responses > 0 && doneAtFirst < 0) {
            doneAtFirst = done;
        }
        double gained = done - Math.max(0, doneAtFirst);
        double left = gained > 0.01 ? readingSeconds() * (1 - done) / gained : 0;
        return String.format(
                Locale.ROOT,
                "reading       %s responses, %.0f %%, %,.0f/s, %s%s",
                Text.count(responses),
                100 * done,
                rate,
                gained > 0.01 ? Math.max(1, Math.round(left)) + " s left, " : "",
                pages);
    }

    private long firstResponse;
    private double doneAtFirst = -1;

    private double readingSeconds() {
        if (firstResponse == 0) {
            firstResponse = System.nanoTime() - 200_000_000;
        }
        return (System.nanoTime() - firstResponse) / 1e9;
    }

    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    private void show(String line) {
        if (terminal) {
            out.print("\r  " + line + " ".repeat(Math.max(0, shown.length() - line.length())));
            out.flush();
        } else if (!line.equals(shown)) {
            out.println("  " + line);
        }
        shown = line;
    }

    private void end() {
        if (terminal && !shown.isEmpty()) {
            out.print("\r" + " ".repeat(shown.length() + 2) + "\r");
            out.flush();
        }
    }
}
