package bellwether.http;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The network between us and a declared API.
 *
 * @param connectTimeout until a connection stands
 * @param answerTimeout longest silence while waiting for an answer; the whole of it may take three times as long
 * @param maxAnswer largest answer in bytes, after decompression
 * @param connections kept open at most
 * @param proxy to go through, or null
 * @param caFile PEM file with certificates to trust beside the JDK's own, or null
 */
public record Net(
        Duration connectTimeout, Duration answerTimeout, int maxAnswer, int connections, Proxy proxy, Path caFile) {

    /** Largest file in bytes, after decompression. */
    public static final long MAX_FILE = 4L << 30;

    public static final Net DEFAULT = new Net(Duration.ofSeconds(10), Duration.ofSeconds(60), 64 << 20, 20, null, null);

    /**
     * An HTTP proxy.
     *
     * @param user or null
     * @param password or null
     */
    public record Proxy(String host, int port, String user, Secret password) {}

    public Net answering(Duration within) {
        return new Net(connectTimeout, within, maxAnswer, connections, proxy, caFile);
    }

    public Net atMost(int bytes) {
        return new Net(connectTimeout, answerTimeout, bytes, connections, proxy, caFile);
    }

    public Net through(Proxy proxy) {
        return new Net(connectTimeout, answerTimeout, maxAnswer, connections, proxy, caFile);
    }

    public Net trusting(Path caFile) {
        return new Net(connectTimeout, answerTimeout, maxAnswer, connections, proxy, caFile);
    }
}
