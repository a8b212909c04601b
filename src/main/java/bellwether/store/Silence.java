package bellwether.store;

import bellwether.nps.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Surveys that give answers and no scores, which mostly means that the wrong question is read. */
final class Silence {
    private static final int ENOUGH = 10;

    private Silence() {}

    /** Notes which surveys of a delivery are silent now; returns those that were not known to be. */
    static List<String> note(Handle h, long source, Collection<Response> copies, long now) {
        Set<String> scored = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        copies.stream().filter(copy -> copy.survey() != null).forEach(copy -> (copy.score() == null ? silent : scored)
                .add(copy.survey()));
        silent.removeAll(scored);
        if (!scored.isEmpty()) {
            h.createUpdate(
                            "UPDATE survey SET silent_since = NULL WHERE source = :source AND silent_since IS NOT NULL AND remote_id IN (<ids>)")
                    .bind("source", source)
                    .bindList("ids", List.copyOf(scored))
                    .execute();
        }
        List<String> found = new ArrayList<>();
        for (String survey : silent) {
            int changed = h.createUpdate("""
                            UPDATE survey SET silent_since = :now WHERE source = :source AND remote_id = :survey AND silent_since IS NULL
                              AND NOT EXISTS (SELECT 1 FROM response r WHERE r.source = :source AND r.survey = :survey
                                AND r.score IS NOT NULL AND r.deleted = 0)
                              AND (SELECT count(*) FROM (SELECT 1 FROM response r WHERE r.source = :source AND r.survey = :survey
                                AND r.deleted = 0 LIMIT :enough) few) >= :enough""")
                    .bind("now", now)
                    .bind("source", source)
                    .bind("survey", survey)
                    .bind("enough", ENOUGH)
                    .execute();
            if (changed > 0) {
                found.add(survey);
            }
        }
        return found;
    }
}
