package bellwether.source;

import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
}
