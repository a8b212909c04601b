package bellwether.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The benchmark: {@code mvn -Pbench}, {@code -Dresponses=100000}. Every contender gets the same small heap; the second pass of a
 * contender in the same JVM is the warm one. Then once more with four times as many responses, for the heap.
 */
public final class Bench {
    private static final String HEAP = "-Xmx" + System.getProperty("bench.heap", "256m");

    private Bench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int responses = Integer.getInteger("responses", 100_000);
        int many = Integer.getInteger("bench.many", 4 * responses);
        measure(responses, 2, true);
        if (many > responses) {
            measure(many, 1, false);
        }
    }

    private static void measure(int responses, int passes, boolean beside) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("bellwether-bench");
        System.out.printf("%n%,d responses asked for, contenders with %s%n", responses, HEAP);
        try (Child simulators = new Child(Simulators.class, List.of("-Xmx1g"), Map.of(), Integer.toString(responses))) {
            Map<String, String> is = simulators.block();
            String tool = is.get("tool");
            String crm = is.get("crm");
            System.out.printf("there are %s%n", is);
            String[] plain = {tool, crm, is.get("responses"), is.get("people"), Integer.toString(passes)};
            String[] line = {tool, crm, folder.toString(), Integer.toString(passes)};
            // nobody is to pay for the warming up of the simulators
            try (Child warming = new Child(Yardstick.class, List.of("-Xmx1g"), Map.of(), plain)) {
                warming.block();
            }
            Result[] yardstick = beside ? run("yardstick", Yardstick.class, "-Xmx1g", simulators, is, plain) : null;
            Result[] bellwether = run("bellwether", Line.class, HEAP, simulators, is, line);
            if (beside) {
                System.out.printf(
                        "ratio: cold %.2f, warm %.2f of the yardstick%n",
                        bellwether[0].rate() / yardstick[0].rate(), bellwether[1].rate() / yardstick[1].rate());
            }
        } finally {
            clear(folder);
        }
    }

    private record Result(long responses, Map<String, String> said) {
        double rate() {
            return 1000.0 * responses / number("work");
        }

        long number(String name) {
            return Long.parseLong(said.get(name));
        }
    }

    private static Result[] run(
            String name, Class<?> program, String heap, Child simulators, Map<String, String> is, String[] arguments)
            throws IOException, InterruptedException {
        int passes = Integer.parseInt(arguments[arguments.length - 1]);
        Result[] results = new Result[passes];
        try (Child child = new Child(program, options(heap), Map.of(), arguments)) {
            long cpu = 0;
            for (int pass = 0; pass < passes; pass++) {
                Calls before = Calls.of(is.get("tool"), is.get("crm"));
                long simulating = simulators.cpu();
                if (pass > 0) {
                    child.go();
                }
                results[pass] = new Result(Long.parseLong(is.get("responses")), child.block());
                Calls calls = Calls.of(is.get("tool"), is.get("crm")).since(before);
                long used = child.cpu();
                tell(
                        name + (pass == 0 ? " cold" : " warm"),
                        results[pass],
                        calls,
                        is,
                        used - cpu,
                        simulators.cpu() - simulating);
                cpu = used;
            }
        }
        return results;
    }

    private static List<String> options(String heap) {
        String more = System.getProperty("bench.options", "");
        return more.isEmpty()
                ? List.of(heap)
                : java.util.stream.Stream.concat(
                                java.util.stream.Stream.of(heap), java.util.Arrays.stream(more.split(" ")))
                        .toList();
    }

    private static void tell(
            String name, Result result, Calls calls, Map<String, String> is, long cpu, long simulating) {
        long fewest = pages(is.get("responses")) + pages(is.get("people"));
        System.out.printf(
                "%-16s %,7.0f responses/s (%.1f s after %.1f s of starting; processor %.1f s, simulators %.1f s)%n",
                name,
                result.rate(),
                result.number("work") / 1e3,
                result.number("start") / 1e3,
                cpu / 1e3,
                simulating / 1e3);
        System.out.printf(
                "                 tool calls %,d (fewest %,d: %.2f); CRM writes %,d (fewest %,d: %.3f) of %s rows%n",
                calls.reads(),
                fewest,
                (double) calls.reads() / fewest,
                calls.writes(),
                calls.fewestWrites(),
                (double) calls.writes() / calls.fewestWrites(),
                calls.rows());
        System.out.printf(
                "                 heap: at most %d MB in use, %d MB held after a full collection; calls %s%n",
                result.number("used"), result.number("held"), calls.calls());
    }

    private static long pages(String rows) {
        return (Long.parseLong(rows) + 49) / 50;
    }

    private static void clear(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
