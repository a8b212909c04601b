package bellwether.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The records of the simulated org. Not safe for several threads: whoever uses it holds its lock. Changes belong to a
 * transaction, which {@link #commit} makes final (and journals) and {@link #rollback} takes back.
 */
final class Org {
    /** One change, as journaled. Op: create, update (fields hold what changed, null for cleared). */
    record Change(String op, String type, String id, String by, Instant at, Map<String, Object> fields) {}

    private record Done(Change change, Runnable undo) {}

    /** The user the API client logs in as; only this user's changes are counted. */
    static final String INTEGRATION_USER = SalesforceId.of("005", 1_000);

    private static final long FIRST_CREATED = 7_000_000L;

    final Schema schema;
    final Creations creations = new Creations();
    private final Clock clock;
    private final Map<String, Map<String, Row>> rows = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final List<Done> open = new ArrayList<>();
    private Journal journal;

    Org(Schema schema, Clock clock) {
        this.schema = schema;
        this.clock = clock;
    }

    /** Replays the journal at this path, then writes to it. */
    void keepIn(Path file) {
        journal = Journal.open(file, Json.MAPPER, line -> {
            Replayed change = Replayed.of(line, schema);
            if (change.op().equals("create")) {
                insert(change.type(), change.id(), change.fields(), change.by(), change.at());
            } else if (find(change.type(), change.id()) != null) {
                change(find(change.type(), change.id()), change.fields(), change.by(), change.at());
            }
            open.forEach(done -> count(done.change()));
            open.clear();
        });
    }

    void close() {
        if (journal != null) {
            journal.close();
        }
    }

    /** All records of the object, deleted ones too, in the order they came. */
    Collection<Row> rows(ObjectType type) {
        return rows.getOrDefault(type.name, Map.of()).values();
    }

    /** The record, deleted or not; null when there is none. */
    Row find(ObjectType type, String id) {
        return rows.getOrDefault(type.name, Map.of()).get(id);
    }

    /** The record whose external id has this value; null when there is none. */
    Row find(ObjectType type, Field key, String value) {
        String id = keys.get(keyOf(type, key, value));
        return id == null ? null : find(type, id);
    }

    /** A record that was there from the beginning; neither counted nor journaled. */
    void load(ObjectType type, String id, Map<String, Object> fields, String by, Instant created) {
        insert(type, id, fields, by, created);
        open.clear();
    }

    Row create(ObjectType type, Map<String, Object> fields, String by) {
        long number = Math.max(0, numbers.getOrDefault(type.name, 0L)) + 1;
        Map<String, Object> all = new HashMap<>(fields);
        if (type.name.startsWith("NPS_")) {
            all.put("Name", String.format("NPS%s-%06d", type.name.charAt(4), number));
        }
        for (Field field : type.fields()) {
            if (field.type() == Field.Type.BOOLEAN) {
                all.putIfAbsent(field.name(), false);
            }
        }
        return insert(type, SalesforceId.of(type.prefix, FIRST_CREATED + number), all, by, now());
    }

    void update(Row row, Map<String, Object> changes, String by) {
        change(row, changes, by, now());
    }

    void delete(Row row, String by, String master) {
        Map<String, Object> changes = new HashMap<>();
        changes.put("IsDeleted", true);
        if (master != null) {
            changes.put("MasterRecordId", master);
        }
        change(row, changes, by, now());
    }

    /** Makes what was done since the last call final. */
    void commit() {
        open.forEach(done -> count(done.change()));
        if (journal != null) {
            journal.append(open.stream().map(Done::change).toList());
        }
        open.clear();
    }

    /** Takes back what was done since {@code mark}, see {@link #mark}. */
    void rollback(int mark) {
        while (open.size() > mark) {
            open.remove(open.size() - 1).undo().run();
        }
    }

    int mark() {
        return open.size();
    }

    private Row insert(ObjectType type, String id, Map<String, Object> fields, String by, Instant at) {
        Row row = unkept(type, id, fields, by, at);
        rows.computeIfAbsent(type.name, t -> new LinkedHashMap<>()).put(id, row);
        numbers.merge(type.name, SalesforceId.number(id) - FIRST_CREATED, Math::max);
        index(row, true);
        open.add(new Done(new Change("create", type.name, id, by, at, Map.copyOf(fields)), () -> {
            index(row, false);
            rows.get(type.name).remove(id);
        }));
        return row;
    }

    /** A record as it would be created, without keeping it. */
    Row unkept(ObjectType type, String id, Map<String, Object> fields, String by, Instant at) {
        Row row = new Row(type, id, fields);
        row.fields.putIfAbsent("IsDeleted", false);
        row.fields.put("CreatedDate", Values.time(at));
        row.fields.put("CreatedById", by);
        stamp(row, by, at);
        return row;
    }

    private void change(Row row, Map<String, Object> changes, String by, Instant at) {
        Map<String, Object> before = new HashMap<>(row.fields);
        index(row, false);
        changes.forEach((field, value) -> {
            if (value == null) {
                row.fields.remove(field);
            } else {
                row.fields.put(field, value);
            }
        });
        stamp(row, by, at);
        index(row, true);
        open.add(new Done(new Change("update", row.type.name, row.id, by, at, new HashMap<>(changes)), () -> {
            index(row, false);
            row.fields.clear();
            row.fields.putAll(before);
            index(row, true);
        }));
    }

    private static void stamp(Row row, String by, Instant at) {
        row.fields.put("LastModifiedById", by);
        row.fields.put("LastModifiedDate", Values.time(at));
        row.fields.put("SystemModstamp", Values.time(at));
        if (row.type.name.equals("Contact")) {
            Object first = row.fields.get("FirstName");
            row.fields.put("Name", (first == null ? "" : first + " ") + row.fields.get("LastName"));
        }
    }

    private void index(Row row, boolean present) {
        for (Field field : row.type.fields()) {
            Object value = field.externalId() ? row.fields.get(field.name()) : null;
            if (value == null) {
                continue;
            }
            if (present && !row.deleted()) {
                keys.put(keyOf(row.type, field, value.toString()), row.id);
            } else {
                keys.remove(keyOf(row.type, field, value.toString()), row.id);
            }
        }
    }

    private void count(Change change) {
        if (change.by().equals(INTEGRATION_USER)) {
            creations.count(change, schema);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    }

    private static String keyOf(ObjectType type, Field key, String value) {
        return type.name + '.' + key.name() + '=' + value.toLowerCase(Locale.ROOT);
    }
}
