package bellwether.store;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Counts up what must be refreshed: the account, or the contact alone where it has no account. Always in id order. */
final class Stale {
    /** Not asked where answers go with their people: nobody has any for another account. */
    private static final String ELSEWHERE = """
            EXISTS (SELECT 1 FROM response o WHERE o.contact = a.contact AND (o.account <> a.home OR o.account IS NULL)) AS elsewhere,
            EXISTS (SELECT 1 FROM response o WHERE o.contact = a.contact AND o.account = a.home) AS at_home""";

    /** Notes one response's account, or its contact where there is no account. */
    static void note(Long account, Long contact, Set<Long> accounts, Set<Long> contacts) {
        if (account != null) {
            accounts.add(account);
        }
        // A contact that loses its account, or is withdrawn from, must be cleared even if its account no longer lists
        // it.
        if (contact != null && account == null) {
            contacts.add(contact);
        }
    }

    static void mark(Handle h, Collection<Long> accounts, Collection<Long> contacts) {
        mark(h, "account", accounts);
        mark(h, "contact", contacts);
    }

    /** Marks what these responses belong to now. */
    static void responses(Handle h, Collection<Long> ids) {
        Set<Long> accounts = new TreeSet<>();
        Set<Long> contacts = new TreeSet<>();
        String elsewhere = Placement.byAnswer(h) ? ELSEWHERE : "0 AS elsewhere, 0 AS at_home";
        for (List<Long> some : Chunks.of(ids, 1000)) {
            h.createQuery("SELECT a.*, " + elsewhere + """
                            \sFROM (SELECT DISTINCT r.account, r.contact, c.account AS home
                              FROM response r LEFT JOIN contact c ON c.id = r.contact WHERE r.id IN (<ids>)) a""")
                    .bindList("ids", some)
                    .map((rs, ctx) -> {
                        Long account = Rows.optionalLong(rs, "account");
                        Long contact = Rows.optionalLong(rs, "contact");
                        Long home = Rows.optionalLong(rs, "home");
                        note(account, contact, accounts, contacts);
                        // A contact with an answer for another account is refreshed by itself, whatever this one is
                        // for;
                        // when it has no such answer any more, with its own account again.
                        if (contact != null && (rs.getBoolean("elsewhere") || !Objects.equals(account, home))) {
                            contacts.add(contact);
                            if (rs.getBoolean("at_home")) {
                                accounts.add(home);
                            }
                        }
                        return null;
                    })
                    .list();
        }
        mark(h, accounts, contacts);
    }

    private static void mark(Handle h, String table, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        var batch = new Batch(h, "UPDATE " + table + " SET stale = stale + 1 WHERE id = ?");
        ids.stream().sorted().forEach(id -> batch.add(id));
        batch.execute();
    }

    /** Of an account {@code a}: it has answers, or had some and therefore figures. */
    private static final String ANSWERED = """
            EXISTS (SELECT 1 FROM response r WHERE r.account = a.id) OR EXISTS (SELECT 1 FROM rollup u WHERE u.account = a.id)""";

    /** Or the directory has, or had, something to weigh. */
    private static final String WEIGHED = """
            \sOR a.deleted = 0 AND EXISTS (SELECT 1 FROM attribute w
              WHERE w.kind = 'account' AND w.subject = a.id AND w.name IN (<weighed>) AND w.value IS NOT NULL)""";

    /** Marks those of these accounts that there is something to tell of; of most accounts of a directory there is nothing. */
    static void accounts(Handle h, Collection<Long> accounts) {
        Set<String> weighed = Weighed.names(h);
        Set<Long> kept = new TreeSet<>();
        for (List<Long> some : Chunks.of(accounts, 1000)) {
            var query = h.createQuery("SELECT id FROM account a WHERE id IN (<accounts>) AND (" + kept(weighed) + ")")
                    .bindList("accounts", some);
            kept.addAll((weighed.isEmpty() ? query : query.bindList("weighed", weighed))
                    .mapTo(Long.class)
                    .list());
        }
        mark(h, "account", kept);
    }

    private static String kept(Set<String> weighed) {
        return weighed.isEmpty() ? ANSWERED : ANSWERED + WEIGHED;
    }

    /** Everything there is something to tell of. Returns how many accounts. */
    static int markAll(Handle h) {
        h.createUpdate(
                        "UPDATE contact SET stale = stale + 1 WHERE id IN (SELECT r.contact FROM response r"
                                + " JOIN contact c ON c.id = r.contact WHERE c.account IS NULL OR r.account IS NULL OR r.account <> c.account)")
                .execute();
        h.createUpdate(
                        "UPDATE contact SET stale = stale + 1 WHERE id IN (SELECT c.id FROM contact c WHERE c.deleted = 0"
                                + " AND NOT EXISTS (SELECT 1 FROM response r WHERE r.contact = c.id) AND "
                                + Surveying.OF_CONTACT
                                + ")")
                .execute();
        // Not IN (…) OR IN (…): PostgreSQL would compare every account with every response.
        Set<String> weighed = Weighed.names(h);
        var update = h.createUpdate("UPDATE account AS a SET stale = stale + 1 WHERE " + kept(weighed));
        return (weighed.isEmpty() ? update : update.bindList("weighed", weighed)).execute();
    }

    private Stale() {}
}
