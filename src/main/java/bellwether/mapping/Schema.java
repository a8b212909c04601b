package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The JSON Schema of one kind of file, the same that editors use; what it refuses is said in plain sentences. */
final class Schema {
    private static final Map<String, Schema> READ = new ConcurrentHashMap<>();

    /** Of no interest where a value is not even of the right kind. */
    private static final Set<String> BOUNDS =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");

    private final JsonNode node;
    private final JsonSchema schema;

    Schema(JsonNode node) {
        this.node = node;
        this.schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        node,
                        SchemaValidatorsConfig.builder()
                                .pathType(PathType.JSON_POINTER)
                                .build());
    }

    /** The schema {@code config/schema/<name>.json}, which the jar carries. */
    static Schema named(String name) {
        return READ.computeIfAbsent(name, Schema::read);
    }

    private static Schema read(String name) {
        try (InputStream in = Schema.class.getResourceAsStream("/schema/" + name + ".json")) {
            return new Schema(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema itself; only to be read. */
    JsonNode node() {
        return node;
    }

    /** Checks, and turns text filled from the environment into the number or boolean that is asked for where it was filled in. */
    List<Mistake> check(Document document) {
        boolean retyped = false;
        Set<ValidationMessage> messages = schema.validate(document.root());
        for (ValidationMessage message : messages) {
            String pointer = message.getInstanceLocation().toString();
            JsonNode typed = document.filled().get(pointer);
            if (message.getType().equals("type") && typed != null && !typed.isTextual() && !typed.isMissingNode()) {
                document.replace(pointer, typed);
                retyped = true;
            }
        }
        if (retyped) messages = schema.validate(document.root());
        return mistakes(document, messages);
    }

    private List<Mistake> mistakes(Document document, Set<ValidationMessage> messages) {
        Sentences sentences = new Sentences(node, document);
        Set<String> missing = new HashSet<>();
        for (Map.Entry<String, JsonNode> filled : document.filled().entrySet()) {
            if (filled.getValue().isMissingNode()) missing.add(filled.getKey());
        }
        Set<String> ofAnotherKind = new HashSet<>();
        for (ValidationMessage message : messages) {
            if (message.getType().equals("type")) {
                ofAnotherKind.add(message.getInstanceLocation().toString());
            }
        }
        List<Mistake> mistakes = new ArrayList<>();
        for (ValidationMessage message : messages) {
            String path = message.getEvaluationPath().toString();
            boolean insideChoice = path.matches(".*/(oneOf|anyOf)/.*");
            String pointer = message.getInstanceLocation().toString();
            boolean reported =
                    missing.contains(pointer) || ofAnotherKind.contains(pointer) && BOUNDS.contains(message.getType());
            if (!insideChoice && !reported) mistakes.add(sentences.of(message));
        }
        return mistakes;
    }
}
