package bellwether.simulator;

import java.util.List;

/**
 * A field of a CRM object. {@code length} counts characters of texts, {@code precision} and {@code scale} digits of numbers;
 * {@code values} are those of a restricted picklist; {@code target} is the object a reference points at.
 */
record Field(
        String name,
        Type type,
        int length,
        int precision,
        int scale,
        boolean writable,
        boolean required,
        boolean externalId,
        List<String> values,
        String target) {
    /** The vendor's words for types. */
    enum Type {
        ID("id"),
        STRING("string"),
        TEXTAREA("textarea"),
        EMAIL("email"),
        PHONE("phone"),
        PICKLIST("picklist"),
        DOUBLE("double"),
        CURRENCY("currency"),
        BOOLEAN("boolean"),
        DATE("date"),
        DATETIME("datetime"),
        REFERENCE("reference");

        final String word;

        Type(String word) {
            this.word = word;
        }

        static Type of(String word) {
            for (Type type : values()) {
                if (type.word.equals(word)) {
                    return type;
                }
            }
            throw new IllegalArgumentException("no field type \"" + word + "\"");
        }

        boolean number() {
            return this == DOUBLE || this == CURRENCY;
        }
    }

    static Field id() {
        return new Field("Id", Type.ID, 18, 0, 0, false, false, false, List.of(), null);
    }

    static Field text(String name, Type type, int length) {
        return new Field(name, type, length, 0, 0, true, false, false, List.of(), null);
    }

    static Field number(String name, int precision, int scale) {
        return new Field(name, Type.DOUBLE, 0, precision, scale, true, false, false, List.of(), null);
    }

    static Field plain(String name, Type type) {
        return new Field(name, type, 0, 0, 0, true, false, false, List.of(), null);
    }

    static Field pick(String name, String... values) {
        return new Field(name, Type.PICKLIST, 255, 0, 0, true, false, false, List.of(values), null);
    }

    static Field reference(String name, String target) {
        return new Field(name, Type.REFERENCE, 18, 0, 0, true, false, false, List.of(), target);
    }

    Field readOnly() {
        return new Field(name, type, length, precision, scale, false, false, externalId, values, target);
    }

    Field mandatory() {
        return new Field(name, type, length, precision, scale, writable, true, externalId, values, target);
    }

    /** The same as a unique external id. */
    Field key() {
        return new Field(name, type, length, precision, scale, writable, true, true, values, target);
    }

    boolean custom() {
        return name.endsWith("__c");
    }

    /** The name under which the referenced record's fields are reached in queries, or null. */
    String relationship() {
        if (target == null) {
            return null;
        }
        return custom()
                ? name.substring(0, name.length() - 1) + "r"
                : name.endsWith("Id") ? name.substring(0, name.length() - 2) : null;
    }

    String label() {
        String words = custom() ? name.substring(0, name.length() - 3) : name;
        return words.replace('_', ' ').replaceAll("([a-z])([A-Z])", "$1 $2");
    }

    boolean filterable() {
        return type != Type.TEXTAREA || length <= 255;
    }
}
