package bellwether.store;

import bellwether.nps.Policy;
import bellwether.nps.Rate;
import bellwether.nps.Tally;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what people are shown of the present state. Changes nothing. */
public final class Overview {
    private final Store store;

    public Overview(Store store) {
        this.store = store;
    }

    /** Names of the sources whose responses are kept, whether or not they still have a connection. */
    public List<String> sources() {
        return store.read(h -> h.createQuery("SELECT name FROM source ORDER BY name")
                .mapTo(String.class)
                .list());
    }

    /**
     * An account with its figures over one window; {@code health} is null for one that never had an answer.
     *
     * @param tally {@link Tally#NONE} where nothing counts
     * @param answers all its responses, counted or not
     */
    public record AccountLine(
            long id,
            String remoteId,
            String name,
            Tally tally,
            String health,
            String reason,
            long answers,
            boolean stale) {}

    /** All accounts, those with the most counted responses first. */
    public List<AccountLine> accounts(String window, Policy policy) {
        return store.read(h -> h.createQuery("""
                        SELECT a.id, a.remote_id, a.name, a.stale, r.promoters, r.passives, r.detractors, s.value, s.reason,
                          (SELECT count(*) FROM response x WHERE x.account = a.id) AS answers
                        FROM account a
                          LEFT JOIN rollup r ON r.account = a.id AND r.window_name = :window AND r.policy = :policy
                          LEFT JOIN signal s ON s.subject_kind = 'account' AND s.subject = a.id
                            AND s.name = 'relationship_health'
                        WHERE a.deleted = 0
                        ORDER BY coalesce(r.promoters + r.passives + r.detractors, 0) DESC, a.id""")
                .bind("window", window)
                .bind("policy", policy.label())
                .map((rs, ctx) -> new AccountLine(
                        rs.getLong("id"),
                        rs.getString("remote_id"),
                        rs.getString("name"),
                        new Tally(rs.getInt("promoters"), rs.getInt("passives"), rs.getInt("detractors")),
                        rs.getString("value"),
                        rs.getString("reason"),
                        rs.getLong("answers"),
                        rs.getLong("stale") > 0))
                .list());
    }

    /** How many responses there are, how many of them count for an account, and how many of those know their contact. */
    public record Counts(long responses, long withAccount, long withContact) {}

    public Counts counts() {
        return store.read(h -> h.createQuery(
                        "SELECT count(*) AS n, count(account) AS accounts, count(contact) AS contacts FROM response")
                .map((rs, ctx) -> new Counts(rs.getLong("n"), rs.getLong("accounts"), rs.getLong("contacts")))
                .one());
    }

    /** Unmatched people of one cause, and their responses. */
    public record Waiting(String cause, long people, long responses) {}

    /** The waiting room by cause, the largest first. Responses that name nobody have the cause {@code NO_RESPONDENT}. */
    public List<Waiting> waiting() {
        return store.read(h -> h.createQuery("""
                        SELECT coalesce(p.cause, 'NO_RESPONDENT') AS cause, count(DISTINCT p.id) AS people, count(*) AS responses
                        FROM response r LEFT JOIN respondent p ON p.id = r.respondent
                        WHERE r.contact IS NULL AND r.deleted = 0 AND (p.id IS NULL OR p.status <> 'matched')
                        GROUP BY 1 ORDER BY 3 DESC, 1""")
                .map((rs, ctx) -> new Waiting(rs.getString("cause"), rs.getLong("people"), rs.getLong("responses")))
                .list());
    }

    /**
     * Answers are looked for by person first: those of one person are few, all of a source since a survey was sent are many, and SQLite,
     * which cannot know, would begin with these.
     */
    static final String ASKED = """
            SELECT count(*) AS sent, sum(CASE WHEN s.status = 'bounced' THEN 1 ELSE 0 END) AS bounced,
              sum(CASE WHEN s.status <> 'bounced' AND (
                  EXISTS (
                    SELECT 1 FROM response r
                    WHERE r.source = s.source AND r.parent = '' AND r.remote_id = s.remote_id AND r.deleted = 0)
                  OR EXISTS (
                    SELECT 1
                    FROM (
                        SELECT a.id FROM response a WHERE a.respondent = s.respondent
                        UNION ALL SELECT b.id FROM response b
                        WHERE b.contact = (SELECT p.contact FROM respondent p WHERE p.id = s.respondent)) own
                      CROSS JOIN response r
                    WHERE r.id = own.id AND r.source = s.source AND r.deleted = 0 AND r.answered_at >= s.sent_at
                      AND coalesce(r.survey, s.survey, '') = coalesce(s.survey, r.survey, '')
                      AND NOT EXISTS (
                        SELECT 1 FROM send n
                        WHERE n.respondent = s.respondent AND n.source = s.source AND n.status <> 'bounced'
                          AND n.sent_at > s.sent_at AND n.sent_at <= r.answered_at
                          AND coalesce(n.survey, s.survey, '') = coalesce(s.survey, n.survey, ''))
                      AND NOT EXISTS (
                        SELECT 1 FROM send o WHERE o.source = r.source AND o.remote_id = r.remote_id)))
                THEN 1 ELSE 0 END) AS answered
            FROM send s WHERE s.sent_at >= :from AND s.sent_at < :until""";

