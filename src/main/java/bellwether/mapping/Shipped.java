package bellwether.mapping;

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
        try {
            return within(root -> copy(root, to, overwrite));
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped files cannot be copied to " + to, e);
        }
    }

    /** The names of the YAML files in a shipped folder, without their ending and in order. */
    public static List<String> names(String folder) {
        try {
            return within(root -> {
                try (var files = Files.list(root.resolve(folder))) {
                    return files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml"))
                            .map(name -> name.substring(0, name.length() - ".yaml".length()))
                            .sorted()
                            .toList();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped files cannot be read", e);
        }
    }

    private interface Use<T> {
        T of(Path root) throws IOException;
    }

    private static <T> T within(Use<T> use) throws IOException {
        URL place = Shipped.class.getClassLoader().getResource(ROOT);
        if (place == null) {
            throw new IllegalStateException("This build of Bellwether was packed without its files");
        }
        try {
            if (place.getProtocol().equals("file")) {
                return use.of(Path.of(place.toURI()));
            }
            URI jar = URI.create(place.toString().substring(0, place.toString().indexOf('!')));
            try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of())) {
                return use.of(inside.getPath(ROOT));
            }
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
