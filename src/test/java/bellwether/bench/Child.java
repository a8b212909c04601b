package bellwether.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program in a JVM of its own that prints {@code @name=value} lines and blocks of them, each ended by {@code @@}. */
final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    Child(Class<?> program, List<String> options, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        command.addAll(options);
        command.add("-Dlogback.configurationFile=logback-test.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder java = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        java.environment().putAll(environment);
        try {
            process = java.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The values of the next block; other lines are passed on. */
    Map<String, String> block() {
        Map<String, String> values = new LinkedHashMap<>();
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("@@")) {
                    return values;
                }
                if (line.startsWith("@")) {
                    values.put(line.substring(1, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
                } else {
                    System.out.println("    " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("The program ended before it had said all");
    }

    /** Lets a program go on that waits for it, see {@link #pause}. */
    void go() {
        try {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Processor time used so far, in milliseconds. */
    long cpu() {
        return process.info()
                .totalCpuDuration()
                .map(java.time.Duration::toMillis)
                .orElse(0L);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        try {
            // the programs end with their standard input, and what watches them (a flight recorder) may end too
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For the program itself: ends a block. */
    static void done() {
        System.out.println("@@");
    }

    static void say(String name, Object value) {
        System.out.println("@" + name + "=" + value);
    }

    /** For the program itself: waits for {@link #go}. */
    static void pause() throws IOException {
        if (System.in.read() < 0) {
            System.exit(0);
        }
    }
}
