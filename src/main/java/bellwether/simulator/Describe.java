package bellwether.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the org tells about its objects. */
final class Describe {
    private Describe() {}

    static Map<String, Object> all(Schema schema, String base) {
        return Map.of(
                "encoding",
                "UTF-8",
                "maxBatchSize",
                200,
                "sobjects",
                schema.types().stream().map(type -> brief(type, base)).toList());
    }

    static Map<String, Object> brief(ObjectType type, String base) {
        String url = base + "/sobjects/" + type.name;
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("name", type.name);
        about.put("label", type.name.replace("__c", "").replace('_', ' '));
        about.put("keyPrefix", type.prefix);
        about.put("custom", type.name.endsWith("__c"));
        about.put("createable", !type.name.equals("User"));
        about.put("updateable", !type.name.equals("User"));
        about.put("queryable", true);
        about.put("urls", Map.of("sobject", url, "describe", url + "/describe", "rowTemplate", url + "/{ID}"));
        return about;
    }

    static Map<String, Object> full(ObjectType type, String base) {
        Map<String, Object> about = brief(type, base);
        about.put("fields", type.fields().stream().map(Describe::field).toList());
        return about;
    }

    private static Map<String, Object> field(Field field) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("name", field.name());
        about.put("label", field.label());
        about.put("type", field.type().word);
        about.put("length", field.length());
        about.put("precision", field.precision());
        about.put("scale", field.scale());
        about.put("createable", field.writable());
        about.put("updateable", field.writable());
        about.put("custom", field.custom());
        about.put("externalId", field.externalId());
        about.put("idLookup", field.externalId() || field.type() == Field.Type.ID || field.type() == Field.Type.EMAIL);
        about.put("unique", field.externalId());
        about.put("nillable", field.writable() && !field.required() && field.type() != Field.Type.BOOLEAN);
        about.put("filterable", field.filterable());
        about.put("sortable", field.filterable());
        about.put("restrictedPicklist", !field.values().isEmpty());
        about.put("picklistValues", field.values().stream().map(Describe::value).toList());
        about.put("referenceTo", field.target() == null ? List.of() : List.of(field.target()));
        about.put("relationshipName", field.relationship());
        return about;
    }

    private static Map<String, Object> value(String value) {
        return Map.of("active", true, "defaultValue", false, "label", value, "value", value);
    }
}
