package bellwether.kill;

import bellwether.House;
import bellwether.daemon.Daemon;
import java.nio.file.Path;
import java.time.Clock;

/** A daemon in a JVM of its own, to be killed: runs from a home folder that is there, says when all is settled, and stays. */
public final class Victim {
    private Victim() {}

    /** {@code <home folder>}; settings come from the environment. */
    public static void main(String[] arguments) throws InterruptedException {
        try (Daemon daemon = new House(Path.of(arguments[0]), System.getenv()).daemon(Clock.systemUTC())) {
            daemon.start();
            System.out.println("INFO Victim started");
            while (true) {
                Thread.sleep(200);
                if (House.settled(daemon)) {
                    System.out.println("INFO Victim settled");
                    Thread.sleep(60_000);
                }
            }
        }
    }
}
