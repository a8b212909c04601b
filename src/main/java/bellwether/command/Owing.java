package bellwether.command;

import bellwether.store.Acts;
import bellwether.store.Store;
import bellwether.store.Targets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What one CRM is owed and was told, counted for people: what it should hold, and what is done once. */
record Owing(Map<String, Long> counts) {
    private static final List<String> KINDS = List.of("contact", "account", "response", "signal");

    /** @param only the accounts that may be written */
    static Owing of(Store store, String crm, Targets.Only only) {
        Map<String, Long> counts = new TreeMap<>(new Targets(store, Clock.systemUTC()).counts(crm, only));
        counts.putAll(new Acts(store, Clock.systemUTC()).counts(crm, only));
        return new Owing(counts);
    }

    /** Rows of one status, whatever their kind. */
    long rows(String status) {
        return counts.entrySet().stream()
                .filter(e -> e.getKey().endsWith("/" + status))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Rows that the CRM has taken. */
    long taken() {
        return rows("acknowledged") + rows("done");
    }

    /** {@code 12 contacts, 3 accounts, 40 responses, 2 signals}. */
    String words(String status) {
        return KINDS.stream()
                .map(kind -> words(counts.getOrDefault(kind + "/" + status, 0L), kind))
                .collect(Collectors.joining(", "));
    }

    private static String words(long number, String kind) {
        return number + " " + kind + (number == 1 ? "" : "s");
    }
}
