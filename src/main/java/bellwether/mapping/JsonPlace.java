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
import java.util.regex.Pattern;

/** Where a value stands in a record: {@code end_user.properties} is walked directly, {@code $.answers[?(@.type=='nps')]} is JSONPath. */
public sealed interface JsonPlace {
    /** The value there: null if the record has no such place, a NullNode if it holds null. */
    JsonNode in(JsonNode record);

    /** All values there: the items of a list, or whatever a JSONPath finds. */
    default Iterable<JsonNode> all(JsonNode record) {
        JsonNode found = in(record);
        return found != null && found.isArray() ? found : List.of();
    }

    /** Compiles a path; an IllegalArgumentException says in a sentence what is wrong with it. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static JsonPlace of(String path) {
        if (path.equals("$")) return Dotted.of(path, new String[0]);
        if (!path.startsWith("$")) return Dotted.of(path, path.split("\\."));
        if (Items.fits(path)) return Items.of(path);
        try {
            return new Searched(JsonPath.compile(path));
        } catch (InvalidPathException e) {
            // With a cause it is a slip of the parser, whose words help nobody.
            String said = e.getCause() == null ? e.getMessage() : "it breaks off or is not closed";
            throw new IllegalArgumentException("'" + path + "' is not a JSONPath: " + said + ".", e);
        }
    }

    /** Names joined by dots, a number for a place in a list; a name that holds dots itself is found too. */
    record Dotted(String path, String[] names, int[] indices) implements JsonPlace {
        private static final Pattern INDEX = Pattern.compile("[0-9]{1,6}");

        static Dotted of(String path, String[] names) {
            int[] indices = new int[names.length];
            for (int i = 0; i < names.length; i++) {
                indices[i] = INDEX.matcher(names[i]).matches() ? Integer.parseInt(names[i]) : -1;
                // The parser's names are of the pool too, so that they are found by being the same.
                names[i] = names[i].intern();
            }
            return new Dotted(path, names, indices);
        }

        /** The one name; null if there are more, or if it may be a place in a list. */
        String field() {
            return names.length == 1 && indices[0] < 0 ? names[0] : null;
        }

        @Override
        public JsonNode in(JsonNode record) {
            JsonNode at = names.length > 1 ? record.get(path) : null;
            if (at != null) return at;
            at = record;
            for (int i = 0; i < names.length && at != null; i++)
                at = indices[i] >= 0 && at.isArray() ? at.get(indices[i]) : at.get(names[i]);
            return at;
        }
    }

    /** The JSONPath of what is in lists in lists, {@code $.pages[*].questions[*]}, walked without the library, for which rows wait. */
    record Items(List<String> steps) implements JsonPlace {
        private static final String ALL = "[*]";
        private static final Pattern FITTING = Pattern.compile("\\$(\\.[A-Za-z_][A-Za-z_0-9]*|\\[\\*])*\\[\\*]");

        static boolean fits(String path) {
            return FITTING.matcher(path).matches();
        }

        static Items of(String path) {
            List<String> steps = new ArrayList<>();
            for (String name :
                    path.substring(1).replace(ALL, "." + ALL).substring(1).split("\\.")) steps.add(name);
            return new Items(steps);
        }

        @Override
        public JsonNode in(JsonNode record) {
            List<JsonNode> all = all(record);
            return all.isEmpty() ? null : all.get(0);
        }

        @Override
        public List<JsonNode> all(JsonNode record) {
            List<JsonNode> found = new ArrayList<>();
            walk(record, 0, found);
            return found;
        }

        /** A list's items and a block's values alike. */
        private void walk(JsonNode at, int step, List<JsonNode> found) {
            if (step == steps.size()) found.add(at);
            else if (steps.get(step).equals(ALL)) for (JsonNode item : at) walk(item, step + 1, found);
            else if (at.isObject() && at.has(steps.get(step))) walk(at.get(steps.get(step)), step + 1, found);
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
        public Iterable<JsonNode> all(JsonNode record) {
            JsonNode found = read(record);
            return found != null && found.isArray() ? found : List.of();
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
