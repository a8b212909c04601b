package bellwether.simulator;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers to queries, page by page, and the cursors of those that are not yet read to the end. */
final class QueryPages {
    private static final int MOST_CURSORS = 10;

    private record Cursor(Query query, List<Row> rows, int size) {}

    private final Org org;
    private final Map<String, Cursor> cursors = new LinkedHashMap<>();
    private long issued;

    QueryPages(Org org) {
        this.org = org;
    }

    /** The first page; {@code base} is e.g. {@code /services/data/v66.0}, {@code size} the rows per page. */
    byte[] first(Query query, List<Row> rows, int size, String base) {
        String id = SalesforceId.of("01g", ++issued);
        Cursor cursor = new Cursor(query, rows, size);
        if (rows.size() > size && !query.count()) {
            cursors.put(id, cursor);
            if (cursors.size() > MOST_CURSORS) {
                cursors.remove(cursors.keySet().iterator().next());
            }
        }
        return page(cursor, id, 0, base);
    }

    /** The page a locator such as {@code 01g...-2000} stands for. */
    byte[] next(String locator, String base) {
        int dash = locator.lastIndexOf('-');
        Cursor cursor = dash < 0 ? null : cursors.get(locator.substring(0, dash));
        if (cursor == null || !locator.substring(dash + 1).matches("\\d{1,9}")) {
            throw Problem.of("INVALID_QUERY_LOCATOR", "invalid query locator").failure(400);
        }
        return page(cursor, locator.substring(0, dash), Integer.parseInt(locator.substring(dash + 1)), base);
    }

    private byte[] page(Cursor cursor, String id, int from, String base) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8_192);
        int to = cursor.query().count() ? 0 : Math.min(cursor.rows().size(), from + cursor.size());
        boolean done = cursor.query().count() || to >= cursor.rows().size();
        try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("totalSize", cursor.rows().size());
            json.writeBooleanField("done", done);
            if (!done) {
                json.writeStringField("nextRecordsUrl", base + "/query/" + id + "-" + to);
            }
            json.writeArrayFieldStart("records");
            for (Row row : cursor.rows().subList(Math.min(from, to), to)) {
                record(json, cursor.query().fields(), row, base, org);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** One record as queries show it. */
    static byte[] record(List<Path> paths, Row row, String base, Org org) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(out)) {
            record(json, paths, row, base, org);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void record(JsonGenerator json, List<Path> paths, Row row, String base, Org org) throws IOException {
        json.writeStartObject();
        attributes(json, row, base);
        Map<Field, Boolean> written = new LinkedHashMap<>();
        for (Path path : paths) {
            if (path.reference() == null) {
                value(json, path.field(), row.value(path.field().name()));
            } else if (written.putIfAbsent(path.reference(), true) == null) {
                parent(json, paths, path, row, base, org);
            }
        }
        json.writeEndObject();
    }

    private static void parent(JsonGenerator json, List<Path> paths, Path first, Row row, String base, Org org)
            throws IOException {
        Row other = first.other(row, org);
        if (other == null) {
            json.writeNullField(first.relationship());
            return;
        }
        json.writeObjectFieldStart(first.relationship());
        attributes(json, other, base);
        for (Path path : paths) {
            if (path.reference() == first.reference()) {
                value(json, path.field(), other.value(path.field().name()));
            }
        }
        json.writeEndObject();
    }

    static void attributes(JsonGenerator json, Row row, String base) throws IOException {
        json.writeObjectFieldStart("attributes");
        json.writeStringField("type", row.type.name);
        json.writeStringField("url", base + "/sobjects/" + row.type.name + "/" + row.id);
        json.writeEndObject();
    }

    /** Numbers are shown as doubles, so 9 is 9.0. */
    static void value(JsonGenerator json, Field field, Object value) throws IOException {
        json.writeFieldName(field.name());
        if (value == null) {
            json.writeNull();
        } else if (value instanceof java.math.BigDecimal number) {
            json.writeNumber(number.doubleValue());
        } else if (value instanceof Boolean yes) {
            json.writeBoolean(yes);
        } else {
            json.writeString(value.toString());
        }
    }
}
