package bellwether.mapping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.ArrayList;
import java.util.List;

/** Where a value stands in a record: {@code end_user.properties} is walked directly, {@code $.answers[?(@.type=='nps')]} is JSONPath. */
public sealed interface JsonPlace {
    /** The value there: null if the record has no such place, a NullNode if it holds null. */
    JsonNode in(JsonNode record);

    /** All values there: the items of a list, or whatever a JSONPath finds. */
    default List<JsonNode> all(JsonNode record) {
        List<JsonNode> all = new ArrayList<>();
        JsonNode found = in(record);
        if (found != null && found.isArray()) found.forEach(all::add);
        return all;
    }

    /** Compiles a path; an IllegalArgumentException says in a sentence what is wrong with it. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static JsonPlace of(String path) {
        if (path.equals("$")) return new Dotted(path, new String[0]);
        if (!path.startsWith("$")) return new Dotted(path, path.split("\\."));
        try {
            return new Searched(JsonPath.compile(path));
        } catch (InvalidPathException e) {
            // With a cause it is a slip of the parser, whose words help nobody.
            String said = e.getCause() == null ? e.getMessage() : "it breaks off or is not closed";
            throw new IllegalArgumentException("'" + path + "' is not a JSONPath: " + said + ".", e);
        }
    }

    /** Names joined by dots, a number for a place in a list; a name that holds dots itself is found too. */
    record Dotted(String path, String[] names) implements JsonPlace {
        @Override
        public JsonNode in(JsonNode record) {
            JsonNode at = names.length > 1 ? record.get(path) : null;
            if (at != null) return at;
            at = record;
            for (String name : names) {
                if (at == null) return null;
                at = at.isArray() && name.matches("[0-9]{1,6}") ? at.get(Integer.parseInt(name)) : at.get(name);
            }
            return at;
        }
    }

    /** A JSONPath; of several values found the first is meant. */
    record Searched(JsonPath path) implements JsonPlace {
        private static final com.jayway.jsonpath.Configuration JACKSON = com.jayway.jsonpath.Configuration.builder()
                .jsonProvider(new JacksonJsonNodeJsonProvider())
                .mappingProvider(new JacksonMappingProvider())
                .options(Option.SUPPRESS_EXCEPTIONS)
                .build();

        @Override
        public JsonNode in(JsonNode record) {
            JsonNode found = read(record);
            return path.isDefinite() || found == null ? found : found.get(0);
        }

        @Override
        public List<JsonNode> all(JsonNode record) {
            List<JsonNode> all = new ArrayList<>();
            JsonNode found = read(record);
            if (found != null && found.isArray()) found.forEach(all::add);
            return all;
        }

        /** A filter that meets a number or text where a list should be finds nothing; the library throws, even told not to. */
        private JsonNode read(JsonNode record) {
            try {
                return path.read(record, JACKSON);
            } catch (JsonPathException e) {
                return null;
            }
        }
    }
}
