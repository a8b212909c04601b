package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes a tree as a YAML file: texts in quotes, so that each stays what it is, and what is short on one line. */
public final class YamlText {
    private static final int SHORT = 120;
    private static final Resolver RESOLVER = new Resolver();

    public static String of(JsonNode tree) {
        DumperOptions options = new DumperOptions();
        options.setWidth(Integer.MAX_VALUE);
        options.setSplitLines(false);
        options.setAllowUnicode(true);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        StringWriter text = new StringWriter();
        new org.yaml.snakeyaml.Yaml(options).serialize(node(tree), text);
        return text.toString();
    }

    private static Node node(JsonNode tree) {
        FlowStyle style = tree.toString().length() <= SHORT ? FlowStyle.FLOW : FlowStyle.BLOCK;
        if (tree instanceof ObjectNode object) {
            List<NodeTuple> entries = new ArrayList<>();
            object.properties()
                    .forEach(entry -> entries.add(new NodeTuple(name(entry.getKey()), node(entry.getValue()))));
            return new MappingNode(Tag.MAP, entries, style);
        }
        if (tree.isArray()) {
            List<Node> items = new ArrayList<>();
            tree.forEach(item -> items.add(node(item)));
            return new SequenceNode(Tag.SEQ, items, style);
        }
        if (tree.isTextual()) return text(tree.textValue(), ScalarStyle.DOUBLE_QUOTED);
        String plain = tree.isNumber() ? number(tree) : tree.asText();
        return new ScalarNode(RESOLVER.resolve(NodeId.scalar, plain, true), plain, null, null, ScalarStyle.PLAIN);
    }

    private static String number(JsonNode number) {
        BigDecimal exact = number.decimalValue();
        return number.isIntegralNumber() ? exact.toBigInteger().toString() : exact.toPlainString();
    }

    private static Node name(String key) {
        boolean plain = key.matches("[A-Za-z_][A-Za-z0-9_.-]*")
                && RESOLVER.resolve(NodeId.scalar, key, true).equals(Tag.STR);
        return text(key, plain ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }

    private static Node text(String text, ScalarStyle style) {
        return new ScalarNode(Tag.STR, text, null, null, style);
    }

    private YamlText() {}
}
