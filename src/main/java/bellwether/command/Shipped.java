package bellwether.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files as they were shipped, whatever became of those on disk: kept inside the jar, folder by folder. */
public final class Shipped {
    private static final String ROOT = "shipped";

    /**
     * Copies {@code config}, {@code mappings} and {@code routes} into a folder.
     *
     * @param overwrite replaces files that are there; else they are left as they are
     * @return the files written, relative to the folder
     * @throws UncheckedIOException when a file cannot be written
     */
    public static List<Path> copy(Path to, boolean overwrite) {
        URL place = Shipped.class.getClassLoader().getResource(ROOT);
        if (place == null) {
            throw new IllegalStateException("This build of Bellwether was packed without its files");
        }
        try {
            if (place.getProtocol().equals("file")) {
                return copy(Path.of(place.toURI()), to, overwrite);
            }
            URI jar = URI.create(place.toString().substring(0, place.toString().indexOf('!')));
            try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of())) {
                return copy(inside.getPath(ROOT), to, overwrite);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped files cannot be copied to " + to, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> copy(Path from, Path to, boolean overwrite) throws IOException {
        List<Path> written = new ArrayList<>();
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = Path.of(from.relativize(file).toString());
                Path target = to.resolve(relative);
                if (Files.exists(target) && !overwrite) {
                    continue;
                }
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(file));
                written.add(relative);
            }
        }
        return written;
    }

    private Shipped() {}
}
