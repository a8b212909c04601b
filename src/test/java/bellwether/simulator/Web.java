package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A plain HTTP client of one simulator, logged in or not. */
final class Web {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LOGIN = "grant_type=client_credentials&client_id=demo-client&client_secret=demo-secret";

    private final String base;
    private final String token;

    private Web(String base, String token) {
        this.base = base;
        this.token = token;
    }

    static Web stranger(String base) {
        return new Web(base, null);
    }

    static Web wootric(WootricSimulator simulator) {
        return login(simulator.baseUrl(), "/oauth/token");
    }

    static Web salesforce(SalesforceSimulator simulator) {
        return login(simulator.baseUrl(), "/services/oauth2/token");
    }

    String token() {
        return token;
    }

    Reply get(String path) {
        return send("GET", path, null, "application/json");
    }

    Reply form(String path, String body) {
        return send("POST", path, body, "application/x-www-form-urlencoded");
    }

    Reply json(String method, String path, String body) {
        return send(method, path, body, "application/json");
    }

    Reply query(String soql) {
        return get("/services/data/v66.0/query/?q=" + encoded(soql));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    Reply send(String method, String path, String body, String type) {
        try {
            return tried(method, path, body, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply tried(String method, String path, String body, String type) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base + path.replace("[", "%5B").replace("]", "%5D")))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", type)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return new Reply(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Web login(String base, String path) {
        Reply reply = stranger(base).form(path, LOGIN);
        return new Web(base, reply.json().path("access_token").asText());
    }

    record Reply(HttpResponse<String> raw) {
        int status() {
            return raw.statusCode();
        }

        String body() {
            return raw.body();
        }

        String header(String name) {
            return raw.headers().firstValue(name).orElse(null);
        }

        JsonNode json() {
            try {
                return JSON.readTree(raw.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
