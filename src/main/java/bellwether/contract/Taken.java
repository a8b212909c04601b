package bellwether.contract;

import bellwether.http.Answer;
import bellwether.http.Reply;
import bellwether.mapping.JsonPlace;
import bellwether.source.Payload;
import bellwether.source.Payloads;
import bellwether.source.Rows;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * An answer as it came, unpacked, so that it can be shortened and scrubbed.
 *
 * @param link the header that names the next page, or null
 * @param tree the whole answer, what was packed in it as a tree in its place; null if it is no JSON
 * @param payload how it, or a part of it, was packed, or null
 */
record Taken(int status, String link, JsonNode tree, Payload payload) {
    private static final String NOTHING = "{base_url}";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static Taken of(Reply reply) {
        return new Taken(reply.status(), reply.headers().get("link"), parsed(reply.body()), null);
    }

    /** @throws IOException when it is not packed as declared */
    static Taken of(Reply reply, Payload payload) throws IOException {
        String link = reply.headers().get("link");
        if (payload == null) return of(reply);
        if (payload.at() == null) {
            return new Taken(reply.status(), link, unpacked(reply.body(), payload), payload);
        }
        JsonNode tree = parsed(reply.body());
        JsonNode text = tree == null ? null : JsonPlace.of(payload.at()).in(tree);
        if (text == null || !text.isTextual()) return of(reply);
        JsonNode inside = unpacked(text.textValue().getBytes(StandardCharsets.UTF_8), payload);
        put(tree, payload.at(), inside);
        return new Taken(reply.status(), link, tree, payload);
    }

    private static JsonNode parsed(byte[] body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree == null || tree.isMissingNode() ? null : tree;
        } catch (IOException e) {
            return null;
        }
    }

    private static JsonNode unpacked(byte[] packed, Payload payload) throws IOException {
        InputStream in = Payloads.unpacked(new ByteArrayInputStream(packed), payload.unpack());
        if (payload.as().equals("json")) return JSON.readTree(in);
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        (payload.as().equals("csv") ? Rows.csv(in) : Rows.ndjson(in)).forEachRemaining(rows::add);
        return rows;
    }

    /** Puts something where something is; a place that is not there is left alone. */
    static void put(JsonNode tree, String place, JsonNode value) {
        int dot = place.lastIndexOf('.');
        JsonNode around = dot < 0 ? tree : JsonPlace.of(place.substring(0, dot)).in(tree);
        String name = place.substring(dot + 1);
        if (around instanceof ObjectNode object && object.has(name)) object.set(name, value);
    }

    /** The list in it, to be changed in place; null if there is none. */
    ArrayNode rows(String place) {
        JsonNode whole = payload == null || payload.at() == null || tree == null
                ? tree
                : JsonPlace.of(payload.at()).in(tree);
        boolean json = payload == null || payload.as().equals("json");
        JsonNode rows = whole == null || !json ? whole : JsonPlace.of(place).in(whole);
        return rows instanceof ArrayNode list ? list : null;
    }

    Taken copy() {
        return new Taken(status, link, tree == null ? null : tree.deepCopy(), payload);
    }

    Taken with(UnaryOperator<JsonNode> trees, UnaryOperator<String> links) {
        return new Taken(
                status, link == null ? null : links.apply(link), tree == null ? null : trees.apply(tree), payload);
    }

    /** As the answer to a request. */
    Contract.Exchange exchange(String method, String path, Map<String, List<String>> query, JsonNode body) {
        Map<String, String> headers = link == null ? Map.of() : Map.of("Link", link);
        Packing.Form form = tree == null ? new Packing.Form(null, null, "", null) : Packing.form(tree, payload);
        return new Contract.Exchange(
                method, path, query, body, status, headers, form.answer(), form.packed(), form.text(), form.base64());
    }

    /** As the answer to whoever asked. */
    Answer.Ok answer() {
        try {
            byte[] body = ContractAnswers.body(exchange(null, null, null, null), NOTHING);
            Map<String, String> headers = link == null ? Map.of() : Map.of("link", link);
            boolean file = payload != null && payload.at() == null;
            return new Answer.Ok(status, headers, body, file ? null : JSON.readTree(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
