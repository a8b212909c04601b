package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/** Reads credentials written as {@code client_secret_file: /run/secrets/x} and drops settings left empty by {@code ${X:}}. */
final class Secrets {
    private Secrets() {}

    /** @param secret whether the block at a pointer may have a key written with {@code _file} behind it */
    static void fill(Document document, Path home, BiPredicate<String, String> secret, List<Mistake> mistakes) {
        fill(document.root(), "", document, home, secret, mistakes);
    }

    private static void fill(
            JsonNode node,
            String pointer,
            Document document,
            Path home,
            BiPredicate<String, String> secret,
            List<Mistake> mistakes) {
        if (!(node instanceof ObjectNode object)) return;
        for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
            String child = Document.child(pointer, entry.getKey());
            JsonNode filled = document.filled().get(child);
            if (filled != null && filled.isNull()) {
                object.remove(entry.getKey());
                document.filled().remove(child);
            } else if (entry.getKey().endsWith("_file") && secret.test(pointer, base(entry.getKey()))) {
                read(object, entry, child, document, home, mistakes);
            } else {
                fill(entry.getValue(), child, document, home, secret, mistakes);
            }
        }
    }

    private static void read(
            ObjectNode object,
            Map.Entry<String, JsonNode> entry,
            String child,
            Document document,
            Path home,
            List<Mistake> mistakes) {
        String key = base(entry.getKey());
        object.remove(entry.getKey());
        if (object.has(key)) {
            mistakes.add(
                    document.mistake(child, "both '" + key + "' and '" + entry.getKey() + "' are given.", "Keep one."));
            return;
        }
        String target = Document.child(Document.parent(child), key);
        document.places().put(target, document.place(child));
        document.filled().put(target, JsonNodeFactory.instance.missingNode());
        String text = "";
        try {
            text = Files.readString(home.resolve(entry.getValue().asText())).strip();
            if (text.isEmpty()) {
                mistakes.add(document.mistake(
                        child, "the file named here is empty.", "Put the credential into it, on one line."));
            } else {
                document.filled().put(target, Scalars.text(text));
            }
        } catch (IOException | InvalidPathException e) {
            mistakes.add(document.mistake(
                    child,
                    "the file named here cannot be read.",
                    "See that it exists and that this user may read it."));
        }
        object.put(key, text);
    }

    private static String base(String key) {
        return key.substring(0, key.length() - "_file".length());
    }
}
