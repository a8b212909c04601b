package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** What an unquoted YAML word means, by the core schema of YAML 1.2: {@code on}, {@code yes} and {@code 031} are not magic. */
final class Scalars {
    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]{0,17})");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]{1,18}\\.[0-9]{1,18}");

    private Scalars() {}

    static JsonNode of(String word) {
        switch (word) {
            case "", "~", "null", "Null", "NULL":
                return JsonNodeFactory.instance.nullNode();
            case "true", "True", "TRUE":
                return JsonNodeFactory.instance.booleanNode(true);
            case "false", "False", "FALSE":
                return JsonNodeFactory.instance.booleanNode(false);
            default:
                if (INTEGER.matcher(word).matches()) return whole(Long.parseLong(word));
                if (DECIMAL.matcher(word).matches()) return JsonNodeFactory.instance.numberNode(new BigDecimal(word));
                return text(word);
        }
    }

    private static JsonNode whole(long number) {
        boolean small = number == (int) number;
        return small ? JsonNodeFactory.instance.numberNode((int) number) : JsonNodeFactory.instance.numberNode(number);
    }

    static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }
}
