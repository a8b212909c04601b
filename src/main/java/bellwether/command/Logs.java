package bellwether.command;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Where the log goes. To be said before anything logs: {@code logback.xml} is read once, with these names in it. A log configuration
 * of the admin's own ({@code -Dlogback.configurationFile}) is not touched.
 */
public final class Logs {
    /** Only what a person must know, on the error stream: a command's own words are its output. */
    static void quiet() {
        System.setProperty("bellwether.log.to", "STDERR");
        System.setProperty("bellwether.log.level", "ERROR");
    }

    /** To a file, so that the terminal stays clean. */
    public static void to(Path file) {
        System.setProperty("bellwether.log.to", "FILE");
        System.setProperty("bellwether.log.file", file.toString());
    }

    /** Nothing more of Camel, whose start is broken off: it has nothing to tell. */
    static void endOfCamel() {
        if (LoggerFactory.getLogger("org.apache.camel") instanceof Logger camel) {
            camel.setLevel(Level.OFF);
        }
    }

    private Logs() {}
}
