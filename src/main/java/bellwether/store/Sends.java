package bellwether.store;

import bellwether.nps.Send;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Surveys that were sent, inside one transaction. */
final class Sends {
    private Sends() {}

    /**
     * Takes what the tool says; a copy that is known changes nothing.
     *
     * @param respondents our keys by the tool's ids
     * @return our keys of those who were asked, or were not after all, as far as nobody knew that
     */
    static Set<Long> accept(Handle h, long source, List<Send> sends, Map<String, Long> respondents, long now) {
        if (sends.isEmpty()) {
            return Set.of();
        }
        Map<String, Asked> before =
                asked(h, source, sends.stream().map(Send::id).toList());
        var upsert = new Batch(h, """
                INSERT INTO send (source, remote_id, respondent, survey, channel, sent_at, status, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (source, remote_id) DO UPDATE SET respondent = coalesce(excluded.respondent, send.respondent),
                  survey = coalesce(excluded.survey, send.survey), channel = coalesce(excluded.channel, send.channel),
                  sent_at = coalesce(excluded.sent_at, send.sent_at), status = excluded.status, updated_at = excluded.updated_at
                WHERE send.status <> excluded.status
                  OR coalesce(send.respondent, 0) <> coalesce(excluded.respondent, send.respondent, 0)
                  OR coalesce(send.survey, '') <> coalesce(excluded.survey, send.survey, '')
                  OR coalesce(send.channel, '') <> coalesce(excluded.channel, send.channel, '')
                  OR coalesce(send.sent_at, 0) <> coalesce(excluded.sent_at, send.sent_at, 0)""");
        for (Send send : sends) {
            upsert.add(
                    source,
                    send.id(),
                    send.respondent() == null ? null : respondents.get(send.respondent()),
                    send.survey(),
                    send.channel(),
                    Rows.millis(send.sentAt()),
                    send.status().word(),
                    now);
        }
        upsert.execute();
        Set<Long> people = new TreeSet<>();
        asked(h, source, sends.stream().map(Send::id).toList()).forEach((id, after) -> {
            Asked known = before.get(id);
            if (!after.equals(known)) {
                people.add(after.respondent());
                if (known != null) {
                    people.add(known.respondent());
                }
            }
        });
        return people;
    }

    private record Asked(long respondent, Instant at, boolean bounced) {}

    /** Who is known to have been asked when, by the ids of sends. */
    private static Map<String, Asked> asked(Handle h, long source, Collection<String> ids) {
        Map<String, Asked> asked = new HashMap<>();
        for (List<String> some : Chunks.of(ids, 1000)) {
            h.createQuery("SELECT remote_id, respondent, sent_at, status FROM send"
                            + " WHERE source = :source AND remote_id IN (<ids>) AND respondent IS NOT NULL")
                    .bind("source", source)
                    .bindList("ids", some)
                    .map((rs, ctx) -> asked.put(
                            rs.getString("remote_id"),
                            new Asked(
                                    rs.getLong("respondent"),
                                    Rows.optionalInstant(rs, "sent_at"),
                                    rs.getString("status").equals("bounced"))))
                    .list();
        }
        return asked;
    }
}
