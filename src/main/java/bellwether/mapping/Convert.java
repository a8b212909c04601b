package bellwether.mapping;

import bellwether.nps.Metric;
import bellwether.nps.Scale;
import bellwether.nps.Score;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The conversions themselves. Each answers null for no value and throws {@link Unfit} for a value that does not fit. */
final class Convert {
    static final int LONGEST_COMMENT = 32_768;
    static final String CUT = "… [cut]";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,15})?");
    private static final int LONGEST_TEXT = 4_096;
    private static final int MOST_ENTRIES = 500;

    private Convert() {}

    /** A value that does not fit; control flow within one record, so without a stack trace. */
    static final class Unfit extends RuntimeException {
        private static final long serialVersionUID = 1;
        final String code;

        Unfit(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }
    }

    static Object convert(JsonNode node, Conversion as, Times times) {
        return convert(node, as, times, Scale.ZERO_TO_TEN);
    }

    static Object convert(JsonNode node, Conversion as, Times times, Scale scale) {
        String text = node.textValue();
        if (text == null ? node.isNull() : blank(text)) return null;
        return switch (as) {
            case TEXT -> text(node);
            case EMAIL -> email(node);
            case COMMENT -> comment(node);
            case INTEGER -> integer(node);
            case METRIC -> metric(node);
            case SCORE -> score(node, scale);
            case BOOLEAN -> flag(node);
            case INSTANT -> instant(node, times);
            case TAGS -> tags(node);
            case MAP -> map(node);
        };
    }

    /** One line of text; null if nothing is left of it. */
    private static String text(JsonNode node) {
        String text = scalar(node);
        text = plain(text)
                ? stripped(text)
                : CONTROL.matcher(clean(text).strip()).replaceAll(" ");
        if (text.length() > LONGEST_TEXT)
            throw new Unfit("FIELD_TOO_LONG", "The text is longer than " + LONGEST_TEXT + " characters.");
        return text.isEmpty() ? null : text;
    }

    /** As {@link String#isBlank}; most texts tell by their first character. */
    private static boolean blank(String text) {
        return text.isEmpty() || !printed(text.charAt(0)) && text.isBlank();
    }

    /** As {@link String#strip}; most texts have nothing around them. */
    private static String stripped(String text) {
        boolean bare = !text.isEmpty() && printed(text.charAt(0)) && printed(text.charAt(text.length() - 1));
        return bare ? text : text.strip();
    }

    private static boolean printed(char c) {
        return c > ' ' && c <= '~';
    }

    /** True if there is nothing in it to be taken out. */
    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' && (Character.isISOControl(c) || Character.isSurrogate(c))) return false;
        }
        return true;
    }

    /** The first address; a separator that belongs to an address would have to be quoted, which nobody does. */
    private static String email(JsonNode node) {
        String text = text(node);
        if (text == null) return null;
        for (int from = 0, end; from < text.length(); from = end + 1) {
            end = from;
            while (end < text.length() && text.charAt(end) != ';' && text.charAt(end) != ',') end++;
            String one = text.substring(from, end).strip();
            if (!one.isEmpty()) return one;
        }
        return null;
    }

    private static String comment(JsonNode node) {
        String text = clean(scalar(node));
        if (blank(text)) return null;
        if (text.length() <= LONGEST_COMMENT) return text;
        int end = LONGEST_COMMENT - CUT.length();
        if (Character.isHighSurrogate(text.charAt(end - 1))) end--;
        return text.substring(0, end) + CUT;
    }

    private static String scalar(JsonNode node) {
        String text = node.textValue();
        if (text != null) return text;
        if (node.isIntegralNumber() || node.isBoolean()) return node.asText();
        if (node.isNumber()) {
            double number = node.doubleValue();
            boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
            return whole ? Long.toString((long) number) : Double.toString(number);
        }
        throw new Unfit("FIELD_UNREADABLE", "The value is not text.");
    }

    /** Without what a database or UTF-8 cannot hold: NUL characters and halves of surrogate pairs. */
    private static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c > '~' && Character.isSurrogate(c))
                return text.indexOf(0) < 0 && sound(text) ? text : cleaned(text);
        }
        return text;
    }

    private static boolean sound(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) continue;
            if (Character.charCount(text.codePointAt(i)) == 1) return false;
            i++;
        }
        return true;
    }

    private static String cleaned(String text) {
        StringBuilder sound = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c != 0)
                .forEach(c -> sound.appendCodePoint(
                        c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c));
        return sound.toString();
    }

    private static Integer integer(JsonNode node) {
        double number = number(node);
        if (Double.isNaN(number) || number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw new Unfit("FIELD_UNREADABLE", "The value is not a whole number.");
        }
        return (int) number;
    }

    private static Metric metric(JsonNode node) {
        try {
            return Metric.parse(scalar(node));
        } catch (IllegalArgumentException e) {
            return Metric.OTHER;
        }
    }

    private static Integer score(JsonNode node, Scale scale) {
        if (node.isInt() && node.intValue() >= scale.min() && node.intValue() <= scale.max()) return node.intValue();
        Object raw = node.isNumber() ? node.numberValue() : node.isTextual() ? node.textValue() : node;
        Score score = Score.parse(raw, scale);
        if (score instanceof Score.Refused refused) throw new Unfit(refused.code(), refused.message());
        return score instanceof Score.Scored scored ? (Integer) scored.value() : null;
    }

    private static double number(JsonNode node) {
        if (node.isNumber()) return node.doubleValue();
        if (!node.isTextual()) return Double.NaN;
        String text = node.textValue().strip();
        return DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    }

    private static Boolean flag(JsonNode node) {
        if (node.isBoolean()) return node.booleanValue();
        return switch (node.asText("").strip().toLowerCase(java.util.Locale.ROOT)) {
            case "true", "1", "yes" -> true;
            case "false", "0", "no" -> false;
            default -> throw new Unfit("FIELD_UNREADABLE", "The value is neither true nor false.");
        };
    }

    private static Object instant(JsonNode node, Times times) {
        Object instant = times.read(node);
        if (instant == null) throw new Unfit("DATE_UNREADABLE", "The date is in none of the time formats declared.");
        return instant;
    }

    private static List<String> tags(JsonNode node) {
        if (node.size() > MOST_ENTRIES) throw tooMany();
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : node.isArray() ? node : List.of(node)) {
            String text = tag.isNull() ? null : text(tag);
            if (text != null) tags.add(text);
        }
        return List.copyOf(tags);
    }

    private static Map<String, String> map(JsonNode node) {
        if (!node.isObject()) throw new Unfit("FIELD_UNREADABLE", "The value is not a block of names and values.");
        if (node.size() > MOST_ENTRIES) throw tooMany();
        Map<String, String> map = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode value = entry.getValue();
            String name = text(TextNode.valueOf(entry.getKey()));
            String text =
                    value.isNull() ? null : text(value.isContainerNode() ? TextNode.valueOf(value.toString()) : value);
            if (name != null && text != null) map.put(name, text);
        }
        return Collections.unmodifiableMap(map);
    }

    private static Unfit tooMany() {
        return new Unfit("FIELD_TOO_LONG", "The value has more than " + MOST_ENTRIES + " entries.");
    }
}
