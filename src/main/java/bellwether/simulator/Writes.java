package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Creates and updates single records, with the checks the CRM makes. Each method throws {@link Problem.Failure} for a refused record. */
final class Writes {
    private final Org org;
    private final RowFaults faults;

    Writes(Org org, RowFaults faults) {
        this.org = org;
        this.faults = faults;
    }

    /** Updates the record the JSON names by its id; never creates. */
    String update(JsonNode json, String by) {
        ObjectType type = typeOf(json);
        String given = id(json);
        if (given == null) {
            throw fail("MISSING_ARGUMENT", "Id not specified in an update call");
        }
        Row row = existing(type, given);
        faults.hit(row.id);
        return update(row, json, by);
    }

    String update(Row row, JsonNode json, String by) {
        Map<String, Object> changes = fields(row.type, json);
        for (Field field : row.type.fields()) {
            if (field.required() && changes.containsKey(field.name()) && changes.get(field.name()) == null) {
                throw fail(
                        "REQUIRED_FIELD_MISSING", "Required fields are missing: [" + field.name() + "]", field.name());
            }
        }
        unique(row.type, changes, row);
        org.update(row, changes, by);
        return row.id;
    }

    String create(JsonNode json, String by) {
        return create(typeOf(json), json, by);
    }

    String create(ObjectType type, JsonNode json, String by) {
        if (type.name.equals("User")) {
            throw fail("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "entity type cannot be inserted: User");
        }
        if (id(json) != null) {
            throw fail("INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", "Id");
        }
        Map<String, Object> values = fields(type, json);
        values.values().removeIf(java.util.Objects::isNull);
        require(type, values);
        unique(type, values, null);
        return org.create(type, values, by).id;
    }

    /** Updates the record with this external id, or creates it. */
    RowResult upsert(ObjectType type, Field key, JsonNode json, String by) {
        if (id(json) != null) {
            throw fail("INVALID_FIELD", "The Id field should not be specified in the sobject data.", "Id");
        }
        String value = keyValue(key, json);
        if (value == null) {
            throw fail("MISSING_ARGUMENT", key.name() + " not specified");
        }
        faults.hit(value);
        Row row = org.find(type, key, value);
        if (row != null) {
            return new RowResult(update(row, json, by), false, null);
        }
        return new RowResult(create(type, json, by), true, null);
    }

    /** The record with this id; refused when it is malformed, of another object, unknown or deleted. */
    Row existing(ObjectType type, String given) {
        String id = SalesforceId.normal(given)
                .orElseThrow(() -> fail("MALFORMED_ID", type.name + " ID: id value of incorrect type: " + given, "Id"));
        Row row = org.find(type, id);
        if (row == null) {
            throw fail("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        }
        if (row.deleted()) {
            throw fail("ENTITY_IS_DELETED", "entity is deleted");
        }
        return row;
    }

    /** The text of the external id in the record, or null. */
    static String keyValue(Field key, JsonNode json) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.equalsIgnoreCase(key.name())
                    && json.get(name).isTextual()
                    && !json.get(name).textValue().isEmpty()) {
                return json.get(name).textValue();
            }
        }
        return null;
    }

    private ObjectType typeOf(JsonNode json) {
        String name = json.path("attributes").path("type").asText(null);
        ObjectType type = org.schema.type(name);
        if (type == null) {
            throw fail(
                    "INVALID_TYPE",
                    name == null
                            ? "The record's attributes name no type"
                            : "sObject type '" + name + "' is not supported.");
        }
        return type;
    }

    private static String id(JsonNode json) {
        for (String name : new String[] {"id", "Id", "ID"}) {
            if (json.hasNonNull(name)) {
                return json.get(name).asText();
            }
        }
        return null;
    }

    private Map<String, Object> fields(ObjectType type, JsonNode json) {
        Map<String, Object> values = new HashMap<>();
        for (Iterator<Map.Entry<String, JsonNode>> all = json.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = all.next();
            String name = entry.getKey();
            if (name.equals("attributes") || name.equalsIgnoreCase("id")) {
                continue;
            }
            Field parent = type.relationship(name);
            if (parent != null && entry.getValue().isObject()) {
                values.put(parent.name(), referencedByKey(parent, entry.getValue()));
                continue;
            }
            Field field = type.field(name);
            if (field == null) {
                throw fail("INVALID_FIELD", "No such column '" + name + "' on sobject of type " + type.name);
            }
            if (!field.writable()) {
                throw fail(
                        "INVALID_FIELD_FOR_INSERT_UPDATE",
                        "Unable to create/update fields: " + field.name()
                                + ". Please check the security settings of this field and verify that"
                                + " it is read/write for your profile or permission set.",
                        field.name());
            }
            values.put(field.name(), referenced(field, Values.of(field, entry.getValue())));
        }
        return values;
    }

    private Object referenced(Field field, Object value) {
        if (field.type() != Field.Type.REFERENCE || value == null) {
            return value;
        }
        Row row = org.find(org.schema.type(field.target()), value.toString());
        if (row == null) {
            throw fail("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", field.name());
        }
        if (row.deleted()) {
            throw fail("ENTITY_IS_DELETED", "entity is deleted", field.name());
        }
        return value;
    }

    /** {@code "Response__r": {"Response_Id__c": "…"}} names the parent by its external id. */
    private Object referencedByKey(Field field, JsonNode parent) {
        ObjectType type = org.schema.type(field.target());
        String name = parent.fieldNames().hasNext() ? parent.fieldNames().next() : "";
        Field key = type.field(name);
        if (key == null || !key.externalId() || parent.size() != 1) {
            throw fail("INVALID_FIELD", "No such external id '" + name + "' on entity " + type.name, field.name());
        }
        Row row = org.find(type, key, parent.get(name).asText());
        if (row == null) {
            throw fail(
                    "INVALID_FIELD",
                    "Foreign key external ID: " + parent.get(name).asText() + " not found for field " + key.name()
                            + " in entity " + type.name);
        }
        return row.id;
    }

    private static void require(ObjectType type, Map<String, Object> values) {
        List<String> missing = new ArrayList<>();
        for (Field field : type.fields()) {
            if (field.required() && !values.containsKey(field.name())) {
                missing.add(field.name());
            }
        }
        if (!missing.isEmpty()) {
            throw fail(
                    "REQUIRED_FIELD_MISSING",
                    "Required fields are missing: " + missing,
                    missing.toArray(String[]::new));
        }
    }

    private void unique(ObjectType type, Map<String, Object> values, Row self) {
        for (Field field : type.fields()) {
            Object value = field.externalId() ? values.get(field.name()) : null;
            Row other = value == null ? null : org.find(type, field, value.toString());
            if (other != null && other != self) {
                throw fail(
                        "DUPLICATE_VALUE",
                        "duplicate value found: " + field.name() + " duplicates value on record with id: "
                                + other.id.substring(0, 15),
                        field.name());
            }
        }
    }

    private static Problem.Failure fail(String code, String message, String... fields) {
        return Problem.of(code, message, fields).failure(400);
    }
}
