package bellwether.command;

import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** {@code --home}, the same for every command that needs it. */
public final class HomeOption {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The folder with config/, mappings/ and routes/. Default: $BELLWETHER_HOME, else the folder"
                    + " Bellwether is installed in, else the current one.")
    private Path home;

    /** The folder meant, absolute; whether it is there is not looked at. */
    public Path of(Function<String, String> environment) {
        if (home != null) {
            return absolute(home);
        }
        String named = environment.apply("BELLWETHER_HOME");
        String installed = System.getProperty("bellwether.home");
        return absolute(Path.of(named != null && !named.isBlank() ? named : installed != null ? installed : ""));
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
