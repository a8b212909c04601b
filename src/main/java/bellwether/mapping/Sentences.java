package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;

/** What a schema refused, as a sentence with advice; the advice is the schema's own description of the key. */
final class Sentences {
    private static final String KNOWN_KEYS = "Known keys: ";

    private final JsonNode schema;
    private final Document document;

    Sentences(JsonNode schema, Document document) {
        this.schema = schema;
        this.document = document;
    }

    Mistake of(ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        JsonNode rule = rule(message);
        switch (message.getType()) {
            case "additionalProperties":
                return document.mistake(
                        Document.child(pointer, message.getProperty()),
                        "this key is not known here.",
                        suggestion(message.getProperty(), rule));
            case "propertyNames":
                return document.mistake(
                        Document.child(pointer, message.getProperty()),
                        "this name is not allowed here.",
                        allowed(message));
            case "required":
                return document.mistake(
                        pointer,
                        "the key '" + message.getProperty() + "' is missing.",
                        described(rule.path("properties").path(message.getProperty())));
            case "type":
                return document.mistake(
                        pointer,
                        "this must be " + kind(message.getSchemaNode()) + ", not " + found(pointer) + ".",
                        described(rule));
            case "enum":
                return document.mistake(
                        pointer,
                        found(pointer) + " is not one of: " + list(message.getSchemaNode()) + ".",
                        described(rule));
            case "const":
                return document.mistake(
                        pointer,
                        found(pointer) + " must be " + message.getSchemaNode().asText() + ".",
                        described(rule));
            case "pattern", "oneOf", "anyOf", "format":
                return document.mistake(pointer, found(pointer) + " is not written as expected here.", described(rule));
            case "minimum", "exclusiveMinimum":
                return document.mistake(
                        pointer,
                        found(pointer) + " is too small, the least is "
                                + message.getSchemaNode().asText() + ".",
                        described(rule));
            case "maximum", "exclusiveMaximum":
                return document.mistake(
                        pointer,
                        found(pointer) + " is too large, the most is "
                                + message.getSchemaNode().asText() + ".",
                        described(rule));
            case "uniqueItems":
                return document.mistake(pointer, "something stands in this list twice.", described(rule));
            case "minItems", "minProperties", "minLength":
                return document.mistake(pointer, "this must not be empty.", described(rule));
            default:
                String text = message.getMessage();
                return document.mistake(pointer, text.substring(text.indexOf(": ") + 2) + ".", described(rule));
        }
    }

    /** The schema object that holds the keyword which refused. */
    private JsonNode rule(ValidationMessage message) {
        String location = message.getSchemaLocation().getFragment().toString();
        return schema.at(Document.parent(location));
    }

    /** What a key may be called: one of a list, or a pattern with a description. */
    private String allowed(ValidationMessage message) {
        JsonNode rule = message.getSchemaNode();
        if (rule.has("then")) rule = rule.get("then");
        if (rule.has("$ref")) rule = schema.at(rule.get("$ref").asText().substring(1));
        if (!rule.has("enum")) return described(rule);
        List<String> known = new ArrayList<>();
        rule.get("enum").forEach(name -> known.add(name.asText()));
        return suggestion(message.getProperty(), known, KNOWN_KEYS);
    }

    private static String suggestion(String unknown, JsonNode rule) {
        List<String> known = new ArrayList<>();
        rule.path("properties").fieldNames().forEachRemaining(known::add);
        return suggestion(unknown, known, KNOWN_KEYS);
    }

    /** The name that was meant, or all there are after some words. */
    static String suggestion(String unknown, List<String> known, String before) {
        String nearest = null;
        int least = Math.max(2, unknown.length() / 3) + 1;
        for (String name : known) {
            int distance = distance(unknown, name);
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest != null ? "Did you mean '" + nearest + "'?" : before + String.join(", ", known) + ".";
    }

    private static String described(JsonNode rule) {
        String text = rule.path("description").asText("");
        if (!text.isEmpty() && !text.endsWith(".")) text += ".";
        JsonNode example = rule.path("examples").path(0);
        return example.isMissingNode() ? text : (text + " For example: " + example.asText() + ".").strip();
    }

    /** The value as written; never one that was filled in or that may be a secret. */
    private String found(String pointer) {
        JsonNode value = document.root().at(pointer);
        if (document.filled().containsKey(pointer)) return "the value filled in from the environment";
        if (value.isObject()) return "a block of keys";
        if (value.isArray()) return "a list";
        if (value.isNull()) return "empty";
        if (Secret.KEYS.contains(Document.name(pointer))) return "this value";
        String text = value.asText();
        return "'" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "'";
    }

    private static String kind(JsonNode type) {
        if (type.isArray()) {
            List<String> kinds = new ArrayList<>();
            type.forEach(one -> kinds.add(kind(one)));
            return String.join(" or ", kinds);
        }
        return switch (type.asText()) {
            case "object" -> "a block of keys";
            case "array" -> "a list";
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> type.asText();
        };
    }

    private static String list(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return String.join(", ", texts);
    }

    /** Levenshtein distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