    /**
     * Surveys that were sent in a time.
     *
     * @param bounced those of them that did not arrive; the others count as delivered
     * @param answered those delivered that were answered, whenever and with a score or not: an answer belongs to the one that has its id,
     *     else to the last one delivered to the person before it, of the same survey where both say which
     */
    public record Asked(long sent, long bounced, long answered) {
        /** Answered of those delivered; null where nothing was delivered. */
        public Rate rate() {
            return Rate.of(answered, sent - bounced);
        }
    }

    /** Who was asked from one instant up to another, of all tools that say so. */
    public Asked asked(Instant from, Instant until) {
        return store.read(h -> h.createQuery(ASKED)
                .bind("from", from.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .map((rs, ctx) -> new Asked(rs.getLong("sent"), rs.getLong("bounced"), rs.getLong("answered")))
                .one());
    }

    /** Open dead letters of one kind. */
    public record Letters(String connection, String step, String code, String advice, long records) {}

    /** The open dead letters by connection and code, the most frequent first. */
    public List<Letters> letters() {
        return store.read(h -> h.createQuery("""
                        SELECT connection, step, code, min(advice) AS advice, count(*) AS n FROM dead_letter
                        WHERE status = 'open' GROUP BY connection, step, code ORDER BY n DESC, code""")
                .map((rs, ctx) -> new Letters(
                        rs.getString("connection"),
                        rs.getString("step"),
                        rs.getString("code"),
                        rs.getString("advice"),
                        rs.getLong("n")))
                .list());
    }

    /**
     * A response as it was written down; {@code before} is the score of the version before, and {@code version} 1 for a new one.
     *
     * @param account our key of the account it counts for, or null
     * @param person the contact's name, or null if there is no contact
     */
    public record Arrival(
            String id,
            int version,
            Integer score,
            Integer before,
            String metric,
            Long account,
            String person,
            String role) {}

    /** What was written down after an instant, up to and including another; earliest first. */
    public List<Arrival> arrivals(Instant after, Instant until) {
        return store.read(h -> h.createQuery("""
                        SELECT r.remote_id, v.version, v.score, w.score AS before, coalesce(s.metric, r.metric) AS metric, r.account,
                          n.name, c.role
                        FROM response_version v
                          JOIN response r ON r.id = v.response
                          LEFT JOIN response_version w ON w.response = v.response AND w.version = v.version - 1
                          LEFT JOIN survey s ON s.source = r.source AND s.remote_id = r.survey
                          LEFT JOIN contact c ON c.id = r.contact
                          LEFT JOIN contact_name n ON n.contact = r.contact
                        WHERE v.recorded_at > :after AND v.recorded_at <= :until ORDER BY v.recorded_at, v.response""")
                .bind("after", after.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .map((rs, ctx) -> new Arrival(
                        rs.getString("remote_id"),
                        rs.getInt("version"),
                        Rows.optionalInt(rs, "score"),
                        Rows.optionalInt(rs, "before"),
                        rs.getString("metric"),
                        Rows.optionalLong(rs, "account"),
                        rs.getString("name"),
                        rs.getString("role")))
                .list());
    }

    /** A warning that a CRM was told of; {@code account} is our key of the account it counts for, {@code contact} null if there is none. */
    public record Warned(long account, Long contact, String reason, Instant at) {}

    /** The warnings that one CRM holds, the latest first. */
    public List<Warned> warnings(String crm) {
        return store.read(h -> h.createQuery("""
                        SELECT a.account, CASE WHEN a.subject_kind = 'contact' THEN a.subject END AS contact, e.reason, e.at
                        FROM act a JOIN event e ON e.event_key = a.act_key
                        WHERE a.crm = :crm AND a.status = 'done' AND e.kind = 'warning' AND a.account IS NOT NULL
                        ORDER BY e.at DESC, a.id DESC""")
                .bind("crm", crm)
                .map((rs, ctx) -> new Warned(
                        rs.getLong("account"),
                        Rows.optionalLong(rs, "contact"),
                        rs.getString("reason"),
                        Instant.ofEpochMilli(rs.getLong("at"))))
                .list());
    }

    /** Names of contacts, by our keys. */
    public Map<Long, String> names(Collection<Long> contacts) {
        Map<Long, String> names = new HashMap<>();
        store.read(h -> {
            for (List<Long> some : Chunks.of(contacts, 1000)) {
                h.createQuery("SELECT contact, name FROM contact_name WHERE contact IN (<ids>)")
                        .bindList("ids", some)
                        .map((rs, ctx) -> names.put(rs.getLong("contact"), rs.getString("name")))
                        .list();
            }
            return null;
        });
        return names;
    }
}
