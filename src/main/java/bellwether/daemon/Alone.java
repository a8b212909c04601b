package bellwether.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One daemon at a time for a SQLite file: a lock beside it that ends with the process, however that ends. */
public final class Alone implements AutoCloseable {
    private final FileChannel channel;

    private Alone(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock of a store, or null if somebody holds it. A store that several daemons may share needs none. */
    static Alone take(String url) {
        Path file = lock(url);
        if (file == null) {
            return new Alone(null);
        }
        FileChannel channel = null;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new Alone(channel);
            }
            channel.close();
            return null;
        } catch (OverlappingFileLockException held) {
            close(channel);
            return null;
        } catch (IOException e) {
            throw new Refusal(
                    Exit.FAILURE,
                    "The store's folder " + file.toAbsolutePath().getParent() + " cannot be written ("
                            + e.getClass().getSimpleName()
                            + "): let Bellwether's user write it, or name another place by"
                            + " BELLWETHER_STORE_URL.");
        }
    }

    /** True while a daemon runs on this store; never true for a store that several may share. */
    public static boolean taken(String url) {
        Path file = lock(url);
        if (file == null || !Files.exists(file)) {
            return false;
        }
        try (Alone mine = take(url)) {
            return mine == null;
        }
    }

    private static Path lock(String url) {
        return url.startsWith("jdbc:sqlite:")
                ? Path.of(url.substring("jdbc:sqlite:".length()).replaceAll("\\?.*", "") + ".lock")
                : null;
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
