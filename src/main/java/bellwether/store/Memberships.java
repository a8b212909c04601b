package bellwether.store;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Who belonged to which account when. A stay is named by contact, account and its beginning, and the newest recorded row of a stay is
 * what is believed of it: it ends by a further row, nothing is ever changed.
 */
final class Memberships {
    /** A contact's stay with an account, half-open; {@code to} is null while it lasts. */
    record Stay(long account, long from, Long to) {
        boolean covers(long instant) {
            return from <= instant && (to == null || instant < to);
        }
    }

    private final Map<Long, Map<String, Stay>> stays = new HashMap<>();

    private Memberships() {}

    /** All stays of these contacts as they were believed at an instant (epoch milliseconds). */
    static Memberships believed(Handle h, Collection<Long> contacts, long knownAt) {
        var memberships = new Memberships();
        for (List<Long> some : Chunks.of(contacts, 1000)) {
            h.createQuery("SELECT contact, account, valid_from, valid_to FROM membership"
                            + " WHERE contact IN (<ids>) AND recorded_at <= :known ORDER BY id")
                    .bindList("ids", some)
                    .bind("known", knownAt)
                    .map((rs, ctx) -> {
                        var stay = new Stay(
                                rs.getLong("account"), rs.getLong("valid_from"), Rows.optionalLong(rs, "valid_to"));
                        return memberships
                                .stays
                                .computeIfAbsent(rs.getLong("contact"), c -> new LinkedHashMap<>())
                                .put(stay.account() + "@" + stay.from(), stay);
                    })
                    .list();
        }
        return memberships;
    }

    /** The account a contact belonged to at an instant, or null. */
    Long account(long contact, long instant) {
        return stays.getOrDefault(contact, Map.of()).values().stream()
                .filter(stay -> stay.covers(instant))
                .reduce((before, later) -> later)
                .map(Stay::account)
                .orElse(null);
    }

    /** Contacts that were ever believed, up to an instant, to belong to an account. */
    static List<Long> contacts(Handle h, long account, Instant knownAt) {
        return h.createQuery(
                        "SELECT DISTINCT contact FROM membership WHERE account = :account AND recorded_at <= :known")
                .bind("account", account)
                .bind("known", knownAt.toEpochMilli())
                .mapTo(Long.class)
                .list();
    }

    /** Contacts with their accounts after a change, and when the CRM says it was made; an account is null for none. */
    record Move(long contact, Long from, Long to, Instant at) {}

    /** Ends and begins stays. The first stay of a contact is taken to have lasted for ever. */
    static void record(Handle h, List<Move> moves, long now) {
        if (moves.isEmpty()) {
            return;
        }
        Memberships known = believed(h, moves.stream().map(Move::contact).toList(), Long.MAX_VALUE);
        var insert = new Batch(h, """
                INSERT INTO membership (contact, account, is_primary, valid_from, valid_to, recorded_at)
                VALUES (?, ?, 1, ?, ?, ?)""");
        for (Move move : moves) {
            Map<String, Stay> before = known.stays.getOrDefault(move.contact(), Map.of());
            Stay open = before.values().stream()
                    .filter(stay -> stay.to() == null)
                    .reduce((earlier, later) -> later)
                    .orElse(null);
            long at = move.at() == null ? now : Math.min(now, move.at().toEpochMilli());
            at = before.values().stream()
                    .mapToLong(stay -> stay.to() == null ? stay.from() + 1 : stay.to())
                    .reduce(at, Math::max);
            if (open != null) {
                add(insert, move.contact(), open.account(), open.from(), at, now);
            }
            if (move.to() != null) {
                add(insert, move.contact(), move.to(), before.isEmpty() ? 0 : at, null, now);
            }
        }
        insert.execute();
    }

    private static void add(Batch insert, long contact, long account, long from, Long to, long now) {
        insert.add(contact, account, from, to, now);
    }
}
