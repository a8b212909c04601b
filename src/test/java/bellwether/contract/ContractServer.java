package bellwether.contract;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Answers on loopback as a contract says. */
final class ContractServer extends ContractAnswers implements AutoCloseable {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Every connection of a test keeps one open; of more than these the server would drop the youngest.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
    }

    private final HttpServer server;

    ContractServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @Override
    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    String other() {
        return base().replace("127.0.0.1", "localhost");
    }

    private void answer(HttpExchange http) throws IOException {
        byte[] sent = http.getRequestBody().readAllBytes();
        String whole = http.getRequestURI() + " " + http.getRequestHeaders().entrySet() + " "
                + new String(sent, StandardCharsets.UTF_8);
        Reply reply = answer(http.getRequestMethod(), http.getRequestURI(), sent, whole);
        reply.headers().forEach(http.getResponseHeaders()::add);
        // Each run has connections of its own; beyond 200 idle ones this server would drop them while they are used.
        http.getResponseHeaders().set("Connection", "close");
        http.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        http.getResponseBody().write(reply.body());
        http.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
