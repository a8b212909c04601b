package bellwether.simulator;

import java.util.Map;
import java.util.TreeMap;

/** How often each endpoint was called, and with which status it answered (status 0: a fault came before anything was done). */
final class Counters {
    private final Map<String, Long> calls = new TreeMap<>();
    private final Map<String, Long> statuses = new TreeMap<>();

    synchronized void count(String endpoint, int status) {
        calls.merge(endpoint, 1L, Long::sum);
        statuses.merge(endpoint + " " + status, 1L, Long::sum);
    }

    synchronized Map<String, Long> calls() {
        return new TreeMap<>(calls);
    }

    synchronized Map<String, Long> statuses() {
        return new TreeMap<>(statuses);
    }

    synchronized void clear() {
        calls.clear();
        statuses.clear();
    }
}
