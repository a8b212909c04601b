package bellwether.store;

import bellwether.nps.AttributeBy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Which account responses count for: their contact's account now, or the one it belonged to when they were given. */
final class Placement {
    private static final String RULE = "attribute_by";
    private static final String BY_MATCH = """
            UPDATE response SET account = (SELECT p.account FROM respondent p WHERE p.id = response.respondent)
            WHERE contact IS NOT NULL AND id IN (<ids>)""";
    private static final String BY_STAY = """
            UPDATE response SET account = (
              SELECT m.account FROM membership m
              WHERE m.contact = response.contact AND m.valid_from <= response.answered_at
                AND (m.valid_to IS NULL OR m.valid_to > response.answered_at)
                AND NOT EXISTS (SELECT 1 FROM membership n WHERE n.contact = m.contact AND n.account = m.account
                  AND n.valid_from = m.valid_from AND n.id > m.id)
              ORDER BY m.id DESC LIMIT 1)
            WHERE contact IS NOT NULL AND id IN (<ids>)""";

    private final AttributeBy by;

    Placement(AttributeBy by) {
        this.by = by;
    }

    /** Places responses that carry the account of their match so far. */
    void place(Handle h, Collection<Long> responses) {
        if (by == AttributeBy.ANSWER) {
            run(h, BY_STAY, responses);
        }
    }

    /** Whether responses were placed by when they were given. */
    static boolean byAnswer(Handle h) {
        return Settings.read(h, RULE)
                .filter(AttributeBy.ANSWER.name().toLowerCase(Locale.ROOT)::equals)
                .isPresent();
    }

    /** Places all responses anew if another rule holds than the last time. */
    void settle(Store store, Responses records, long now) {
        String rule = by.name().toLowerCase(Locale.ROOT);
        Optional<String> last = store.read(h -> Settings.read(h, RULE));
        if (last.filter(rule::equals).isPresent() || last.isEmpty() && by == AttributeBy.NOW) {
            return;
        }
        long[] after = {0};
        while (store.write(h -> {
            List<Long> some = h.createQuery(
                            "SELECT id FROM response WHERE contact IS NOT NULL AND id > :after ORDER BY id LIMIT 1000")
                    .bind("after", after[0])
                    .mapTo(Long.class)
                    .list();
            if (some.isEmpty()) {
                Settings.write(h, RULE, rule);
                return false;
            }
            after[0] = some.get(some.size() - 1);
            Map<Long, Long> before = accounts(h, some);
            run(h, by == AttributeBy.ANSWER ? BY_STAY : BY_MATCH, some);
            Map<Long, Long> placed = accounts(h, some);
            Set<Long> moved = new TreeSet<>(some);
            moved.removeIf(id -> Objects.equals(before.get(id), placed.get(id)));
            Stale.mark(
                    h,
                    new TreeSet<>(moved.stream()
                            .map(before::get)
                            .filter(Objects::nonNull)
                            .toList()),
                    Set.of());
            Stale.responses(h, moved);
            records.owe(h, moved, now);
            return true;
        })) {}
    }

    private static void run(Handle h, String update, Collection<Long> responses) {
        for (List<Long> some : Chunks.of(responses, 1000)) {
            h.createUpdate(update).bindList("ids", some).execute();
        }
    }

    private static Map<Long, Long> accounts(Handle h, List<Long> responses) {
        Map<Long, Long> accounts = new HashMap<>();
        h.createQuery("SELECT id, account FROM response WHERE id IN (<ids>)")
                .bindList("ids", responses)
                .map((rs, ctx) -> accounts.put(rs.getLong("id"), Rows.optionalLong(rs, "account")))
                .list();
        return accounts;
    }
}
