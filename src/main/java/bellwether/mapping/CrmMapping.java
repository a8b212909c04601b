package bellwether.mapping;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A CRM as declared in {@code mappings/crms/<name>.yaml}: what is read from it and which of our values goes into which field.
 *
 * @param crm name of the file
 * @param label for people
 * @param wire how it is spoken to; {@code salesforce} is Camel's Salesforce component
 * @param loginUrl used unless the connection names another
 * @param apiVersion used unless the connection names another
 * @param directory what is read, by kind: {@code account}, {@code contact}
 * @param push what is written, by kind: {@code contact}, {@code account}, {@code response} hold what is, {@code signal} records once what
 *     happened
 */
public record CrmMapping(
        String crm,
        String label,
        String wire,
        String loginUrl,
        String apiVersion,
        Map<String, Query> directory,
        Map<String, Kind> push) {
    public CrmMapping {
        if (directory != null && directory.keySet().containsAll(List.of("account", "contact"))) {
            Set<String> both =
                    new TreeSet<>(directory.get("account").attributes().keySet());
            both.retainAll(directory.get("contact").attributes().keySet());
            if (!both.isEmpty()) {
                throw new IllegalArgumentException("directory: " + String.join(", ", both)
                        + " is an attribute of accounts and of contacts: give one of them another name.");
            }
        }
    }

    /** What figures can be grouped by beside roles and surveys: the attribute's name and the kind it belongs to. */
    public Map<String, String> dimensions() {
        Map<String, String> dimensions = new TreeMap<>();
        directory.forEach((kind, query) -> query.attributes().keySet().forEach(name -> dimensions.put(name, kind)));
        return dimensions;
    }

    /**
     * What is read of one kind.
     *
     * @param fields our word to the CRM's fields; several only where a word can have several values ({@code emails})
     * @param attributes names of dimensions to the CRM's fields; one the CRM does not have is left out
     * @param where a further condition in the CRM's own language, or null
     */
    public record Query(String object, Map<String, List<String>> fields, Map<String, String> attributes, String where) {
        public Query {
            attributes = attributes == null ? Map.of() : attributes;
        }

        /** The CRM's fields, each once, in the order of the file; a SOQL SELECT list when joined by commas. */
        public Set<String> columns() {
            Set<String> columns = new LinkedHashSet<>();
            fields.values().forEach(columns::addAll);
            columns.addAll(attributes.values());
            return columns;
        }

        /** Those of the fields that can be done without: attributes, and whether a customer has left. */
        public Set<String> optional() {
            Set<String> optional = new LinkedHashSet<>(attributes.values());
            optional.addAll(fields.getOrDefault("churned", List.of()));
            fields.forEach((word, names) -> {
                if (!word.equals("churned")) {
                    names.forEach(optional::remove);
                }
            });
            return optional;
        }

        /** The CRM's field for a word that has one, or null if the word is not read. */
        public String field(String word) {
            List<String> names = fields.get(word);
            return names == null ? null : names.get(0);
        }
    }

    /**
     * What is written of one kind of object.
     *
     * @param key the CRM's field that says which record is meant, or, of records that are looked for, holds our mark; null where
     *     records cannot be told apart
     * @param fields our word to the CRM's field
     * @param windowField pattern with {@code {word}} and {@code {suffix}} for the fields of further windows, or null
     */
    public record Kind(
            String object,
            Verb verb,
            String key,
            Idempotency idempotency,
            Map<String, Column> fields,
            String windowField) {

        public Kind {
            boolean inserts = verb == Verb.INSERT;
            if (inserts == (idempotency == Idempotency.KEY)) {
                throw new IllegalArgumentException(
                        inserts
                                ? "an insert makes a new record each time: its idempotency is search or none."
                                : "an " + verb.name().toLowerCase(Locale.ROOT)
                                        + " knows its record by its key: its idempotency is key.");
            }
            if (key == null && idempotency != Idempotency.NONE) {
                throw new IllegalArgumentException("a key is needed, the field by which a record is found again.");
            }
        }

        /** The field of a word in a further window: {@code NPS_Promoters_This_Month__c}. */
        public Column column(String word, String suffix) {
            Column plain = fields.get(word);
            String name = windowField.replace("{word}", capitals(word)).replace("{suffix}", capitals(suffix));
            return plain == null ? null : new Column(name, plain.type(), plain.length(), plain.scale());
        }
    }

    /** {@code trailing_6_months} as {@code Trailing_6_Months}. */
    private static String capitals(String word) {
        StringBuilder text = new StringBuilder(word);
        for (int i = 0; i < text.length(); i++) {
            if (i == 0 || text.charAt(i - 1) == '_') text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
        }
        return text.toString();
    }

    /**
     * A field of the CRM.
     *
     * @param length the most characters a text may have, or null
     * @param scale digits after the point, or null
     */
    public record Column(String field, Type type, Integer length, Integer scale) {}

    /** Update touches only records that exist; upsert creates a missing one by its key; insert creates one each time. */
    public enum Verb {
        UPDATE,
        UPSERT,
        INSERT
    }

    /** How a repeated write is recognised: by the CRM, by looking for our mark before it is repeated, or by a person. */
    public enum Idempotency {
        KEY,
        SEARCH,
        NONE
    }

    /** What a field of a CRM holds. */
    public enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        DATE,
        DATETIME,
        PICKLIST,
        REFERENCE
    }
}
