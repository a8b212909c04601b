package bellwether.command;

import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The daemon itself. */
@Command(
        name = "run",
        description = {
            "Starts the daemon and stays until it is stopped.",
            "A connection with a mistake is left out and reported, the others work. Nothing needs to be reachable."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private Bellwether main;

    @Mixin
    private HomeOption home;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        long start = System.nanoTime();
        PrintWriter out = spec.commandLine().getOut();
        Path folder = home.of(main.environment());
        Installation installation = Installation.load(folder, main.environment());
        Mistakes.print(installation, folder, spec.commandLine().getErr());
        if (!installation.usable()) {
            return Exit.CONFIGURATION.code();
        }
        Daemon daemon = installation.daemon(main.clock());
        var started = new AtomicBoolean();
        var stopping = new AtomicBoolean();
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stopping.set(true);
                            if (!started.get()) {
                                Logs.endOfCamel();
                            }
                            daemon.close();
                            out.println("stopped");
                            stopped.countDown();
                        },
                        "stop"));
        out.println(VersionCommand.text());
        Summary.print(installation, out);
        try {
            daemon.start();
            started.set(true);
        } catch (RuntimeException e) {
            if (stopping.get()) {
                stopped.await();
                return Exit.OK.code();
            }
            throw e;
        }
        out.printf(
                Locale.ROOT,
                "ready in %.1f s: API on port %d, GET /api/v1/connections says how everything is%n",
                (System.nanoTime() - start) / 1e9,
                daemon.port());
        out.flush();
        stopped.await();
        return Exit.OK.code();
    }
}
