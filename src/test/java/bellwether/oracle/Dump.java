package bellwether.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a simulator tells of its own data: one JSON object per line. */
final class Dump {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Dump() {}

    static List<JsonNode> lines(String base, String what) {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : text(base, what).split("\n")) {
            if (!line.isBlank()) {
                lines.add(json(line));
            }
        }
        return lines;
    }

    static JsonNode object(String base, String what) {
        return json(text(base, what));
    }

    /** Records by their id. */
    static Map<String, JsonNode> records(String base, String type) {
        Map<String, JsonNode> records = new LinkedHashMap<>();
        for (JsonNode line : lines(base, "records/" + type)) {
            records.put(line.get("Id").asText(), line);
        }
        return records;
    }

    private static String text(String base, String what) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/__simulator/" + what))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(what + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
