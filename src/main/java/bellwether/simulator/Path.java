package bellwether.simulator;

/** A field as a query names it: of the object itself, or of the record that {@code reference} points at. */
record Path(Field reference, String relationship, Field field) {
    /** The value in this row, null when there is none; {@code org} finds the referenced record. */
    Object value(Row row, Org org) {
        if (reference == null) {
            return row.value(field.name());
        }
        Row other = other(row, org);
        return other == null ? null : other.value(field.name());
    }

    /** The referenced record, or null. */
    Row other(Row row, Org org) {
        Object id = row.value(reference.name());
        return id == null ? null : org.find(org.schema.type(reference.target()), id.toString());
    }
}
