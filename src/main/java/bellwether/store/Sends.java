package bellwether.store;

import bellwether.nps.Send;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Surveys that were sent, inside one transaction. */
final class Sends {
    private Sends() {}

    /**
     * Takes what the tool says; a copy that is known changes nothing.
     *
     * @param respondents our keys by the tool's ids
     */
    static void accept(Handle h, long source, List<Send> sends, Map<String, Long> respondents, long now) {
        if (sends.isEmpty()) {
            return;
        }
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
    }
}
