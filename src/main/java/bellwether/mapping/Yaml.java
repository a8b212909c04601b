package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads one YAML file into a {@link Document}: YAML 1.2 scalars ({@code on} is a word), limits against bombs, a line for every value. */
final class Yaml {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_VALUES = 50_000;
    private static final int MAX_DEPTH = 40;

    private final String file;
    private final Environment environment;
    private final List<Mistake> mistakes;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, JsonNode> filled = new HashMap<>();
    private int values;

    private Yaml(String file, Environment environment, List<Mistake> mistakes) {
        this.file = file;
        this.environment = environment;
        this.mistakes = mistakes;
    }

    /** The document, or null if nothing could be read; adds to the mistakes. */
    static Document read(Path path, String file, Environment environment, List<Mistake> mistakes) {
        Yaml yaml = new Yaml(file, environment, mistakes);
        try {
            if (Files.size(path) > MAX_BYTES) {
                yaml.add(0, "", "the file is larger than 1 MB.", "Split it, or remove what does not belong here.");
                return null;
            }
            return yaml.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString());
        } catch (CharacterCodingException e) {
            yaml.add(0, "", "the file is not UTF-8 text.", "Save it as UTF-8.");
        } catch (IOException e) {
            yaml.add(0, "", unread(path), "See that it exists and that this user may read it.");
        }
        return null;
    }

    private static String unread(Path path) {
        if (Files.isDirectory(path)) return "this is a folder, not a file.";
        return Files.exists(path) ? "the file cannot be read." : "there is no such file.";
    }

    private Document parse(String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setMaxAliasesForCollections(50);
        limits.setNestingDepthLimit(MAX_DEPTH);
        limits.setCodePointLimit(MAX_BYTES);
        try {
            Iterator<Node> documents = new org.yaml.snakeyaml.Yaml(limits)
                    .composeAll(new StringReader(text))
                    .iterator();
            if (!documents.hasNext()) return new Document(file, JsonNodeFactory.instance.objectNode(), places, filled);
            JsonNode root = convert(documents.next(), "", 0);
            if (documents.hasNext()) {
                add(
                        line(documents.next().getStartMark()),
                        "",
                        "a second document begins here.",
                        "Remove the line '---'.");
            }
            return new Document(file, root, places, filled);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() != null ? e.getProblemMark() : e.getContextMark();
            String problem = e.getProblem() == null ? "" : ": " + e.getProblem().strip();
            add(
                    mark == null ? 0 : line(mark),
                    "",
                    "this is not YAML" + problem + ".",
                    "Look at indentation, quotes and colons near here.");
        } catch (TooMuch e) {
            add(1, "", e.getMessage(), "Write the values out, without aliases of aliases.");
        } catch (YAMLException e) {
            add(
                    1,
                    "",
                    "this is not YAML that can be read safely: " + e.getMessage() + ".",
                    "Remove aliases and deep nesting.");
        }
        return null;
    }

    private JsonNode convert(Node node, String pointer, int depth) {
        if (++values > MAX_VALUES || depth > MAX_DEPTH) {
            throw new TooMuch("the file unfolds to more than " + MAX_VALUES + " values or " + MAX_DEPTH + " levels.");
        }
        places.putIfAbsent(pointer, new Place(file, line(node.getStartMark())));
        if (node instanceof MappingNode mapping) return object(mapping, pointer, depth);
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node item : sequence.getValue()) array.add(convert(item, pointer + "/" + array.size(), depth + 1));
            return array;
        }
        return scalar((ScalarNode) node, pointer);
    }

    private ObjectNode object(MappingNode mapping, String pointer, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple entry : mapping.getValue()) {
            int line = line(entry.getKeyNode().getStartMark());
            if (!(entry.getKeyNode() instanceof ScalarNode key) || key.getTag() == Tag.MERGE) {
                add(
                        line,
                        pointer,
                        "a key must be a plain word.",
                        "Write 'key: value'; merge keys (<<) are not supported.");
                continue;
            }
            String child = Document.child(pointer, key.getValue());
            if (object.has(key.getValue())) {
                add(
                        line,
                        child,
                        "this key stands here a second time.",
                        "Keep one; the first is in line " + places.get(child).line() + ".");
                continue;
            }
            places.put(child, new Place(file, line));
            object.set(key.getValue(), convert(entry.getValueNode(), child, depth + 1));
        }
        return object;
    }

    private JsonNode scalar(ScalarNode node, String pointer) {
        String text = node.getValue();
        boolean quoted = !node.isPlain();
        if (!text.contains("${")) return quoted ? Scalars.text(text) : Scalars.of(text);
        Environment.Filled result = environment.fill(text);
        for (String missing : result.missing()) {
            add(
                    places.get(pointer).line(),
                    pointer,
                    "the environment variable " + missing + " is not set.",
                    "Set it, or let " + missing + "_FILE name a file that holds it.");
        }
        if (environment.open(text)) {
            add(
                    places.get(pointer).line(),
                    pointer,
                    "here '${' begins no variable.",
                    "Write ${NAME} or ${NAME:default}, with letters, digits and _ in the name.");
        }
        filled.put(
                pointer,
                result.missing().isEmpty()
                        ? (node.isPlain() ? Scalars.of(result.text()) : Scalars.text(result.text()))
                        : JsonNodeFactory.instance.missingNode());
        return Scalars.text(result.text());
    }

    private void add(int line, String pointer, String what, String advice) {
        mistakes.add(new Mistake(file, line, Document.dotted(pointer), what, advice));
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooMuch(String message) {
            super(message);
        }
    }
}
