package bellwether.store;

import bellwether.source.Position;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Keeps the directory: contacts and accounts as the directory CRM last told them, and who belonged where. */
public final class People {
    /** An account as the CRM gave it. {@code revenue} is a plain decimal number or null; {@code attributes} are dimensions. */
    public record Account(
            String remoteId,
            String name,
            String owner,
            String revenue,
            String zone,
            boolean churned,
            boolean deleted,
            Instant modifiedAt,
            Map<String, String> attributes) {}

    /**
     * A contact as the CRM gave it.
     *
     * @param account the CRM's id or null
     * @param emails normalised
     * @param mergedInto the CRM's id of the contact that a deleted one was merged into, or null
     */
    public record Contact(
            String remoteId,
            String account,
            String name,
            String role,
            List<String> emails,
            boolean deleted,
            String mergedInto,
            Instant modifiedAt,
            Map<String, String> attributes) {
        /** One that was not merged. */
        public Contact(
                String remoteId,
                String account,
                String name,
                String role,
                List<String> emails,
                boolean deleted,
                Instant modifiedAt,
                Map<String, String> attributes) {
            this(remoteId, account, name, role, emails, deleted, null, modifiedAt, attributes);
        }
    }

    private final Store store;
    private final Clock clock;
    private final Matching matching;
    private final Responses responses;

    People(Store store, Clock clock, Matching matching, Responses responses) {
        this.store = store;
        this.clock = clock;
        this.matching = matching;
        this.responses = responses;
    }

    /** Takes one page of accounts, and the positions to go on from. Returns how many (may) differ from what was known. */
    public int accounts(List<Account> page, List<Position> positions) {
        long now = clock.millis();
        return store.write(h -> {
            Set<Long> changed = new TreeSet<>();
            Map<String, Known> known =
                    known(h, "account", page.stream().map(Account::remoteId).toList());
            List<Account> added =
                    page.stream().filter(a -> !known.containsKey(a.remoteId())).toList();
            long[] ids = store.allocate(h, "account", added.size());
            Map<String, Long> keys = new HashMap<>();
            known.forEach((remote, k) -> keys.put(remote, k.id()));
            for (int i = 0; i < ids.length; i++) {
                keys.put(added.get(i).remoteId(), ids[i]);
            }
            var upsert = new Batch(h, """
                    INSERT INTO account (id, remote_id, name, owner, revenue, zone, churned, deleted, modified_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (remote_id) DO UPDATE SET name = excluded.name, owner = excluded.owner, revenue = excluded.revenue,
                      zone = excluded.zone, churned = excluded.churned, deleted = excluded.deleted, modified_at = excluded.modified_at
                    WHERE coalesce(account.name, '') <> coalesce(excluded.name, '')
                      OR coalesce(account.owner, '') <> coalesce(excluded.owner, '')
                      OR coalesce(account.revenue, '') <> coalesce(excluded.revenue, '')
                      OR coalesce(account.zone, '') <> coalesce(excluded.zone, '')
                      OR account.churned <> excluded.churned OR account.deleted <> excluded.deleted""");
            for (Account a : page) {
                upsert.add(
                        keys.get(a.remoteId()),
                        a.remoteId(),
                        a.name(),
                        a.owner(),
                        a.revenue(),
                        a.zone(),
                        a.churned() ? 1 : 0,
                        a.deleted() ? 1 : 0,
                        Rows.millis(a.modifiedAt()));
            }
            int[] counts = upsert.execute();
            for (int i = 0; i < counts.length; i++) {
                if (Rows.written(counts[i])) {
                    changed.add(keys.get(page.get(i).remoteId()));
                }
            }
            Map<Long, Map<String, String>> attributes = new HashMap<>();
            page.forEach(a -> attributes.put(keys.get(a.remoteId()), dimensions(a)));
            changed.addAll(Attributes.record(h, "account", attributes, now));
            Stale.accounts(h, changed);
            positions.forEach(p -> Positions.write(h, p, now));
            return changed.size();
        });
    }

