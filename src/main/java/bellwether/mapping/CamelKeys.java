package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The keys that Camel takes from a properties file, as it lists them itself. */
final class CamelKeys {
    /** Whose options are those of a component, a bean or the like: Camel itself refuses what they do not have. */
    private static final List<String> OPEN = List.of(
            "camel.component.",
            "camel.dataformat.",
            "camel.language.",
            "camel.variable.",
            "camel.beans.",
            "camel.vault.",
            "camel.threadpool.",
            "camel.ssl.");

    /** By the form that tells dashes and capitals from no others. */
    private final Map<String, String> names = new TreeMap<>();

    private CamelKeys(JsonNode listed) {
        listed.path("properties").forEach(one -> {
            String name = one.path("name").asText();
            names.put(plain(name), name);
        });
    }

    static CamelKeys shipped() {
        try (InputStream in = CamelKeys.class.getResourceAsStream("/META-INF/camel-main-configuration-metadata.json")) {
            return new CamelKeys(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean knows(String key) {
        return OPEN.stream().anyMatch(key::startsWith) || names.containsKey(plain(key));
    }

    /** The keys of the same group, as they are written in a file. */
    List<String> beside(String key) {
        String group = key.substring(0, key.lastIndexOf('.') + 1);
        return names.values().stream()
                .filter(name -> !group.isEmpty() && name.startsWith(group))
                .map(name -> name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT))
                .toList();
    }

    /** {@code max-body-size} and {@code maxBodySize} are one; of a list or map the name alone counts. */
    private static String plain(String key) {
        return key.replaceAll("\\[.*", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
