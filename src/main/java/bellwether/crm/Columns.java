package bellwether.crm;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.CrmMapping;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of the declared fields the directory can be asked for: a dimension the CRM does not have is left out and reported, as one query
 * that names it would fail whole. What the CRM says is believed for a day, or until a query fails.
 */
final class Columns {
    private static final Duration BELIEVED = Duration.ofDays(1);

    private final CrmMapping mapping;
    private final Caller caller;
    private final Clock clock;
    private final Map<String, Set<String>> absent = new ConcurrentHashMap<>();
    private final Map<String, Instant> asked = new HashMap<>();

    Columns(CrmMapping mapping, Caller caller, Clock clock) {
        this.mapping = mapping;
        this.caller = caller;
        this.clock = clock;
    }

    /** Asks what a kind has, unless that was asked lately; the fault of an answer that tells nothing, else null. */
    synchronized Answer.Failed read(String kind) {
        CrmMapping.Query query = mapping.directory().get(kind);
        Instant last = asked.get(kind);
        if (query.optional().isEmpty() || last != null && last.plus(BELIEVED).isAfter(clock.instant())) {
            return null;
        }
        Answer answer = caller.call(Request.read("/sobjects/" + query.object() + "/describe", List.of()));
        if (answer instanceof Answer.Failed failed) {
            return failed;
        }
        Set<String> there = new HashSet<>();
        ((Answer.Ok) answer).json().path("fields").forEach(field -> {
            there.add(field.path("name").asText());
            if (field.hasNonNull("relationshipName")) {
                there.add(field.path("relationshipName").asText());
            }
        });
        Set<String> missing = new TreeSet<>(query.optional());
        // Of Owner.Name only Owner can be looked up here.
        missing.removeIf(field -> there.contains(field.split("\\.", 2)[0]));
        absent.put(kind, missing);
        asked.put(kind, clock.instant());
        return null;
    }

    /** Lets the next {@link #read} ask again. Returns whether it had been asked in the meantime. */
    synchronized boolean doubt(String kind) {
        return asked.remove(kind) != null;
    }

    /** The fields to ask for, in the order of the file. */
    List<String> of(String kind) {
        List<String> columns = new ArrayList<>(mapping.directory().get(kind).columns());
        columns.removeAll(absent.getOrDefault(kind, Set.of()));
        return columns;
    }

    /** One sentence per kind with fields left out. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        mapping.directory().forEach((kind, query) -> {
            Set<String> missing = absent.getOrDefault(kind, Set.of());
            if (!missing.isEmpty()) {
                complaints.add(query.object() + " has no readable " + String.join(", ", missing)
                        + ": figures cannot be grouped by what they would say, everything else is read. Create them, or name"
                        + " others in directory." + kind + " of an overlay.");
            }
        });
        return complaints;
    }
}