    /** Takes one page of contacts, and the positions to go on from. Returns how many differ from what was known. */
    public int contacts(List<Contact> page, List<Position> positions) {
        long now = clock.millis();
        return store.write(h -> {
            Matching.take(h, store);
            Map<String, Known> known =
                    known(h, "contact", page.stream().map(Contact::remoteId).toList());
            Map<String, Long> accounts = accountKeys(h, page);
            Map<Long, Set<String>> emails =
                    emails(h, known.values().stream().map(Known::id).toList());
            List<Contact> added =
                    page.stream().filter(c -> !known.containsKey(c.remoteId())).toList();
            long[] ids = store.allocate(h, "contact", added.size());
            for (int i = 0; i < ids.length; i++) {
                known.put(added.get(i).remoteId(), new Known(ids[i], null, null, false, null, true));
            }
            Map<String, String> masters = masters(h, page);
            Set<String> touched = new HashSet<>();
            Set<Long> moved = new TreeSet<>();
            Set<String> names = new TreeSet<>();
            List<Contact> changed = new ArrayList<>();
            for (Contact c : page) {
                Known k = known.get(c.remoteId());
                Long account = accounts.get(c.account());
                Set<String> before = emails.getOrDefault(k.id(), Set.of());
                Set<String> after = c.deleted() ? Set.of() : new HashSet<>(c.emails());
                String master = masters.get(c.remoteId());
                boolean moves = !Objects.equals(k.account(), account)
                        || k.deleted() != c.deleted()
                        || !Objects.equals(k.mergedInto(), master);
                boolean same = !k.added() && !moves && before.equals(after) && Objects.equals(k.role(), c.role());
                if (!same) {
                    changed.add(c);
                    if (moves || !before.equals(after)) {
                        touched.addAll(before);
                        touched.addAll(after);
                    }
                    if (moves || k.added()) {
                        moved.add(k.id());
                        names.add(c.remoteId());
                        if (master != null) {
                            names.add(master);
                        }
                    }
                }
            }
            write(h, changed, known, accounts, emails, now);
            names(h, page, known);
            Map<Long, Map<String, String>> attributes = new HashMap<>();
            page.forEach(c -> attributes.put(known.get(c.remoteId()).id(), dimensions(c)));
            Attributes.record(h, "contact", attributes, now);
            follow(h, changed, known, touched, moved, names, now);
            positions.forEach(p -> Positions.write(h, p, now));
            return changed.size();
        });
    }

    /** The first full read has ended: whoever is waiting is matched now, in pieces, and from here on at every change. */
    public void complete() {
        long now = clock.millis();
        store.change(Matching::begin);
        while (store.write(h -> {
            Matching.take(h, store);
            List<Long> waiting = h.createQuery(
                            "SELECT id FROM respondent WHERE status = 'waiting' AND cause = :cause ORDER BY id LIMIT 500")
                    .bind("cause", bellwether.match.Match.DIRECTORY_NOT_READ)
                    .mapTo(Long.class)
                    .list();
            matching.rematch(h, waiting, now);
            return !waiting.isEmpty();
        })) {}
        store.change(Matching::end);
    }

    /** Whether the directory has been read to its end at least once and everybody who waited for it has been matched. */
    public boolean isComplete() {
        return store.read(Matching::ended);
    }

    private void write(
            Handle h,
            List<Contact> changed,
            Map<String, Known> known,
            Map<String, Long> accounts,
            Map<Long, Set<String>> emails,
            long now) {
        if (changed.isEmpty()) {
            return;
        }
        var upsert = new Batch(h, """
                INSERT INTO contact (id, remote_id, account, role, deleted, modified_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (remote_id) DO UPDATE SET account = excluded.account, role = excluded.role,
                  deleted = excluded.deleted, modified_at = excluded.modified_at, merged_into = NULL""");
        List<Memberships.Move> moves = new ArrayList<>();
        var drop = new Batch(h, "DELETE FROM contact_email WHERE contact = ? AND email = ?");
        var add = new Batch(h, "INSERT INTO contact_email (contact, email) VALUES (?, ?)");
        for (Contact c : changed) {
            Known k = known.get(c.remoteId());
            Long account = accounts.get(c.account());
            upsert.add(k.id(), c.remoteId(), account, c.role(), c.deleted() ? 1 : 0, Rows.millis(c.modifiedAt()));
            if (!Objects.equals(k.account(), account)) {
                moves.add(new Memberships.Move(k.id(), k.account(), account, c.modifiedAt()));
            }
            Set<String> before = emails.getOrDefault(k.id(), Set.of());
            Set<String> after = c.deleted() ? Set.of() : new HashSet<>(c.emails());
            before.stream().filter(e -> !after.contains(e)).forEach(e -> drop.add(k.id(), e));
            after.stream().filter(e -> !before.contains(e)).forEach(e -> add.add(k.id(), e));
        }
        List.of(upsert, drop, add).forEach(Batch::execute);
        Memberships.record(h, moves, now);
        changed.stream().filter(c -> c.deleted() && c.mergedInto() != null).forEach(c -> merged(h, c));
    }

