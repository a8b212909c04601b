package bellwether.source;

import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A file of {@code mappings/contracts/tools}. */
record Contract(
        String tool,
        List<Map<String, String>> evidence,
        String now,
        String zone,
        JsonNode settings,
        List<Exchange> exchanges,
        Expected expected) {

    record Exchange(
            String path, Map<String, String> query, Integer status, Map<String, String> headers, JsonNode answer) {}

    record Expected(
            List<JsonNode> responses, List<JsonNode> respondents, List<JsonNode> setAside, List<JsonNode> positions) {}

    static Contract load(String name) {
        Loaded<Contract> loaded = new Configuration(Path.of("."), variable -> null)
                .declaration("contracts/tools", name, "contract", Contract.class);
        if (!loaded.sound()) throw new AssertionError(loaded.mistakes());
        return loaded.value();
    }

    /** The same with one field changed in the rows of a list that are meant. */
    Contract mapEvery(String path, Predicate<JsonNode> meant, String field, String json) {
        List<Exchange> changed = new ArrayList<>();
        for (Exchange exchange : exchanges) {
            JsonNode answer = exchange.answer().deepCopy();
            if (exchange.path().equals(path)) {
                for (JsonNode row : answer) {
                    if (meant.test(row)) ((ObjectNode) row).set(field, parsed(json));
                }
            }
            changed.add(new Exchange(exchange.path(), exchange.query(), exchange.status(), exchange.headers(), answer));
        }
        return new Contract(tool, evidence, now, zone, settings, changed, expected);
    }

    private static JsonNode parsed(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
