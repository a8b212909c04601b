package bellwether.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Answers as a contract says: the same request asked again gets the next answer written for it, the last one for ever. The log-in of an
 * OAuth grant is answered by itself.
 */
abstract class ContractAnswers {
    static final String TOKEN = "contract-token";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A request, in a form that can be compared; {@code whole} is all of it, for a search. */
    record Asked(String method, String path, Map<String, List<String>> query, JsonNode body, String whole) {
        boolean like(Contract.Exchange exchange) {
            return text().equals(text(exchange));
        }

        String text() {
            return text(method, path, query, body);
        }

        static String text(Contract.Exchange exchange) {
            return text(exchange.method(), exchange.path(), exchange.query(), exchange.body());
        }

        private static String text(String method, String path, Map<String, List<String>> query, JsonNode body) {
            return method + " " + path + " " + new TreeMap<>(query) + " " + (body == null ? "" : sorted(body));
        }

        private static Object sorted(JsonNode body) {
            return JSON.convertValue(body, Object.class) instanceof Map<?, ?> map ? deep(map) : body;
        }

        private static Object deep(Object value) {
            if (value instanceof List<?> list)
                return list.stream().map(Asked::deep).toList();
            if (!(value instanceof Map<?, ?> map)) return value;
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((name, inner) -> sorted.put(String.valueOf(name), deep(inner)));
            return sorted;
        }
    }

    /** What is sent back. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
        }
    }

    final List<Asked> asked = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private List<Contract.Exchange> exchanges = List.of();
    private Function<Asked, Reply> otherwise = request -> null;
    /** The query parameter that holds the key, which no contract repeats, or null. */
    String keyParameter;

    /** The address that {@code {base_url}} stands for. */
    abstract String base();

    /** Another address that leads to the same answers, for {@code {other_url}}. */
    abstract String other();

    /** Answers these; what is not among them is answered by the second, or with status 500. */
    synchronized void serve(List<Contract.Exchange> all, Function<Asked, Reply> others) {
        exchanges = all;
        otherwise = others;
        asked.clear();
        counts.clear();
    }

    /** @param whole all of the request, for a search */
    final synchronized Reply answer(String method, URI uri, byte[] sent, String whole) throws IOException {
        if (uri.getPath().equals("/log-in"))
            return Reply.of(200, "{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"bearer\",\"expires_in\":7200}");
        Map<String, List<String>> query = query(uri.getRawQuery());
        if (keyParameter != null) query.remove(keyParameter);
        JsonNode body = sent.length == 0 ? null : JSON.readTree(sent);
        Asked request = new Asked(method, uri.getPath(), query, body, whole);
        asked.add(request);
        return reply(request);
    }

    private Reply reply(Asked request) throws IOException {
        List<Contract.Exchange> fitting =
                exchanges.stream().filter(request::like).toList();
        if (fitting.isEmpty()) {
            Reply other = otherwise.apply(request);
            return other == null ? Reply.of(500, "{}") : other;
        }
        int count = counts.merge(request.text(), 1, Integer::sum);
        return reply(fitting.get(Math.min(count, fitting.size()) - 1));
    }

    Reply reply(Contract.Exchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        headers.put(
                "Content-Type",
                exchange.answer() != null ? "application/json; charset=utf-8" : "application/octet-stream");
        exchange.headers()
                .forEach((name, value) ->
                        headers.put(name, value.replace("{base_url}", base()).replace("{other_url}", other())));
        return new Reply(exchange.status(), headers, body(exchange, base()));
    }

    /** The body that is sent, {@code {base_url}} filled in. */
    static byte[] body(Contract.Exchange exchange, String base) throws IOException {
        if (exchange.answerBase64() != null) return Base64.getMimeDecoder().decode(exchange.answerBase64());
        if (exchange.packed() != null) return packed(exchange);
        if (exchange.answer() != null) return filled(JSON.writeValueAsString(exchange.answer()), base);
        return filled(exchange.answerText() == null ? "" : exchange.answerText(), base);
    }

    private static byte[] packed(Contract.Exchange exchange) throws IOException {
        Contract.Exchange.Packed packed = exchange.packed();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonNode part =
                packed.at() == null ? exchange.answer() : exchange.answer().path(packed.at());
        if (packed.as().equals("zip")) {
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("answers.json"));
                zip.write(JSON.writeValueAsBytes(part));
            }
            return out.toByteArray();
        }
        ObjectNode whole = exchange.answer().deepCopy();
        whole.put(packed.at(), Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(part)));
        return JSON.writeValueAsBytes(whole);
    }

    private static byte[] filled(String text, String base) {
        return text.replace("{base_url}", base).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, List<String>> query(String raw) {
        Map<String, List<String>> query = new HashMap<>();
        if (raw == null) return query;
        for (String part : raw.split("&")) {
            String[] pair = part.split("=", 2);
            query.computeIfAbsent(decoded(pair[0]), name -> new ArrayList<>())
                    .add(pair.length < 2 ? "" : decoded(pair[1]));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
