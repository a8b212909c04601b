package bellwether.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the responses that a tool no longer has, inside one transaction: those known before a scan began that it did not meet in a time
 * it has read to its end. Once may be the tool's slip, twice is believed. A read is not believed by itself if it found nothing at all of
 * what is known, or if more than 2 % (and at least 10) are not in it: what such reads did not find twice waits for a person.
 */
final class Absences {
    static final int AT_LEAST = 10;
    static final int PERCENT = 2;

    private static final Logger LOG = LoggerFactory.getLogger(Absences.class);
    private static final String KNOWN = """
            FROM response r WHERE r.source = :source AND r.answered_at >= :from AND r.answered_at < :until AND r.deleted = 0
              AND (CAST(:parent AS TEXT) = '' OR r.parent = :parent OR (r.parent = '' AND r.survey = :parent))""";
    private static final String OF_BEFORE = "r.received_at < :began";
    private static final String ABSENT =
            OF_BEFORE + " AND NOT EXISTS (SELECT 1 FROM seen s WHERE s.reading = :reading AND s.response = r.id)";

    private final Handle h;
    private final String connection;
    private final long source;
    private final long now;

    Absences(Handle h, String connection, long source, long now) {
        this.h = h;
        this.connection = connection;
        this.source = source;
        this.now = now;
    }

    /**
     * Takes note of what a scan met.
     *
     * @param met our keys of responses that were known before
     * @return our keys of responses that the tool is now believed to have deleted
     */
    Set<Long> judge(Delivery.Reading part, Collection<Long> met) {
        h.createUpdate("""
                        INSERT INTO reading (connection, parent, scan, began_at) VALUES (:connection, :parent, :scan, :now)
                        ON CONFLICT (connection, parent, scan) DO NOTHING""")
                .bind("connection", connection)
                .bindMethods(part)
                .bind("now", now)
                .execute();
        Scan scan = h.createQuery("""
                        SELECT id, began_at FROM reading WHERE connection = :connection AND parent = :parent AND scan = :scan""")
                .bind("connection", connection)
                .bindMethods(part)
                .map((rs, ctx) -> new Scan(rs.getLong("id"), rs.getLong("began_at")))
                .one();
        if (!met.isEmpty()) {
            var seen = new Batch(h, "INSERT INTO seen (reading, response) VALUES (?, ?) ON CONFLICT DO NOTHING");
            met.forEach(id -> seen.add(scan.id(), id));
            seen.execute();
        }
        Set<Long> gone = part.until().isAfter(part.from()) ? gone(part, scan) : Set.of();
        if (part.last()) {
            h.execute("DELETE FROM seen WHERE reading = ?", scan.id());
            h.execute("DELETE FROM reading WHERE id = ?", scan.id());
        }
        return gone;
    }

    private record Scan(long id, long began) {}

    /** Without what came while it was read by another way, which it need not have met. */
    private record Counts(long known, long absent) {
        /** Whether the read could be believed by itself. */
        boolean solid() {
            return absent < known && (absent < AT_LEAST || absent * 100 <= known * PERCENT);
        }
    }

    /** What any way brought again is there, and nobody is asked about it. */
    static void met(Handle h, Collection<Long> ids) {
        for (List<Long> some : Chunks.of(List.copyOf(ids), 1000)) {
            h.createUpdate("DELETE FROM absence WHERE response IN (<ids>)")
                    .bindList("ids", some)
                    .execute();
        }
    }

    private Set<Long> gone(Delivery.Reading part, Scan scan) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "source", source,
                "from", part.from().toEpochMilli(),
                "until", part.until().toEpochMilli(),
                "parent", part.parent(),
                "reading", scan.id(),
                "began", scan.began()));
        h.execute("DELETE FROM absence WHERE response IN (SELECT response FROM seen WHERE reading = ?)", scan.id());
        Counts counts = h.createQuery("SELECT count(CASE WHEN " + OF_BEFORE + " THEN 1 END) AS known, count(CASE WHEN "
                        + ABSENT + " THEN 1 END) AS absent " + KNOWN)
                .bindMap(values)
                .map((rs, ctx) -> new Counts(rs.getLong("known"), rs.getLong("absent")))
                .one();
        Set<Long> gone = new TreeSet<>();
        if (counts.absent() > 0) {
            values.putAll(Map.of("connection", connection, "solid", counts.solid() ? 1 : 0, "now", now));
            h.createUpdate(
                            "INSERT INTO absence (response, connection, reads, solid, since)"
                                    + " SELECT r.id, :connection, 1, :solid, :now " + KNOWN + " AND " + ABSENT
                                    + " ON CONFLICT (response) DO UPDATE SET reads = absence.reads + 1, solid = absence.solid + excluded.solid")
                    .bindMap(values)
                    .execute();
            gone.addAll(h.createQuery("SELECT response FROM absence WHERE connection = :connection AND solid >= 2")
                    .bind("connection", connection)
                    .mapTo(Long.class)
                    .list());
            report(part, counts, gone.size());
        }
        h.createUpdate("DELETE FROM seen WHERE reading = :reading AND response IN (SELECT r.id " + KNOWN + ")")
                .bindMap(values)
                .execute();
        return gone;
    }

    private void report(Delivery.Reading part, Counts counts, int gone) {
        String missing = counts.absent() + " of the " + counts.known() + " responses from " + part.from() + " to "
                + part.until() + " are not in what the tool answers";
        if (counts.solid()) {
            LOG.info("{}: {}, {} of them for the second time: these are taken for deleted", connection, missing, gone);
        } else {
            LOG.warn("{}: {}; that is too many to be believed, so none is removed", connection, missing);
        }
    }

    /** Writes a version that says so for each; the responses stay in the ledger and no longer count. */
    static void remove(Handle h, Responses responses, Collection<Long> ids, long now) {
        Stale.responses(h, ids);
        for (List<Long> some : Chunks.of(ids, 1000)) {
            // The hash is no content's, so whatever the tool says of it later is something new.
            h.createUpdate("""
                            INSERT INTO response_version (response, version, recorded_at, hash, survey, metric, respondent, score,
                              answered_at, created_at, updated_at, date_only, fallback_date, excluded, completed, deleted, channel, tags)
                            SELECT v.response, v.version + 1, :now, 'deleted', v.survey, v.metric, v.respondent, v.score,
                              v.answered_at, v.created_at, v.updated_at, v.date_only, v.fallback_date, v.excluded, v.completed, 1,
                              v.channel, v.tags
                            FROM response r JOIN response_version v ON v.response = r.id AND v.version = r.version
                            WHERE r.deleted = 0 AND r.id IN (<ids>)""").bind("now", now).bindList("ids", some).execute();
            h.createUpdate("""
                            INSERT INTO response_text (response, version, comment, properties)
                            SELECT t.response, t.version + 1, t.comment, t.properties
                            FROM response r JOIN response_text t ON t.response = r.id AND t.version = r.version
                            WHERE r.deleted = 0 AND r.id IN (<ids>)""").bindList("ids", some).execute();
            h.createUpdate("""
                            UPDATE response SET version = version + 1, hash = 'deleted', deleted = 1
                            WHERE deleted = 0 AND id IN (<ids>)""").bindList("ids", some).execute();
            h.createUpdate("DELETE FROM absence WHERE response IN (<ids>)")
                    .bindList("ids", some)
                    .execute();
        }
        responses.owe(h, ids, now);
    }
}
