package bellwether.source;

import bellwether.mapping.Template;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Replaces everything in an answer but what is known to be harmless: words of the tool's file, names of fields, small numbers, the times
 * and ids that the file names. It goes by the value alone, so the same value becomes the same wherever it stands.
 */
final class Scrub {
    private static final Pattern SMALL = Pattern.compile("-?[0-9]{1,3}(?:\\.0+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.:\\[\\]-]{0,79}");
    /** What may be an id, and no word: few letters in a row, unless it is hexadecimal. */
    private static final Pattern OPAQUE =
            Pattern.compile("(?=.*[0-9])(?:(?!.*[A-Za-z]{4})[A-Za-z0-9_.:-]{1,64}|[0-9a-fA-F-]{8,64})");

    private static final Pattern DOTTED = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final Pattern ADDRESS = Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]*\\w");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vocabulary vocabulary;
    private final Places places;
    private final Set<String> secrets;
    private final Set<String> tokens = new HashSet<>();
    private final boolean ordered;
    private final String base;
    private final Pseudonyms pseudonyms;

    /**
     * @param places that have read all that is to be scrubbed
     * @param secrets that must not stand in anything that is kept
     */
    Scrub(Connection connection, Vocabulary vocabulary, Places places, Set<String> secrets) {
        this.vocabulary = vocabulary;
        this.places = places;
        this.secrets = secrets;
        this.ordered = connection.tool().responses().cursor() instanceof Cursor.Ids;
        this.base = connection.baseUrl().replaceAll("/$", "");
        this.pseudonyms = new Pseudonyms(text -> places.texts.contains(text) || vocabulary.has(text));
        places.persons.forEach(this::learn);
        learn(URI.create(base).getHost());
        connection.tool().settings().forEach((name, setting) -> {
            String value = connection.setting(name);
            boolean base = connection.tool().baseUrl() != null
                    && connection.tool().baseUrl().names().contains(name);
            if (value != null && base) learn(value);
        });
    }

    /** Parts of names and addresses, by which people and companies would be recognised inside something else. */
    private void learn(String identity) {
        for (String part : Vocabulary.low(identity).split("[^\\p{L}\\p{N}]+")) {
            if (part.length() > 3 && !vocabulary.has(part)) tokens.add(part);
        }
    }

    JsonNode tree(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode scrubbed = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> scrubbed.set(text(field.getKey()), tree(field.getValue())));
            return scrubbed;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode scrubbed = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> scrubbed.add(tree(item)));
            return scrubbed;
        }
        if (node.isNumber()) return number(node);
        if (!node.isTextual()) return node;
        return places.addresses.contains(node.textValue())
                ? TextNode.valueOf(address(node.textValue()))
                : TextNode.valueOf(text(node.textValue()));
    }

    private JsonNode number(JsonNode number) {
        String plain = number.isIntegralNumber()
                ? number.asText()
                : number.decimalValue().toPlainString();
        if (keeps(plain) || keeps(number.asText())) return number;
        BigDecimal other = new BigDecimal(pseudonyms.of(plain).replaceAll("[^0-9.-]", ""));
        if (!number.isIntegralNumber()) return DecimalNode.valueOf(other);
        return plain.length() < 19 ? LongNode.valueOf(other.longValue()) : BigIntegerNode.valueOf(other.toBigInteger());
    }

    /** A text, or what stands for it. */
    String text(String text) {
        if (keeps(text)) return text;
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

    private boolean keeps(String text) {
        if (text.codePoints().noneMatch(Pseudonyms::speaks)) return !text.contains("$") && !text.contains("{");
        if (meant(text)) return true;
        if (secrets.stream().anyMatch(text::contains)) return false;
        if (places.people.contains(text)) return false;
        if (places.told.contains(text)) return true;
        boolean known = places.ids.contains(text) && OPAQUE.matcher(text).matches()
                || places.names.contains(text) && NAME.matcher(text).matches();
        return known && !DOTTED.matcher(text).matches() && !personal(text);
    }

    private boolean personal(String text) {
        for (String part : Vocabulary.low(text).split("[^\\p{L}\\p{N}]+")) if (tokens.contains(part)) return true;
        return false;
    }

    /** A setting, which may name several things parted by commas. */
    String setting(String value) {
        List<String> parts = new ArrayList<>();
        for (String part : value.split(",")) parts.add(text(part.strip()));
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
            left = left.startsWith(base)
                    ? left.substring(base.length())
                    : left.replaceFirst("://[^/?]*", "").replaceFirst("^https?", "");
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
            query.add(both.length == 1 ? part(both[0]) : name(both[0]) + "=" + part(both[1]));
        }
        return whole.append(query).toString();
    }

    private String name(String encoded) {
        String name = decoded(encoded);
        return NAME.matcher(name).matches() && !personal(name) ? encoded : part(encoded);
    }

    private String part(String encoded) {
        return encoded.isEmpty() ? "" : Template.encode(text(decoded(encoded)));
    }

    private static String decoded(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    /** What must not be found any more, whatever became of it: secrets, e-mail addresses, and what is said of people. */
    Set<String> hidden() {
        Set<String> hidden = new HashSet<>(secrets);
        for (String text : places.texts) {
            boolean person = places.people.contains(text) && text.length() > 5 && !meant(text);
            if (person) hidden.add(text);
            ADDRESS.matcher(text).results().forEach(found -> hidden.add(found.group()));
        }
        return hidden;
    }

    /** True for what the tool's file needs as it is. */
    private boolean meant(String text) {
        return vocabulary.has(text)
                || SMALL.matcher(text).matches()
                || places.times.contains(text)
                || ordered && places.ids.contains(text) && text.matches("[0-9]+");
    }
}
