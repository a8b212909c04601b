package bellwether.command;

import java.nio.file.Path;

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

    private Logs() {}
}
