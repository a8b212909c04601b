package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A request that fits what is declared of an endpoint, and what it says in place of the names: in path and body, or as parameters.
 *
 * @param found by name
 * @param parameters of the query
 */
record Asked(Request request, Map<String, String> found, Map<String, List<String>> parameters) {
    /** What a request says, or null if it is meant for another endpoint. */
    static Asked of(Request request, String path, JsonNode endpoint, String method, Function<String, String> known) {
        Map<String, String> found = new HashMap<>();
        String declared = endpoint.path("path").asText();
        boolean fits = request.method().equals(endpoint.path("method").asText(method))
                && Blanks.path(declared, path, known, found)
                && (!endpoint.has("body") || Blanks.read(endpoint.get("body"), json(request), known, found));
        return fits ? new Asked(request, found, request.all()) : null;
    }

    private static JsonNode json(Request request) {
        try {
            return Json.MAPPER.readTree(request.body());
        } catch (IOException e) {
            return Json.MAPPER.nullNode();
        }
    }

    /** A value that stands in place of a name, or else as the parameter that is declared for it; null if there is none. */
    String value(String name, JsonNode parameter) {
        String there = found.get(name);
        List<String> given = parameter.isTextual() ? parameters.get(parameter.asText()) : null;
        return there != null || given == null ? there : given.get(0);
    }

    /** @throws Refused if it is no whole number */
    int number(String name, JsonNode parameter, int usual) {
        String text = value(name, parameter);
        return text == null ? usual : (int) Window.number(name, text);
    }
}
