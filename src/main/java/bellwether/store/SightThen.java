package bellwether.store;

import bellwether.nps.AttributeBy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * What was believed of everybody at an instant, from the rows of the ledger that had been recorded by then: {@link Past} for all accounts
 * at once, by one pass over the versions, with the stays of many people at a time.
 */
final class SightThen extends Sight {
    private static final int PEOPLE = 500;
    private static final String ANSWERS = """
            SELECT m.contact, r.id, r.source, r.parent, r.remote_id, v.survey, v.metric, m.account, v.score, v.answered_at,
              v.updated_at, v.excluded, 0 AS duplicate, v.respondent, v.date_only,
              CASE WHEN v.completed = 0 THEN 1 ELSE 0 END AS partial, i.email_key
            FROM response_version v
              JOIN response r ON r.id = v.response
              LEFT JOIN matching m ON m.id = (
                SELECT max(n.id) FROM matching n WHERE n.respondent = v.respondent AND n.recorded_at <= :known)
              LEFT JOIN respondent_identity i ON i.respondent = v.respondent
            WHERE v.deleted = 0 AND v.answered_at < :until AND v.version = (
                SELECT max(w.version) FROM response_version w WHERE w.response = v.response AND w.recorded_at <= :known)
              AND (CAST(:source AS TEXT) IS NULL OR r.source = (SELECT id FROM source WHERE name = :source))
            ORDER BY m.contact, i.email_key, v.respondent, r.id""";

    private final AttributeBy attributeBy;
    private final long validAt;
    private final long knownAt;

    SightThen(Handle handle, AttributeBy attributeBy, long validAt, long knownAt) {
        super(
                handle,
                handle.createQuery(
                                "SELECT source, remote_id, metric FROM survey_metric WHERE recorded_at <= :known ORDER BY id")
                        .bind("known", knownAt));
        this.attributeBy = attributeBy;
        this.validAt = validAt;
        this.knownAt = knownAt;
    }

    /** All that each had given up to the instant it is about, however early: to leave some out would save nothing. */
    @Override
    public void people(Instant from, Duration before, Instant until, String source, Consumer<List<Census.Given>> each) {
        long end = until == null ? validAt + 1 : Math.min(validAt + 1, until.toEpochMilli());
        Query query = handle.createQuery(ANSWERS)
                .bind("known", knownAt)
                .bind("until", end)
                .bind("source", source)
                .setFetchSize(FETCH);
        List<List<Census.Given>> some = new ArrayList<>();
        hand(query, person -> {
            some.add(person);
            if (some.size() == PEOPLE) {
                place(some, each);
            }
        });
        place(some, each);
    }

    /** Says of people's answers whose they are, and hands them over. */
    private void place(List<List<Census.Given>> people, Consumer<List<Census.Given>> each) {
        Set<Long> contacts = new TreeSet<>();
        people.stream()
                .map(person -> person.get(0).answer().contact())
                .filter(Objects::nonNull)
                .forEach(contacts::add);
        var stays = Memberships.believed(handle, contacts, knownAt);
        people.forEach(person -> each.accept(new ArrayList<>(
                person.stream().map(given -> placed(given, stays)).toList())));
        people.clear();
    }

    private Census.Given placed(Census.Given given, Memberships stays) {
        Long contact = given.answer().contact();
        return contact == null
                ? given
                : new Census.Given(
                        given.answer(),
                        stays.account(
                                contact,
                                attributeBy == AttributeBy.ANSWER
                                        ? given.answer().answeredAt().toEpochMilli()
                                        : validAt));
    }

    /** Those that were known by then; whether they were deleted is as it was when that began to be kept, where it was kept later. */
    @Override
    public Map<Long, Census.Account> accounts() {
        Map<Long, String> revenues = attribute("account", "revenue");
        Map<Long, String> churned = attribute("account", "churned");
        Map<Long, String> deleted = attribute("account", "deleted");
        Map<Long, Census.Account> accounts = new HashMap<>();
        handle.createQuery("""
                        SELECT a.id, a.remote_id, coalesce(
                          (SELECT k.value FROM attribute k WHERE k.id = (SELECT min(d.id) FROM attribute d
                            WHERE d.kind = 'account' AND d.subject = a.id AND d.name = 'deleted')),
                          CASE WHEN a.deleted = 1 THEN 'true' END) AS deleted
                        FROM account a WHERE coalesce(
                          (SELECT min(t.recorded_at) FROM attribute t WHERE t.kind = 'account' AND t.subject = a.id), 0) <= :known""")
                .bind("known", knownAt)
                .map((rs, ctx) -> {
                    long id = rs.getLong("id");
                    String revenue = revenues.get(id);
                    return accounts.put(
                            id,
                            new Census.Account(
                                    id,
                                    rs.getString("remote_id"),
                                    revenue == null ? null : new BigDecimal(revenue),
                                    "true".equals(churned.get(id)),
                                    "true".equals(deleted.getOrDefault(id, rs.getString("deleted")))));
                })
                .list();
        return accounts;
    }

    @Override
    public Map<Long, String> attribute(String kind, String name) {
        return newest(handle.createQuery("""
                        SELECT subject, value FROM attribute WHERE kind = :kind AND name = :name
                          AND recorded_at <= :known AND valid_from <= :valid ORDER BY id""")
                .bind("kind", kind)
                .bind("name", name)
                .bind("known", knownAt)
                .bind("valid", validAt));
    }

    @Override
    public Map<Long, String> roles() {
        return attribute("contact", "role");
    }
}
