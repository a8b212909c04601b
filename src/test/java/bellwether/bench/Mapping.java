package bellwether.bench;

import bellwether.contract.ToolPages;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What mapping costs, tool by tool: {@code mvn -Pbench -Dbench.class=bellwether.bench.Mapping}. From the bytes of a reply to responses
 * and rows set aside, beside Jackson's mere reading of the same bytes into a tree, on a hundred pages of the tool's usual size. Both are
 * warmed up and then take turns, page by page, so that whatever else the machine does meets both; the ratio is that of the middle round.
 * Beside it, {@code alone}: the same without the reading that mapping does too.
 */
public final class Mapping {
    private static final int PAGES = 100;
    private static final long WARM = 4_000_000_000L;
    private static final int ROUNDS = 15;
    private static final int ROWS = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

    /** Reads one page. */
    interface Reading {
        /** How many rows it found, or anything above zero. */
        long page(byte[] body) throws IOException;
    }

    /** Nanoseconds of processor time, and bytes left to the collector. */
    private record Cost(long nanos, long bytes) {
        static final Cost NONE = new Cost(0, 0);

        Cost plus(Cost other) {
            return new Cost(nanos + other.nanos, bytes + other.bytes);
        }
    }

    private record Round(Cost plain, Cost mapped) {
        double ratio() {
            return (double) plain.nanos / mapped.nanos;
        }
    }

    private Mapping() {}

    /** @param arguments names of tools; none means all that are shipped */
    public static void main(String[] arguments) throws IOException {
        List<String> tools = arguments.length > 0 ? List.of(arguments) : shipped();
        System.out.printf(
                "%-18s %6s %7s %12s %12s %6s %6s %14s%n",
                "tool", "rows", "bytes", "plain", "mapped", "ratio", "alone", "bytes a row");
        List<Double> ratios = new ArrayList<>();
        for (String tool : tools) {
            ToolPages pages = ToolPages.of(tool, PAGES);
            ratios.add(measure(tool, pages, body -> all(pages, body)));
            if (tool.equals("gainsight")) measure("  by hand", pages, ByHand::gainsight);
        }
        Collections.sort(ratios);
        System.out.printf(
                "%d tools: lowest %.2f, median %.2f%n",
                ratios.size(),
                ratios.get(0),
                (ratios.get((ratios.size() - 1) / 2) + ratios.get(ratios.size() / 2)) / 2);
    }

    private static List<String> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("mappings/tools"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        }
    }

    private static double measure(String name, ToolPages pages, Reading mapping) throws IOException {
        for (long begin = busy(); busy() - begin < WARM; ) round(pages, mapping);
        List<Round> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) rounds.add(round(pages, mapping));
        rounds.sort(Comparator.comparingDouble(Round::ratio));
        Round middle = rounds.get(ROUNDS / 2);
        long rows = (long) PAGES * pages.size() * repeats(pages);
        Cost plain = middle.plain;
        Cost mapped = middle.mapped;
        System.out.printf(
                "%-18s %6d %7d %,10.0f/s %,10.0f/s %6.2f %6.2f %,6d, %,6d%n",
                name,
                pages.size(),
                pages.bodies().get(0).length / pages.size(),
                1e9 * rows / plain.nanos,
                1e9 * rows / mapped.nanos,
                middle.ratio(),
                (double) plain.nanos / (mapped.nanos - plain.nanos),
                plain.bytes / rows,
                mapped.bytes / rows);
        return middle.ratio();
    }

    private static long all(ToolPages pages, byte[] body) {
        int rows = pages.read(body);
        if (rows != pages.size()) throw new IllegalStateException(rows + " rows were read of " + pages.size());
        return rows;
    }

    private static Round round(ToolPages pages, Reading mapping) throws IOException {
        Cost plain = Cost.NONE;
        Cost mapped = Cost.NONE;
        for (int i = 0; i < repeats(pages); i++) {
            for (byte[] body : pages.bodies()) {
                plain = plain.plus(cost(bytes -> pages.plain(bytes).size(), body));
                mapped = mapped.plus(cost(mapping, body));
            }
        }
        return new Round(plain, mapped);
    }

    /** So many times all pages that a round takes long enough to be told from the clock's own steps. */
    private static int repeats(ToolPages pages) {
        return Math.max(1, ROWS / (PAGES * pages.size()));
    }

    private static Cost cost(Reading reading, byte[] body) throws IOException {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long begin = busy();
        long read = reading.page(body);
        long nanos = busy() - begin;
        if (read <= 0) throw new IllegalStateException("nothing was read");
        return new Cost(nanos, THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }

    /** Processor time, so that whoever else uses the machine counts for little: this thread's, and the collector's, which stops it. */
    private static long busy() {
        long collecting = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) collecting += collector.getCollectionTime();
        return THREADS.getCurrentThreadCpuTime() + 1_000_000 * collecting;
    }
}
