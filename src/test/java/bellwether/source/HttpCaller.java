package bellwether.source;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.nps.Fault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A plain caller for tests: real HTTP, no retries, statuses sorted as the tool's file says. */
public final class HttpCaller implements Caller {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private final String base;
    private final String token;

    public HttpCaller(String base) {
        this(base, "none");
    }

    public HttpCaller(String base, String token) {
        this.base = base;
        this.token = token;
    }

    @Override
    public Answer call(Request request) {
        String query = request.query().stream()
                .map(parameter -> encoded(parameter.name()) + "=" + encoded(parameter.value()))
                .collect(Collectors.joining("&"));
        String address = request.path().startsWith("http") ? request.path() : base + request.path();
        URI uri = URI.create(address + (query.isEmpty() ? "" : (address.contains("?") ? "&" : "?") + query));
        HttpRequest.Builder call = HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
        request.headers().forEach(call::header);
        if (request.contentType() != null) call.header("Content-Type", request.contentType());
        call.method(
                request.method(),
                request.body() == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(request.body()));
        try {
            HttpResponse<byte[]> answer = CLIENT.send(call.build(), HttpResponse.BodyHandlers.ofByteArray());
            int status = answer.statusCode();
            if (status / 100 == 2) return new Answer.Ok(status, headers(answer), answer.body(), json(answer.body()));
            if (status == 404) return failed(new Fault.Record("pull", "NOT_FOUND", "Not there.", ""));
            Instant reset = answer.headers()
                    .firstValue("X-Rate-Limit-Reset")
                    .map(Long::valueOf)
                    .map(Instant::ofEpochSecond)
                    .orElse(null);
            return failed(
                    status == 429 || status >= 500
                            ? new Fault.Transient("pull", "HTTP_" + status, "Busy.", "Wait.", reset)
                            : new Fault.Config("pull", "HTTP_" + status, "Refused.", "See client_id."));
        } catch (IOException | InterruptedException e) {
            return failed(new Fault.Transient("pull", "UNREACHABLE", "Unreachable.", "Wait.", null));
        }
    }

    private static Map<String, String> headers(HttpResponse<?> answer) {
        Map<String, String> headers = new HashMap<>();
        answer.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        return headers;
    }

    private static Answer failed(Fault fault) {
        return new Answer.Failed(fault);
    }

    private static JsonNode json(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
