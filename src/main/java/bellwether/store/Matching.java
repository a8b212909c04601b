package bellwether.store;

import bellwether.match.Candidate;
import bellwether.match.Candidates;
import bellwether.match.Match;
import bellwether.match.Matcher;
import bellwether.match.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Matches respondents to the directory and lets their responses follow: accounts become stale, CRM records are owed anew. */
final class Matching {
    private static final String DIRECTORY = "directory";
    private static final String READING = "reading";

    private final Matcher matcher;
    private final Placement placement;
    private final Responses responses;

    Matching(Matcher matcher, Placement placement, Responses responses) {
        this.matcher = matcher;
        this.placement = placement;
        this.responses = responses;
    }

    /** Makes the row by which pages and the end of the directory's first read wait for each other. */
    static void prepare(Handle h) {
        Settings.begin(h, DIRECTORY, READING);
    }

    /**
     * Keeps the directory's first read from ending before this transaction has: who comes with it and is left waiting for that end is
     * among those who are matched then.
     */
    static void hold(Handle h, Store store) {
        Settings.hold(h, store, DIRECTORY);
    }

    /**
     * Lets a transaction that changes whom people are wait for those that take in answers, and them for it: neither would see the other's
     * rows, so that somebody who answers while their contact arrives would wait for ever.
     */
    static void take(Handle h, Store store) {
        Settings.take(h, store, DIRECTORY);
    }

    /** Remembers that the directory has been read to its end, so that from now on an unknown address is really unknown. */
    static void begin(Handle h) {
        Settings.write(h, DIRECTORY, "matching");
    }

    /** Remembers that whoever waited for the directory has been matched. */
    static void end(Handle h) {
        Settings.write(h, DIRECTORY, "matched");
    }

    /** Whether the directory has been read to its end once. */
    static boolean complete(Handle h) {
        return Settings.read(h, DIRECTORY)
                .filter(value -> !value.equals(READING))
                .isPresent();
    }

    /** Whether, besides, everybody who waited for that has been matched: before, no account's figures are whole. */
    static boolean ended(Handle h) {
        return Settings.read(h, DIRECTORY).filter("matched"::equals).isPresent();
    }

    /**
     * Matches these respondents again and applies what changed, in the caller's transaction.
     *
     * @return our keys of the responses that moved
     */
    Set<Long> rematch(Handle h, Collection<Long> respondents, long now) {
        Set<Long> moved = new TreeSet<>();
        for (List<Long> some : Chunks.of(respondents, 1000)) {
            Map<Long, Known> known = known(h, some);
            var people = known.values().stream().map(Known::person).toList();
            var matches = matcher.match(people, new Directory(h));
            Map<Long, Match> changed = new TreeMap<>();
            matches.forEach((id, match) -> {
                if (!match.equals(known.get(id).match())) {
                    changed.put(id, match);
                }
            });
            moved.addAll(apply(h, changed, now));
        }
        return moved;
    }

    private record Known(Person person, Match match) {}

    private static Map<Long, Known> known(Handle h, List<Long> ids) {
        Map<Long, Known> known = new HashMap<>();
        h.createQuery("""
                        SELECT p.id, p.contact, p.account, p.status, p.cause, i.email_key, i.crm_id
                        FROM respondent p LEFT JOIN respondent_identity i ON i.respondent = p.id WHERE p.id IN (<ids>)""")
                .bindList("ids", ids)
                .map((rs, ctx) -> {
                    var status = Match.Status.valueOf(rs.getString("status").toUpperCase(java.util.Locale.ROOT));
                    var match = new Match(
                            status,
                            Rows.optionalLong(rs, "contact"),
                            Rows.optionalLong(rs, "account"),
                            rs.getString("cause"));
                    var person = new Person(
                            rs.getLong("id"),
                            rs.getString("crm_id"),
                            rs.getString("email_key"),
                            status == Match.Status.IGNORED);
                    known.put(person.respondent(), new Known(person, match));
                    return null;
                })
                .list();
        return known;
    }

