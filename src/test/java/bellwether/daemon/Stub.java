package bellwether.daemon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A real HTTP server on loopback that answers as a test tells it and remembers what it saw. */
public final class Stub implements AutoCloseable {
    static {
        // without it each answer with a body waits 40 ms for the other side's delayed acknowledgement
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** A request as it arrived; header names in lower case. */
    public record Seen(
            String method, String path, String rawQuery, Map<String, String> headers, String body, Instant at) {
        public String header(String name) {
            return headers.get(name);
        }
    }

    /**
     * What to say.
     *
     * @param length announced; more than the body has cuts the answer off; -1 closes the connection without a word
     */
    public record Say(int status, Map<String, String> headers, byte[] body, long length, long delayMillis) {
        public static Say json(int status, String body) {
            return of(status, "application/json", body);
        }

        public static Say of(int status, String type, String body) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return new Say(status, Map.of("Content-Type", type), bytes, bytes.length, 0);
        }

        public static Say hangUp() {
            return new Say(0, Map.of(), new byte[0], -1, 0);
        }

        public Say with(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Say(status, more, body, length, delayMillis);
        }

        public Say after(long millis) {
            return new Say(status, headers, body, length, millis);
        }

        public Say cutOff() {
            return new Say(status, headers, body, body.length + 100, delayMillis);
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    public Stub(Function<Seen, Say> answers) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, answers));
        server.start();
    }

    private void answer(HttpExchange exchange, Function<Seen, Say> answers) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(" | ", values)));
        URI uri = exchange.getRequestURI();
        Seen request = new Seen(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                uri.getRawQuery(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                Instant.now());
        seen.add(request);
        Say say = answers.apply(request);
        try {
            Thread.sleep(say.delayMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (say.length() < 0) {
            throw new IOException("hang up");
        }
        say.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(say.status(), say.length() == 0 ? -1 : say.length());
        if (say.headers().containsKey("X-Trickle")) {
            trickle(exchange, say.body());
        } else {
            exchange.getResponseBody().write(say.body());
            exchange.getResponseBody().flush();
        }
        if (say.length() > say.body().length) {
            throw new IOException("cut off");
        }
        exchange.close();
    }

    /** A byte every now and then. */
    private static void trickle(HttpExchange exchange, byte[] body) throws IOException {
        for (byte one : body) {
            exchange.getResponseBody().write(one);
            exchange.getResponseBody().flush();
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Seen> seen() {
        return seen;
    }

    public List<Seen> seen(String path) {
        return seen.stream().filter(s -> s.path().equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
