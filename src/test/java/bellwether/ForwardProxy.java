package bellwether;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A forward proxy on loopback, as companies have one: {@code CONNECT} opens a tunnel, other requests are passed on, one per connection.
 * It alone knows where the hosts of a test are.
 */
public final class ForwardProxy implements AutoCloseable {
    private final ServerSocket server;
    private final Map<String, Integer> hosts;
    private final List<String> seen = new CopyOnWriteArrayList<>();

    /** @param hosts local ports by host name, without port */
    public ForwardProxy(Map<String, Integer> hosts) throws IOException {
        this.hosts = hosts;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(() -> {
            while (!server.isClosed()) {
                Socket client = server.accept();
                daemon(() -> serve(client));
            }
        });
    }

    /** {@code host:port}, as a setting takes it. */
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Method and target of every request, such as {@code CONNECT acme.test:443}. */
    public List<String> seen() {
        return seen;
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            String head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            String[] first = head.substring(0, head.indexOf("\r\n")).split(" ");
            seen.add(first[0] + " " + first[1]);
            boolean tunnel = first[0].equals("CONNECT");
            URI target = URI.create(tunnel ? "http://" + first[1] : first[1]);
            try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), hosts.get(target.getHost()))) {
                if (tunnel) {
                    write(client.getOutputStream(), "HTTP/1.1 200 Connection established\r\n\r\n");
                } else {
                    String path =
                            target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
                    write(
                            upstream.getOutputStream(),
                            first[0] + " " + path + " HTTP/1.1"
                                    + head.substring(head.indexOf("\r\n"))
                                            .replaceAll("(?i)\r\nconnection: [^\r]*", "")
                                            .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n"));
                }
                daemon(() -> client.getInputStream().transferTo(upstream.getOutputStream()));
                upstream.getInputStream().transferTo(client.getOutputStream());
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // one side has gone
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
