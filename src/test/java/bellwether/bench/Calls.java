package bellwether.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** How often the simulators were called, and how many rows the CRM was told. */
record Calls(Map<String, Long> calls, Map<String, Long> rows) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Calls of(String tool, String crm) throws IOException, InterruptedException {
        Map<String, Long> calls = new TreeMap<>();
        ask(tool, "calls")
                .path("calls")
                .fields()
                .forEachRemaining(e -> calls.put(e.getKey(), e.getValue().asLong()));
        ask(crm, "calls")
                .path("calls")
                .fields()
                .forEachRemaining(e -> calls.put(e.getKey(), e.getValue().asLong()));
        Map<String, Long> rows = new TreeMap<>();
        JsonNode counters = ask(crm, "counters");
        for (String how : new String[] {"created", "updated"}) {
            counters.path(how)
                    .fields()
                    .forEachRemaining(e -> rows.merge(e.getKey(), e.getValue().asLong(), Long::sum));
        }
        return new Calls(calls, rows);
    }

    /** What came to it since an earlier look. */
    Calls since(Calls before) {
        return new Calls(minus(calls, before.calls), minus(rows, before.rows));
    }

    long writes() {
        return calls.entrySet().stream()
                .filter(e -> e.getKey().startsWith("PATCH"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The fewest calls that could write so many rows. */
    long fewestWrites() {
        return rows.values().stream().mapToLong(n -> (n + 199) / 200).sum();
    }

    long reads() {
        return calls.entrySet().stream()
                .filter(e -> e.getKey().startsWith("GET /v1/"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, Long> minus(Map<String, Long> now, Map<String, Long> before) {
        Map<String, Long> difference = new TreeMap<>(now);
        before.forEach((key, value) -> difference.merge(key, -value, Long::sum));
        difference.values().removeIf(value -> value == 0);
        return difference;
    }

    private static JsonNode ask(String base, String what) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/__simulator/" + what))
                .build();
        return JSON.readTree(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body());
    }
}
