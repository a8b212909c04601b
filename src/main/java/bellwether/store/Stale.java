package bellwether.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Counts up what must be refreshed: the account, or the contact alone where it has no account. Always in id order. */
final class Stale {
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
        for (List<Long> some : Chunks.of(ids, 1000)) {
            h.createQuery("SELECT DISTINCT account, contact FROM response WHERE id IN (<ids>)")
                    .bindList("ids", some)
                    .map((rs, ctx) -> {
                        note(Rows.optionalLong(rs, "account"), Rows.optionalLong(rs, "contact"), accounts, contacts);
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
        var batch = h.prepareBatch("UPDATE " + table + " SET stale = stale + 1 WHERE id = ?");
        ids.stream().sorted().forEach(id -> batch.bind(0, id).add());
        batch.execute();
    }

    private Stale() {}
}
