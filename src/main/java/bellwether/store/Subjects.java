package bellwether.store;

import bellwether.nps.ResponseKey;
import bellwether.nps.Surveyed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads what the rules need to know, for many accounts at once. */
final class Subjects {
    /** Responses by account, or all of a contact. */
    static Map<Long, List<Subject.Answer>> answers(Handle h, String by, Collection<Long> ids) {
        Map<Long, List<Subject.Answer>> answers = new HashMap<>();
        String where = by.equals("account") ? "r.account IN (<ids>)" : "r.contact IN (<ids>)";
        for (List<Long> some : Chunks.of(ids, 1000)) {
            // Looked up row by row, as joins PostgreSQL would rather read these tables from end to end for every batch.
            h.createQuery("""
                            SELECT r.%s AS subject, r.id, s.name AS source, r.parent, r.remote_id, r.survey,
                              coalesce(v.metric, r.metric) AS metric, r.contact, r.respondent,
                              (SELECT i.email_key FROM respondent_identity i WHERE i.respondent = r.respondent) AS email_key,
                              (SELECT c.role FROM contact c WHERE c.id = r.contact) AS role, r.score,
                              (SELECT t.comment FROM response_text t WHERE t.response = r.id AND t.version = r.version) AS comment,
                              r.answered_at, r.date_only, r.updated_at, r.excluded, r.partial, r.deleted, r.duplicate, r.awaited
                            FROM response r
                              JOIN source s ON s.id = r.source
                              LEFT JOIN survey v ON v.source = r.source AND v.remote_id = r.survey
                            WHERE %s ORDER BY r.id""".formatted(by, where))
                    .bindList("ids", some)
                    .map((rs, ctx) -> {
                        String parent = rs.getString("parent");
                        String metric = rs.getString("metric");
                        return answers.computeIfAbsent(rs.getLong("subject"), k -> new ArrayList<>())
                                .add(new Subject.Answer(
                                        rs.getLong("id"),
                                        rs.getString("source"),
                                        new ResponseKey(
                                                        rs.getString("source"),
                                                        parent.isEmpty() ? null : parent,
                                                        rs.getString("remote_id"))
                                                .externalId(),
                                        rs.getString("survey"),
                                        metric,
                                        metric != null,
                                        Rows.optionalLong(rs, "contact"),
                                        rs.getLong("respondent"),
                                        rs.getString("email_key"),
                                        rs.getString("role"),
                                        Rows.optionalInt(rs, "score"),
                                        rs.getString("comment"),
                                        Instant.ofEpochMilli(rs.getLong("answered_at")),
                                        rs.getInt("date_only") == 1,
                                        Rows.optionalInstant(rs, "updated_at"),
                                        rs.getInt("excluded") == 1,
                                        rs.getInt("partial") == 1,
                                        rs.getInt("deleted") == 1,
                                        rs.getInt("duplicate") == 1,
                                        rs.getInt("awaited") == 1));
                    })
                    .list();
        }
        return answers;
    }

    /**
     * Live contacts that answered or that a CRM was told something about, and by themselves those that were asked too. A contact with an answer that
     * counts for another account than its own is refreshed by itself, over all its answers; so may be one that has lost all of them.
     */
    static Map<Long, List<Subject.Contact>> contacts(Handle h, String by, Collection<Long> ids) {
        Map<Long, List<Subject.Contact>> contacts = new HashMap<>();
        String subject = by.equals("account") ? "c.account" : "c.id";
        String elsewhere = """
                EXISTS (SELECT 1 FROM response r WHERE r.contact = c.id AND (r.account <> c.account OR r.account IS NULL))""";
        String where = by.equals("account")
                ? "c.account IN (<ids>) AND NOT " + elsewhere
                : "c.id IN (<ids>) AND (c.account IS NULL OR " + elsewhere
                        + " OR NOT EXISTS (SELECT 1 FROM response r WHERE r.contact = c.id))";
        String asked = by.equals("account") ? "" : " OR " + Surveying.OF_CONTACT;
        for (List<Long> some : Chunks.of(ids, 1000)) {
            List<Found> found = h.createQuery("""
                            SELECT %s AS subject, c.id, c.remote_id, c.role FROM contact c
                            WHERE %s AND c.deleted = 0
                              AND (EXISTS (SELECT 1 FROM response r WHERE r.contact = c.id)
                                OR EXISTS (SELECT 1 FROM target t WHERE t.kind = 'contact' AND t.subject = c.id)%s)
                            ORDER BY c.id""".formatted(subject, where, asked))
                    .bindList("ids", some)
                    .map((rs, ctx) -> new Found(
                            rs.getLong("subject"), rs.getLong("id"), rs.getString("remote_id"), rs.getString("role")))
                    .list();
            Map<Long, Surveyed> surveyed =
                    Surveying.of(h, found.stream().map(Found::id).toList());
            found.forEach(one -> contacts.computeIfAbsent(one.subject(), k -> new ArrayList<>())
                    .add(new Subject.Contact(
                            one.id(), one.remoteId(), one.role(), surveyed.getOrDefault(one.id(), Surveyed.UNKNOWN))));
        }
        return contacts;
    }

    private record Found(long subject, long id, String remoteId, String role) {}

    /** The attributes of accounts as last recorded. */
    static Map<Long, Map<String, String>> attributes(Handle h, Collection<Long> ids) {
        Map<Long, Map<String, String>> attributes = new HashMap<>();
        for (List<Long> some : Chunks.of(ids, 1000)) {
            h.createQuery(
                            "SELECT subject, name, value FROM attribute WHERE kind = 'account' AND subject IN (<ids>) ORDER BY id")
                    .bindList("ids", some)
                    .map((rs, ctx) -> attributes
                            .computeIfAbsent(rs.getLong("subject"), k -> new HashMap<>())
                            .put(rs.getString("name"), rs.getString("value")))
                    .list();
        }
        return attributes;
    }

    /** What was last said of accounts. */
    static Map<Long, Map<String, Subject.Said>> said(Handle h, Collection<Long> ids) {
        Map<Long, Map<String, Subject.Said>> said = new HashMap<>();
        for (List<Long> some : Chunks.of(ids, 1000)) {
            h.createQuery(
                            "SELECT subject, name, value, since FROM signal WHERE subject_kind = 'account' AND subject IN (<ids>)")
                    .bindList("ids", some)
                    .map((rs, ctx) -> said.computeIfAbsent(rs.getLong("subject"), k -> new HashMap<>())
                            .put(
                                    rs.getString("name"),
                                    new Subject.Said(rs.getString("value"), Instant.ofEpochMilli(rs.getLong("since")))))
                    .list();
        }
        return said;
    }

    /** From when on the connections have data: the earliest instant that a backfill reaches back to. */
    static Instant dataSince(Handle h) {
        return h.createQuery("SELECT min(window_from) FROM position WHERE scan = 'backfill'")
                .mapTo(Long.class)
                .findOne()
                .filter(java.util.Objects::nonNull)
                .map(Instant::ofEpochMilli)
                .orElse(null);
    }

    private Subjects() {}
}
