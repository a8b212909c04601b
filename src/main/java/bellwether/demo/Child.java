package bellwether.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A daemon in a process of its own: {@code bellwether run} with this Java and these classes. */
final class Child implements AutoCloseable {
    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Child start(Stage stage, String name) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .filter(option -> !option.contains("ArchiveClassesAtExit"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "bellwether.Main", "run", "--home"));
        command.add(stage.home().toString());
        Path log = stage.folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.to(new File(log.toString())));
        builder.environment().keySet().removeIf(variable -> variable.matches("(BELLWETHER|WOOTRIC|SALESFORCE)_.*"));
        builder.environment().putAll(stage.environment());
        try {
            return new Child(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("A second Java cannot be started", e);
        }
    }

    /** Waits until it says that it is ready; false if it ended before, or took longer than a minute. */
    boolean ready() throws InterruptedException {
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            if (said().contains("ready in")) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    String said() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM; returns how many seconds it took to end, or -1 if it had to be killed. */
    double stop() throws InterruptedException {
        long start = System.nanoTime();
        process.destroy();
        if (process.waitFor(30, TimeUnit.SECONDS)) {
            return (System.nanoTime() - start) / 1e9;
        }
        kill();
        return -1;
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
