package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells by webhook what people answer, as a tool's file declares it: signed, with the answer in it or with its id, as JSON or as a form.
 * Like the rest of a simulated tool it shares nothing with the code that takes notices.
 */
public final class Teller {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonNode webhook;
    private final Stock stock;
    private final RowWriter rows;
    private final Proof proof;
    private final Clock clock;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong numbers;

    private Teller(Declaration declaration, Company company, Clock clock) {
        this.webhook = declaration.tool.path("webhook");
        this.stock = new Stock(company, declaration);
        this.rows = new RowWriter(declaration, stream(declaration.tool));
        this.proof = new Proof(declaration);
        this.clock = clock;
        this.numbers = new AtomicLong(clock.millis());
    }

    /**
     * @param tool the file as JSON
     * @return null if it says nothing of webhooks
     */
    public static Teller of(JsonNode tool, Company company, Clock clock) {
        return tool.has("webhook") ? new Teller(new Declaration(tool), company, clock) : null;
    }

    private static JsonNode stream(JsonNode tool) {
        JsonNode webhook = tool.path("webhook");
        JsonNode like = webhook.has("map") ? webhook : tool.path("responses");
        ObjectNode stream = JSON.objectNode();
        stream.set("map", like.path("map"));
        if (like.has("select")) {
            stream.set("select", like.get("select"));
        }
        return stream;
    }

    /**
     * Sends a notice of each answer that is new or was changed, once, and waits for what it is answered.
     *
     * @param hook the address of the connection's webhook, without the word that may stand behind it
     * @return the statuses it was answered with; none for answers that the tool does not list
     */
    public List<Integer> tell(Company.Growth growth, URI hook) throws InterruptedException {
        List<Integer> statuses = new ArrayList<>();
        for (Company.Response response : growth.added()) {
            tell(response, false, hook, statuses);
        }
        for (Company.Response response : growth.edited()) {
            tell(response, true, hook, statuses);
        }
        return statuses;
    }

    private void tell(Company.Response response, boolean edited, URI hook, List<Integer> statuses)
            throws InterruptedException {
        String id = Integer.toString(response.id());
        Item item = stock.responses().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElse(null);
        if (item != null) {
            statuses.add(send(body(item, edited), hook));
        }
    }

    private ObjectNode body(Item item, boolean edited) {
        ObjectNode body = JSON.objectNode();
        if (webhook.has("thin")) {
            List<String> names = Blanks.names(webhook.get("thin").asText());
            for (String name : names) {
                boolean last = name.equals(names.get(names.size() - 1));
                put(body, name, last ? item.id() : item.survey().id());
            }
        } else if (!webhook.path("hint").asBoolean()) {
            ObjectNode row = rows.write(item).row();
            if (webhook.path("record").asText("$").equals("$")) {
                body = row;
            } else {
                Places.put(body, webhook.get("record").asText(), row);
            }
        }
        if (webhook.has("event")) {
            put(body, webhook.at("/event/at").asText(), event(edited));
        }
        return body;
    }

    private String event(boolean edited) {
        List<JsonNode> taken = Declaration.list(webhook.at("/event/take"));
        return taken.stream()
                .map(JsonNode::asText)
                .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains("updated") == edited)
                .findFirst()
                .orElse(taken.isEmpty() ? "answered" : taken.get(0).asText());
    }

    private int send(ObjectNode body, URI hook) throws InterruptedException {
        String id = "notice-" + numbers.incrementAndGet();
        Map<String, String> headers = new TreeMap<>();
        String at = webhook.path("id").asText("");
        if (at.contains("-")) {
            headers.put(at, id);
        } else if (!at.isEmpty()) {
            put(body, at, id);
        }
        boolean form = webhook.path("bodies").path(0).asText().equals("form");
        byte[] bytes = form ? form(body).getBytes(StandardCharsets.UTF_8) : Json.bytes(body);
        headers.putAll(proof.headers(id, bytes, clock.instant()));
        headers.put("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(hook + proof.suffix())).POST(BodyPublishers.ofByteArray(bytes));
        headers.forEach(request::header);
        try {
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException("Nobody takes notices at " + hook, e);
        }
    }

    private static void put(ObjectNode body, String place, String text) {
        Places.put(body, place, TextNode.valueOf(text));
    }

    private static String form(ObjectNode body) {
        StringJoiner form = new StringJoiner("&");
        body.properties().forEach(field -> pairs(encoded(field.getKey()), field.getValue(), form));
        return form.toString();
    }

    /** What stands deeper is named in brackets, {@code a[b]}, and items of a list are all named alike, {@code a[]}. */
    private static void pairs(String name, JsonNode value, StringJoiner form) {
        if (value.isObject()) {
            value.properties()
                    .forEach(field -> pairs(name + encoded("[" + field.getKey() + "]"), field.getValue(), form));
        } else if (value.isArray()) {
            value.forEach(item -> pairs(name + encoded("[]"), item, form));
        } else {
            form.add(name + "=" + encoded(value.asText()));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