    /** Lets a merged contact, and those merged into it before, point at the one that is left. */
    private static void merged(Handle h, Contact contact) {
        h.createUpdate("""
                        UPDATE contact SET merged_into =
                          coalesce((SELECT m.merged_into FROM contact m WHERE m.remote_id = :into AND m.deleted = 1), :into)
                        WHERE remote_id = :id OR merged_into = :id""")
                .bind("into", contact.mergedInto())
                .bind("id", contact.remoteId())
                .execute();
    }

    /** Whom the merged ones of these contacts are in the end, by their ids in the directory. */
    private static Map<String, String> masters(Handle h, List<Contact> page) {
        Map<String, String> masters = new HashMap<>();
        page.stream()
                .filter(c -> c.deleted() && c.mergedInto() != null)
                .forEach(c -> masters.put(c.remoteId(), c.mergedInto()));
        Set<String> left = new HashSet<>(masters.values());
        Map<String, String> further = new HashMap<>();
        for (List<String> some : Chunks.of(left, 1000)) {
            h.createQuery("SELECT remote_id, merged_into FROM contact"
                            + " WHERE deleted = 1 AND merged_into IS NOT NULL AND remote_id IN (<ids>)")
                    .bindList("ids", some)
                    .map((rs, ctx) -> further.put(rs.getString("remote_id"), rs.getString("merged_into")))
                    .list();
        }
        // What this page says of them comes after what was known.
        page.stream()
                .filter(c -> left.contains(c.remoteId()))
                .forEach(c -> further.put(c.remoteId(), c.deleted() ? c.mergedInto() : null));
        masters.replaceAll((loser, into) -> further.get(into) == null ? into : further.get(into));
        return masters;
    }

    private static Map<String, String> dimensions(Account account) {
        Map<String, String> dimensions = new HashMap<>(account.attributes());
        dimensions.put("owner", account.owner());
        dimensions.put("revenue", account.revenue());
        dimensions.put("zone", account.zone());
        // Said of those as well of whom it is not so, so that it is known since when it is.
        dimensions.put("churned", Boolean.toString(account.churned()));
        dimensions.put("deleted", Boolean.toString(account.deleted()));
        return dimensions;
    }

    private static Map<String, String> dimensions(Contact contact) {
        Map<String, String> dimensions = new HashMap<>(contact.attributes());
        dimensions.put("role", contact.role());
        return dimensions;
    }

    private static void names(Handle h, List<Contact> page, Map<String, Known> known) {
        var upsert = new Batch(h, """
                INSERT INTO contact_name (contact, name) VALUES (?, ?)
                ON CONFLICT (contact) DO UPDATE SET name = excluded.name WHERE contact_name.name <> excluded.name""");
        page.stream()
                .filter(c -> c.name() != null)
                .forEach(c -> upsert.add(known.get(c.remoteId()).id(), c.name()));
        upsert.execute();
    }

