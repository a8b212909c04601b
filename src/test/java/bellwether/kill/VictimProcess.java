package bellwether.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A victim in a JVM of its own, and what its log says of where it is. */
final class VictimProcess implements AutoCloseable {
    private final Process process;
    private final Thread listener;
    private final Map<Point, Integer> begun = new EnumMap<>(Point.class);
    private final Map<Point, Long> since = new EnumMap<>(Point.class);
    private final Set<Point> open = EnumSet.noneOf(Point.class);
    private final Map<Point, Double> usual;
    private final Deque<String> last = new ArrayDeque<>();
    private final List<String> complaints = new ArrayList<>();
    private boolean settled;
    private boolean ended;

    /** @param usual milliseconds each step took lately; kept up to date */
    VictimProcess(Path home, Map<String, String> environment, Map<Point, Double> usual) {
        this.usual = usual;
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Dlogback.configurationFile=logback-kill.xml",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Victim.class.getName(),
                        home.toString())
                .redirectErrorStream(true);
        java.environment().putAll(environment);
        try {
            process = java.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener = new Thread(this::listen, "victim's log");
        listener.start();
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(line);
            }
        } catch (IOException e) {
            // the stream of a killed process may end in the middle of a line
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void hear(String line) {
        last.addLast(line);
        if (last.size() > 200) {
            last.removeFirst();
        }
        if (line.startsWith("ERROR") || line.contains("Exception")) {
            complaints.add(line);
        }
        settled |= line.equals("INFO Victim settled");
        for (Point point : Point.values()) {
            if (point.beginsWith(line)) {
                open.add(point);
                since.put(point, System.nanoTime());
                begun.merge(point, 1, Integer::sum);
            } else if (point.endsWith(line) && open.remove(point)) {
                double took = (System.nanoTime() - since.get(point)) / 1e6;
                usual.merge(point, took, (before, now) -> 0.7 * before + 0.3 * now);
            }
        }
        notifyAll();
    }

    /** Waits until the step has begun so many times; false if all was settled, or the victim ended, before. */
    boolean await(Point point, int times) {
        return await(() -> begun.getOrDefault(point, 0) >= times);
    }

    /** Waits for something of the caller's, which has to call {@link #wake}. */
    synchronized boolean await(BooleanSupplier reached) {
        long patience = System.nanoTime() + Duration.ofSeconds(180).toNanos();
        while (!reached.getAsBoolean() && !settled && !ended) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("The victim stands still; its last lines:\n" + String.join("\n", last));
            }
            try {
                wait(1000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return reached.getAsBoolean();
    }

    synchronized void wake() {
        notifyAll();
    }

    synchronized boolean settled() {
        return settled;
    }

    synchronized boolean ended() {
        return ended;
    }

    /** SIGKILL. Returns the steps that had begun and not ended. */
    Set<Point> kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
            listener.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            return EnumSet.copyOf(open);
        }
    }

    /** Lines that nobody should have written. */
    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    synchronized String lastLines() {
        return String.join("\n", last);
    }

    @Override
    public void close() {
        kill();
    }
}
