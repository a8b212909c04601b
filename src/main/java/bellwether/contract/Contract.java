package bellwether.contract;

import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A file of {@code mappings/contracts/tools}. */
record Contract(
        String tool,
        List<Map<String, String>> evidence,
        String now,
        List<String> again,
        String zone,
        ObjectNode settings,
        List<Exchange> exchanges,
        List<Hook> webhooks,
        Expected expected) {

    Contract {
        again = again == null ? List.of() : again;
        webhooks = webhooks == null ? List.of() : webhooks;
    }

    record Exchange(
            String method,
            String path,
            Map<String, List<String>> query,
            JsonNode body,
            Integer status,
            Map<String, String> headers,
            JsonNode answer,
            Packed packed,
            String answerText,
            String answerBase64) {
        /** The answer is packed, or the part of it with this name. */
        record Packed(String at, String as) {}

        Exchange {
            method = method == null ? "GET" : method;
            query = query == null ? Map.of() : query;
            status = status == null ? 200 : status;
            headers = headers == null ? Map.of() : headers;
        }

        Exchange answering(JsonNode other) {
            return new Exchange(method, path, query, body, status, headers, other, packed, answerText, answerBase64);
        }
    }

    /** A notice as it is sent. */
    record Hook(String at, String suffix, Map<String, String> headers, String body, News expected) {
        Hook {
            suffix = suffix == null ? "" : suffix;
            headers = headers == null ? Map.of() : headers;
        }
    }

    /** What must come of a notice. */
    record News(
            String news,
            List<JsonNode> responses,
            List<JsonNode> respondents,
            List<JsonNode> setAside,
            List<String> gone,
            String fetch) {
        News {
            responses = responses == null ? List.of() : responses;
            respondents = respondents == null ? List.of() : respondents;
            setAside = setAside == null ? List.of() : setAside;
            gone = gone == null ? List.of() : gone;
        }
    }

    record Expected(
            List<JsonNode> responses,
            List<JsonNode> respondents,
            List<JsonNode> sends,
            Integer skipped,
            List<String> refused,
            List<JsonNode> setAside,
            List<JsonNode> positions) {
        Expected {
            respondents = respondents == null ? List.of() : respondents;
            sends = sends == null ? List.of() : sends;
            skipped = skipped == null ? 0 : skipped;
            refused = refused == null ? List.of() : refused;
            setAside = setAside == null ? List.of() : setAside;
        }
    }

    static Loaded<Contract> load(Configuration configuration, String name) {
        return configuration.declaration("contracts/tools", name, "contract", Contract.class);
    }

    /** @param home the folder that holds {@code mappings} */
    static Contract load(Path home, String name) {
        Loaded<Contract> loaded = load(new Configuration(home, variable -> null), name);
        if (!loaded.sound()) throw new IllegalStateException(loaded.mistakes().toString());
        return loaded.value();
    }

    static Contract load(String name) {
        return load(Path.of("."), name);
    }

    /** The same with other answers. */
    Contract answering(UnaryOperator<Exchange> change) {
        List<Exchange> changed = new ArrayList<>();
        exchanges.forEach(exchange -> changed.add(change.apply(exchange)));
        return new Contract(tool, evidence, now, again, zone, settings, changed, webhooks, expected);
    }
}