    /**
     * Lets respondents and responses follow their contacts: whoever a key of a contact points at is matched again.
     *
     * @param touched addresses of contacts that have appeared, changed, moved or gone; on several contacts they are matched to none
     * @param moved contacts that have appeared, moved, gone or been merged
     * @param names their ids in the directory, and those of whom they were merged into
     */
    private void follow(
            Handle h,
            List<Contact> changed,
            Map<String, Known> known,
            Set<String> touched,
            Set<Long> moved,
            Set<String> names,
            long now) {
        if (!Matching.complete(h)) {
            return;
        }
        Set<Long> respondents = new TreeSet<>();
        for (List<String> some : Chunks.of(touched, 1000)) {
            respondents.addAll(h.createQuery("SELECT respondent FROM respondent_identity WHERE email_key IN (<emails>)")
                    .bindList("emails", some)
                    .mapTo(Long.class)
                    .list());
        }
        for (List<Long> some : Chunks.of(moved, 1000)) {
            respondents.addAll(h.createQuery("SELECT id FROM respondent WHERE contact IN (<contacts>)")
                    .bindList("contacts", some)
                    .mapTo(Long.class)
                    .list());
        }
        for (List<String> some : Chunks.of(names(h, names), 1000)) {
            respondents.addAll(h.createQuery("SELECT respondent FROM respondent_identity WHERE crm_id IN (<ids>)")
                    .bindList("ids", some)
                    .mapTo(Long.class)
                    .list());
        }
        matching.rematch(h, respondents, now);
        Stale.accounts(
                h,
                changed.stream()
                        .map(c -> known.get(c.remoteId()).account())
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
        staleIfTold(h, moved);
        // What somebody is to an account that they answered for, and no longer belong to, may have changed as well.
        for (List<Long> some : Chunks.of(
                changed.stream().map(c -> known.get(c.remoteId()).id()).toList(), 1000)) {
            Stale.responses(
                    h,
                    h.createQuery("""
                                    SELECT r.id FROM response r JOIN contact c ON c.id = r.contact
                                    WHERE r.contact IN (<contacts>) AND (r.account IS NULL OR c.account IS NULL OR r.account <> c.account)""")
                            .bindList("contacts", some)
                            .mapTo(Long.class)
                            .list());
        }
    }

    /** These contacts' ids in the directory, and those of whoever was merged into one of them. */
    private static Set<String> names(Handle h, Collection<String> contacts) {
        Set<String> names = new TreeSet<>(contacts);
        for (List<String> some : Chunks.of(contacts, 1000)) {
            names.addAll(h.createQuery("SELECT remote_id FROM contact WHERE merged_into IN (<ids>)")
                    .bindList("ids", some)
                    .mapTo(String.class)
                    .list());
        }
        return names;
    }

    /** What a CRM was told of a contact is told anew, be it to take it back, wherever the contact belongs now. */
    private static void staleIfTold(Handle h, Collection<Long> contacts) {
        Set<Long> accounts = new TreeSet<>();
        Set<Long> alone = new TreeSet<>();
        for (List<Long> some : Chunks.of(contacts, 1000)) {
            h.createQuery("""
                            SELECT id, account FROM contact c WHERE deleted = 0 AND id IN (<contacts>)
                              AND EXISTS (SELECT 1 FROM target t WHERE t.kind = 'contact' AND t.subject = c.id)""")
                    .bindList("contacts", some)
                    .map((rs, ctx) -> {
                        Stale.note(Rows.optionalLong(rs, "account"), rs.getLong("id"), accounts, alone);
                        return null;
                    })
                    .list();
        }
        Stale.mark(h, accounts, alone);
    }

    private record Known(long id, Long account, String role, boolean deleted, String mergedInto, boolean added) {}

    private static Map<String, Known> known(Handle h, String table, List<String> remoteIds) {
        Map<String, Known> known = new TreeMap<>();
        String columns = table.equals("contact")
                ? "account, role, merged_into"
                : "NULL AS account, NULL AS role, NULL AS merged_into";
        for (List<String> some : Chunks.of(remoteIds, 1000)) {
            h.createQuery("SELECT id, remote_id, deleted, " + columns + " FROM " + table
                            + " WHERE remote_id IN (<ids>)")
                    .bindList("ids", some)
                    .map((rs, ctx) -> known.put(
                            rs.getString("remote_id"),
                            new Known(
                                    rs.getLong("id"),
                                    Rows.optionalLong(rs, "account"),
                                    rs.getString("role"),
                                    rs.getInt("deleted") == 1,
                                    rs.getString("merged_into"),
                                    false)))
                    .list();
        }
        return known;
    }

    private static Map<String, Long> accountKeys(Handle h, List<Contact> page) {
        Map<String, Long> keys = new HashMap<>();
        Set<String> remote =
                page.stream().map(Contact::account).filter(Objects::nonNull).collect(Collectors.toSet());
        for (List<String> some : Chunks.of(remote, 1000)) {
            h.createQuery("SELECT id, remote_id FROM account WHERE remote_id IN (<ids>)")
                    .bindList("ids", some)
                    .map((rs, ctx) -> keys.put(rs.getString("remote_id"), rs.getLong("id")))
                    .list();
        }
        return keys;
    }

    private static Map<Long, Set<String>> emails(Handle h, List<Long> contacts) {
        Map<Long, Set<String>> emails = new HashMap<>();
        for (List<Long> some : Chunks.of(contacts, 1000)) {
            h.createQuery("SELECT contact, email FROM contact_email WHERE contact IN (<ids>)")
                    .bindList("ids", some)
                    .map((rs, ctx) -> emails.computeIfAbsent(rs.getLong("contact"), c -> new HashSet<>())
                            .add(rs.getString("email")))
                    .list();
        }
        return emails;
    }
}
