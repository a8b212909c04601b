package bellwether.simulator;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** An object of the CRM with its fields; names are found in any case. */
final class ObjectType {
    final String name;
    final String prefix;
    final boolean upsertable;
    private final Map<String, Field> fields = new ConcurrentSkipListMap<>();

    ObjectType(String name, String prefix, boolean upsertable) {
        this.name = name;
        this.prefix = prefix;
        this.upsertable = upsertable;
        add(Field.id());
        add(Field.plain("IsDeleted", Field.Type.BOOLEAN).readOnly());
        add(Field.plain("CreatedDate", Field.Type.DATETIME).readOnly());
        add(Field.reference("CreatedById", "User").readOnly());
        add(Field.plain("LastModifiedDate", Field.Type.DATETIME).readOnly());
        add(Field.reference("LastModifiedById", "User").readOnly());
        add(Field.plain("SystemModstamp", Field.Type.DATETIME).readOnly());
    }

    ObjectType add(Field... more) {
        for (Field field : more) {
            fields.put(field.name().toLowerCase(Locale.ROOT), field);
        }
        return this;
    }

    void remove(String field) {
        fields.remove(field.toLowerCase(Locale.ROOT));
    }

    /** The field, or null. */
    Field field(String field) {
        return fields.get(field.toLowerCase(Locale.ROOT));
    }

    Collection<Field> fields() {
        return fields.values();
    }

    /** The reference field behind a relationship name, or null. */
    Field relationship(String relationship) {
        for (Field field : fields.values()) {
            if (relationship.equalsIgnoreCase(field.relationship())) {
                return field;
            }
        }
        return null;
    }
}