    private Set<Long> apply(Handle h, Map<Long, Match> changed, long now) {
        if (changed.isEmpty()) {
            return Set.of();
        }
        Set<Long> moved = new TreeSet<>(h.createQuery("SELECT id FROM response WHERE respondent IN (<ids>)")
                .bindList("ids", List.copyOf(changed.keySet()))
                .mapTo(Long.class)
                .list());
        Set<Long> surveyed = Surveying.known(h, changed.keySet());
        Surveying.stale(h, surveyed);
        Stale.responses(h, moved);
        var respondent =
                new Batch(h, "UPDATE respondent SET contact = ?, account = ?, status = ?, cause = ? WHERE id = ?");
        var response = new Batch(h, "UPDATE response SET contact = ?, account = ? WHERE respondent = ?");
        var history = new Batch(
                h,
                "INSERT INTO matching (respondent, contact, account, status, cause, recorded_at) VALUES (?, ?, ?, ?, ?, ?)");
        changed.forEach((id, match) -> {
            String status = match.status().text();
            respondent.add(match.contact(), match.account(), status, match.cause(), id);
            response.add(match.contact(), match.account(), id);
            history.add(id, match.contact(), match.account(), status, match.cause(), now);
        });
        respondent.execute();
        response.execute();
        history.execute();
        placement.place(h, moved);
        Surveying.stale(h, surveyed);
        Stale.responses(h, moved);
        responses.owe(h, moved, now);
        return moved;
    }

    /** The directory as the matcher sees it, inside the same transaction. */
    record Directory(Handle h) implements Candidates {
        @Override
        public boolean complete() {
            return Matching.complete(h);
        }

        @Override
        public Map<String, List<Candidate>> byEmail(Collection<String> emails) {
            Map<String, List<Candidate>> found = new HashMap<>();
            for (List<String> some : Chunks.of(emails, 1000)) {
                h.createQuery("""
                                SELECT e.email, c.id, c.account FROM contact_email e JOIN contact c ON c.id = e.contact
                                WHERE c.deleted = 0 AND e.email IN (<emails>) ORDER BY c.id""")
                        .bindList("emails", some)
                        .map((rs, ctx) -> found.computeIfAbsent(rs.getString("email"), e -> new ArrayList<>())
                                .add(new Candidate(rs.getLong("id"), Rows.optionalLong(rs, "account"))))
                        .list();
            }
            return found;
        }

        @Override
        public Map<String, Candidate> byRemoteId(Collection<String> remoteIds) {
            Map<String, Candidate> found = new HashMap<>();
            for (List<String> some : Chunks.of(remoteIds, 1000)) {
                h.createQuery("""
                                SELECT o.remote_id, c.id, c.account
                                FROM contact o JOIN contact c ON c.remote_id = coalesce(o.merged_into, o.remote_id)
                                WHERE c.deleted = 0 AND o.remote_id IN (<ids>)""")
                        .bindList("ids", some)
                        .map((rs, ctx) -> found.put(
                                rs.getString("remote_id"),
                                new Candidate(rs.getLong("id"), Rows.optionalLong(rs, "account"))))
                        .list();
            }
            return found;
        }

        @Override
        public Map<Long, Candidate> byEarlierMatch(Collection<Long> respondents) {
            Map<Long, Candidate> found = new HashMap<>();
            for (List<Long> some : Chunks.of(respondents, 1000)) {
                h.createQuery("""
                                SELECT p.id AS respondent, c.id, c.account
                                FROM respondent p JOIN contact o ON o.id = p.contact
                                  JOIN contact c ON c.remote_id = coalesce(o.merged_into, o.remote_id)
                                WHERE c.deleted = 0 AND p.id IN (<ids>)""")
                        .bindList("ids", some)
                        .map((rs, ctx) -> found.put(
                                rs.getLong("respondent"),
                                new Candidate(rs.getLong("id"), Rows.optionalLong(rs, "account"))))
                        .list();
            }
            return found;
        }
    }
}
