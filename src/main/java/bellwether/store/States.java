package bellwether.store;

import bellwether.nps.Rollup;
import bellwether.nps.Signal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Writes rollups and signals of accounts. */
final class States {
    static void rollups(Handle h, Map<Long, State> states) {
        if (states.isEmpty()) {
            return;
        }
        h.createUpdate("DELETE FROM rollup WHERE account IN (<ids>)")
                .bindList("ids", List.copyOf(states.keySet()))
                .execute();
        var rollups = new Batch(h, """
                INSERT INTO rollup (account, window_name, policy, from_at, to_at, promoters, passives, detractors, unscored,
                  excluded, partial_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
        states.forEach((account, state) -> {
            for (Rollup r : state.rollups()) {
                rollups.add(
                        account,
                        r.window(),
                        r.policy().label(),
                        Rows.millis(r.span().start()),
                        Rows.millis(r.span().end()),
                        r.tally().promoters(),
                        r.tally().passives() + r.noScore(),
                        r.tally().detractors(),
                        r.unscored(),
                        r.excluded(),
                        r.partialSince() == null ? null : r.partialSince().toString());
            }
        });
        rollups.execute();
    }

    /** Keeps since when an unchanged value has been so, and drops what is not said any more. */
    static void signals(Handle h, Collection<State> states, long now) {
        Map<String, Map<Long, Set<String>>> said = new TreeMap<>();
        var write = new Batch(h, """
                INSERT INTO signal (subject_kind, subject, name, value, reason, since) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (subject_kind, subject, name) DO UPDATE SET value = excluded.value, reason = excluded.reason,
                  since = CASE WHEN signal.value = excluded.value THEN signal.since ELSE excluded.since END
                WHERE signal.value <> excluded.value OR signal.reason <> excluded.reason""");
        for (State state : states) {
            for (Signal s : state.signals()) {
                Set<String> names = said.computeIfAbsent(s.subjectKind(), kind -> new HashMap<>())
                        .computeIfAbsent(s.subject(), subject -> new HashSet<>());
                if (s.value() == null) {
                    continue;
                }
                names.add(s.name());
                write.add(
                        s.subjectKind(),
                        s.subject(),
                        s.name(),
                        s.value(),
                        s.reason(),
                        s.since() == null ? now : s.since().toEpochMilli());
            }
        }
        write.execute();
        said.forEach((kind, names) -> unsaid(h, kind, names));
    }

    private static void unsaid(Handle h, String kind, Map<Long, Set<String>> said) {
        for (List<Long> some : Chunks.of(said.keySet(), 1000)) {
            h
                    .createQuery("SELECT subject, name FROM signal WHERE subject_kind = :kind AND subject IN (<ids>)")
                    .bind("kind", kind)
                    .bindList("ids", some)
                    .map((rs, ctx) -> new Object[] {rs.getLong("subject"), rs.getString("name")})
                    .list()
                    .stream()
                    .filter(row -> !said.get(row[0]).contains(row[1]))
                    .forEach(row -> h.execute(
                            "DELETE FROM signal WHERE subject_kind = ? AND subject = ? AND name = ?",
                            kind,
                            row[0],
                            row[1]));
        }
    }

    private States() {}
}
