package bellwether.contract;

import bellwether.mapping.Template;
import bellwether.source.Links;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Replaces everything in an answer but what is {@link Harmless}. It goes by the value alone, so the same value becomes the same wherever
 * it stands.
 */
final class Scrub {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vocabulary vocabulary;
    private final Harmless harmless;
    private final Set<String> addresses;
    private final Set<String> names;
    private final Pseudonyms pseudonyms;
    private final String base;

    /**
     * @param places that have read all that is to be scrubbed
     * @param base address of the live connection
     */
    Scrub(Vocabulary vocabulary, Places places, Harmless harmless, String base) {
        this.vocabulary = vocabulary;
        this.harmless = harmless;
        this.addresses = places.addresses;
        this.names = places.names;
        this.pseudonyms = new Pseudonyms(text -> places.texts.contains(text) || vocabulary.has(text));
        this.base = base.replaceAll("/$", "");
    }

    JsonNode tree(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode scrubbed = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> scrubbed.set(name(field.getKey()), tree(field.getValue())));
            return scrubbed;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode scrubbed = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> scrubbed.add(tree(item)));
            return scrubbed;
        }
        if (node.isNumber()) return number(node);
        if (!node.isTextual()) return node;
        return addresses.contains(node.textValue())
                ? TextNode.valueOf(address(node.textValue()))
                : TextNode.valueOf(text(node.textValue()));
    }

    private JsonNode number(JsonNode number) {
        String plain = number.isIntegralNumber()
                ? number.asText()
                : number.decimalValue().toPlainString();
        if (harmless.value(plain) || harmless.value(number.asText())) return number;
        BigDecimal other = new BigDecimal(pseudonyms.of(plain).replaceAll("[^0-9.-]", ""));
        if (!number.isIntegralNumber()) return DecimalNode.valueOf(other);
        return plain.length() < 19 ? LongNode.valueOf(other.longValue()) : BigIntegerNode.valueOf(other.toBigInteger());
    }

    /** A text, or what stands for it. */
    String text(String text) {
        if (harmless.value(text)) return text;
        String error = vocabulary.error(text);
        if (error != null) return error;
        if (text.matches("(?s)\\s*[\\[{].*")) {
            try {
                JsonNode inside = JSON.readTree(text);
                if (inside.isContainerNode()) return tree(inside).toString();
            } catch (JsonProcessingException e) {
                // a text like any other
            }
        }
        StringJoiner whole = new StringJoiner(" ").add(pseudonyms.of(text));
        vocabulary.titles(text).forEach(whole::add);
        return whole.toString();
    }

    /** The name of a field, or what stands for it. */
    private String name(String name) {
        return harmless.name(name) ? name : text(name);
    }

    /** A setting, which may name several things parted by commas; the name of a field stays if there is such a field. */
    String setting(String value) {
        List<String> parts = new ArrayList<>();
        for (String part : value.split(",")) {
            String one = part.strip();
            parts.add(names.contains(one) ? name(one) : text(one));
        }
        return String.join(",", parts);
    }

    /** The header {@code Link}. */
    String link(String header) {
        String next = Links.named(header, "next");
        return next == null ? null : "<" + address(next) + ">; rel=\"next\"";
    }

    /** An address that is asked for later, under the address of the contract's server. */
    private String address(String address) {
        String left = address;
        boolean absolute = address.matches("(?i)https?://.*");
        String root = URI.create(base).getRawPath();
        if (absolute)
            left = left.matches("\\Q" + base + "\\E([/?].*)?")
                    ? left.substring(base.length())
                    : left.replaceFirst("(?i)^https?://[^/?]*", "");
        else if (!root.isEmpty() && left.startsWith(root + "/")) left = left.substring(root.length());
        String[] halves = left.split("\\?", 2);
        StringBuilder whole = new StringBuilder(absolute ? "{base_url}" : "");
        StringJoiner path = new StringJoiner("/");
        for (String segment : halves[0].split("/", -1)) path.add(part(segment));
        whole.append(path);
        if (halves.length == 1) return whole.toString();
        StringJoiner query = new StringJoiner("&", "?", "");
        for (String pair : halves[1].split("&")) {
            String[] both = pair.split("=", 2);
            query.add(both.length == 1 ? part(both[0]) : Template.encode(name(decoded(both[0]))) + "=" + part(both[1]));
        }
        return whole.append(query).toString();
    }

    private String part(String encoded) {
        return encoded.isEmpty() ? "" : Template.encode(text(decoded(encoded)));
    }

    private static String decoded(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }
}
