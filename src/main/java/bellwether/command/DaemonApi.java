package bellwether.command;

import bellwether.daemon.Exit;
import bellwether.daemon.Refusal;
import bellwether.mapping.Configuration;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A running daemon, asked over its API: so that a command does not do beside it what it should do itself. */
final class DaemonApi {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{env:([A-Za-z0-9_]+):?([^}]*)}}");

    private final URI base;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    private DaemonApi(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** Where the daemon of a home folder serves its API, as {@code config/application.properties} says. */
    static DaemonApi of(Path home, Function<String, String> environment) {
        Properties properties = new Properties();
        Path file = home.resolve("config/application.properties");
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read", e);
            }
        }
        Function<String, String> variables = new Configuration(home, environment)::variable;
        String host = filled(properties.getProperty("camel.server.host", "127.0.0.1"), variables);
        String port = filled(properties.getProperty("camel.server.port", "8321"), variables);
        String token = filled(properties.getProperty("api.token", ""), variables);
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host;
        return new DaemonApi(URI.create("http://" + reachable + ":" + port + "/api/v1/"), token);
    }

    private static String filled(String text, Function<String, String> environment) {
        Matcher variable = VARIABLE.matcher(text.strip());
        return variable.replaceAll(found -> {
            String value = environment.apply(found.group(1));
            return Matcher.quoteReplacement(value == null || value.isEmpty() ? found.group(2) : value);
        });
    }

    URI base() {
        return base;
    }

    /** True if a daemon answers there. */
    boolean answers() {
        try {
            return send(request("health/live").GET().build()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Tells the daemon to do something, such as {@code connections/wootric/pull}.
     *
     * @throws Refusal with what the daemon said, when it refuses
     */
    void order(String path) {
        try {
            HttpResponse<String> answer =
                    send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
            if (answer.statusCode() >= 300) {
                throw new Refusal(
                        answer.statusCode() == 409 ? Exit.UNREACHABLE : Exit.FAILURE,
                        "The daemon at " + base + " refuses: " + said(answer));
            }
        } catch (IOException e) {
            throw new Refusal(
                    Exit.UNREACHABLE,
                    "A daemon holds the store, but its API does not answer at " + base + " ("
                            + e.getClass().getSimpleName()
                            + "). Set BELLWETHER_PORT and BELLWETHER_HOST as it has them.");
        }
    }

    private static String said(HttpResponse<String> answer) {
        try {
            JsonNode problem = new ObjectMapper().readTree(answer.body());
            return problem.path("detail").asText(answer.statusCode() + "") + " "
                    + problem.path("advice").asText("");
        } catch (IOException e) {
            return Integer.toString(answer.statusCode());
        }
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(10));
        return token.isBlank() ? request : request.header("Authorization", "Bearer " + token.strip());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
