package bellwether.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A port of the loopback address that one demo has to itself. The daemon binds it only after it was shown; until then a lock keeps
 * another demo, started at the same moment, from taking it too.
 */
final class Port implements AutoCloseable {
    final int number;
    private final FileChannel lock;

    private Port(int number, FileChannel lock) {
        this.number = number;
        this.lock = lock;
    }

    /** The wanted port, or the next one that is free. */
    static Port from(int wanted) {
        for (int number = wanted; number < wanted + 100; number++) {
            FileChannel lock = locked(number);
            if (lock == null) {
                continue;
            }
            var port = new Port(number, lock);
            if (free(number)) {
                return port;
            }
            port.close();
        }
        throw new IllegalStateException("No port from " + wanted + " to " + (wanted + 99) + " is free");
    }

    /** The lock of a port, which ends with this process at the latest; null if another has it. */
    private static FileChannel locked(int number) {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "bellwether-demo-" + number + ".lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (IOException | OverlappingFileLockException taken) {
            // by another user, or by this very process
        }
        close(channel);
        return null;
    }

    private static boolean free(int number) {
        try (var socket = new ServerSocket(number, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // it held nothing but the lock
        }
    }

    @Override
    public void close() {
        close(lock);
    }
}
