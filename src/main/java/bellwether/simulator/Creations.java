package bellwether.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often records were created and updated through the API, per object and per record. A record is known by its external id
 * where its object has one, else by its id: a row that was created, deleted and created again counts two creations.
 */
final class Creations implements Counts {
    private final Map<String, Map<String, Times>> records = new TreeMap<>();
    private final Map<String, Long> created = new TreeMap<>();
    private final Map<String, Long> updated = new TreeMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();

    synchronized void count(Org.Change change, Schema schema) {
        boolean creation = change.op().equals("create");
        String key = creation ? keyOf(change, schema) : keys.getOrDefault(change.id(), change.id());
        if (creation && !key.equals(change.id())) {
            keys.put(change.id(), key);
        }
        records.computeIfAbsent(change.type(), t -> new LinkedHashMap<>())
                .merge(key, new Times(0, 0).plus(creation), (old, one) -> old.plus(creation));
        (creation ? created : updated).merge(change.type(), 1L, Long::sum);
    }

    @Override
    public synchronized Map<String, Long> created() {
        return new TreeMap<>(created);
    }

    @Override
    public synchronized Map<String, Long> updated() {
        return new TreeMap<>(updated);
    }

    @Override
    public synchronized Map<String, Times> records(String type) {
        return new LinkedHashMap<>(records.getOrDefault(type, Map.of()));
    }

    private static String keyOf(Org.Change change, Schema schema) {
        for (Field field : schema.type(change.type()).fields()) {
            if (field.externalId() && change.fields().get(field.name()) != null) {
                return change.fields().get(field.name()).toString();
            }
        }
        return change.id();
    }
}
