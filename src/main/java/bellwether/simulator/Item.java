package bellwether.simulator;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Something a tool lists: an answer, a person, a survey that was sent.
 *
 * @param id unique among its kind
 * @param words what is known of it, by the words of a field map; nothing stands for null
 * @param survey it belongs to, or null
 * @param times by word, for filters and order
 * @param flaw what is wrong with it, or null
 */
record Item(String id, Map<String, Object> words, Survey survey, Map<String, Instant> times, Flaw flaw) {
    static Item of(String id, Map<String, Object> words, Survey survey, Flaw flaw) {
        Map<String, Object> known = new HashMap<>(words);
        known.values().removeIf(java.util.Objects::isNull);
        Map<String, Instant> times = new HashMap<>();
        known.forEach((word, value) -> {
            if (value instanceof Instant at) {
                times.put(word, at);
            }
        });
        return new Item(id, known, survey, times, flaw);
    }

    Instant at(String word) {
        return times.getOrDefault(word, Instant.EPOCH);
    }
}
