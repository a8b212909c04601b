package bellwether.simulator;

import java.util.HashMap;
import java.util.Map;

/**
 * A record of the CRM. Values are String (texts, ids, dates and times in the vendor's one format), BigDecimal or Boolean; a
 * field without a value is absent. {@code fields} uses the schema's spelling.
 */
final class Row {
    final ObjectType type;
    final String id;
    final Map<String, Object> fields;

    Row(ObjectType type, String id, Map<String, Object> fields) {
        this.type = type;
        this.id = id;
        this.fields = new HashMap<>(fields);
    }

    Object value(String field) {
        return field.equals("Id") ? id : fields.get(field);
    }

    boolean deleted() {
        return Boolean.TRUE.equals(fields.get("IsDeleted"));
    }
}
