package bellwether.store;

import bellwether.nps.Rollup;
import bellwether.nps.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Writes rollups and signals of accounts. */
final class States {
    static void write(Handle h, Map<Long, State> states, long now) {
        if (states.isEmpty()) {
            return;
        }
        List<Long> ids = new ArrayList<>(states.keySet());
        h.createUpdate("DELETE FROM rollup WHERE account IN (<ids>)")
                .bindList("ids", ids)
                .execute();
        var rollups = h.prepareBatch("""
                INSERT INTO rollup (account, window_name, policy, from_at, to_at, promoters, passives, detractors, unscored,
                  excluded, partial_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
        var signals = h.prepareBatch("""
                INSERT INTO signal (subject_kind, subject, name, value, reason, since) VALUES ('account', ?, ?, ?, ?, ?)
                ON CONFLICT (subject_kind, subject, name) DO UPDATE SET value = excluded.value, reason = excluded.reason,
                  since = CASE WHEN signal.value = excluded.value THEN signal.since ELSE excluded.since END""");
        states.forEach((account, state) -> {
            for (Rollup r : state.rollups()) {
                rollups.bind(0, account)
                        .bind(1, r.window())
                        .bind(2, r.policy().label())
                        .bind(3, Rows.millis(r.span().start()))
                        .bind(4, Rows.millis(r.span().end()))
                        .bind(5, r.tally().promoters())
                        .bind(6, r.tally().passives() + r.noScore())
                        .bind(7, r.tally().detractors())
                        .bind(8, r.unscored())
                        .bind(9, r.excluded())
                        .bind(
                                10,
                                r.partialSince() == null
                                        ? null
                                        : r.partialSince().toString())
                        .add();
            }
            for (Signal s : state.signals()) {
                signals.bind(0, account)
                        .bind(1, s.name())
                        .bind(2, s.value() == null ? "unknown" : s.value())
                        .bind(3, s.reason())
                        .bind(4, now)
                        .add();
            }
        });
        if (rollups.size() > 0) {
            rollups.execute();
        }
        if (signals.size() > 0) {
            signals.execute();
        }
    }

    private States() {}
}
