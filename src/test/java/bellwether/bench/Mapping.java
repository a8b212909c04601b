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
import java.util.List;
import java.util.stream.Stream;

/**
 * What mapping costs, tool by tool: {@code mvn -Pbench -Dbench.class=bellwether.bench.Mapping}. From the bytes of a reply to responses
 * and rows set aside, beside Jackson's mere reading of the same bytes into a tree, on a hundred pages of the tool's usual size. Both are
 * warmed up and then take turns; the best round of each counts.
 */
public final class Mapping {
    private static final int PAGES = 100;
    private static final long WARM = 4_000_000_000L;
    private static final int ROUNDS = 9;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reads all pages; how many rows, or anything above zero. */
    private interface Reading {
        long all(ToolPages pages) throws IOException;
    }

    /** The best round, in nanoseconds of processor time, and what a round leaves to the collector, in bytes. */
    private record Cost(long nanos, long bytes) {
        static final Cost NONE = new Cost(Long.MAX_VALUE, Long.MAX_VALUE);

        Cost best(Cost other) {
            return new Cost(Math.min(nanos, other.nanos), Math.min(bytes, other.bytes));
        }
    }

    private Mapping() {}

    /** @param arguments names of tools; none means all that are shipped */
    public static void main(String[] arguments) throws IOException {
        List<String> tools = arguments.length > 0 ? List.of(arguments) : shipped();
        System.out.printf(
                "%-18s %6s %7s %12s %12s %6s %14s%n",
                "tool", "rows", "bytes", "plain", "mapped", "ratio", "bytes a row");
        List<Double> ratios = new ArrayList<>();
        for (String tool : tools) ratios.add(measure(tool));
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

    private static double measure(String tool) throws IOException {
        ToolPages pages = ToolPages.of(tool, PAGES);
        long rows = (long) PAGES * pages.size();
        for (long begin = busy(); busy() - begin < WARM; ) {
            round(Mapping::plain, pages);
            round(Mapping::mapped, pages);
        }
        Cost plain = Cost.NONE;
        Cost mapped = Cost.NONE;
        for (int i = 0; i < ROUNDS; i++) {
            plain = plain.best(round(Mapping::plain, pages));
            mapped = mapped.best(round(Mapping::mapped, pages));
        }
        double ratio = (double) plain.nanos / mapped.nanos;
        System.out.printf(
                "%-18s %6d %7d %,10.0f/s %,10.0f/s %6.2f %,6d, %,6d%n",
                tool,
                pages.size(),
                pages.bodies().get(0).length / pages.size(),
                1e9 * rows / plain.nanos,
                1e9 * rows / mapped.nanos,
                ratio,
                plain.bytes / rows,
                mapped.bytes / rows);
        return ratio;
    }

    private static Cost round(Reading reading, ToolPages pages) throws IOException {
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long begin = busy();
        long read = reading.all(pages);
        long nanos = busy() - begin;
        if (read <= 0) throw new IllegalStateException("nothing was read");
        return new Cost(nanos, THREADS.getCurrentThreadAllocatedBytes() - bytes);
    }

    /** Processor time, so that whoever else uses the machine counts for little: this thread's, and the collector's, which stops it. */
    private static long busy() {
        long collecting = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        return THREADS.getCurrentThreadCpuTime() + 1_000_000 * collecting;
    }

    private static long plain(ToolPages pages) throws IOException {
        long values = 0;
        for (byte[] body : pages.bodies()) values += pages.plain(body).size();
        return values;
    }

    private static long mapped(ToolPages pages) {
        long rows = 0;
        for (byte[] body : pages.bodies()) rows += pages.read(body);
        if (rows != (long) PAGES * pages.size())
            throw new IllegalStateException(rows + " rows were read of " + PAGES * pages.size());
        return rows;
    }
}
