package bellwether.store;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What there is now. */
final class SightNow extends Sight {
    private static final String COLUMNS = """
            r.contact, r.id, r.source, r.parent, r.remote_id, r.survey, r.metric, r.account, r.score, r.answered_at, r.updated_at,
            r.excluded, r.duplicate, r.respondent, r.date_only, r.partial
            """;
    private static final String WITHIN = " AND r.deleted = 0 AND r.answered_at >= :from AND r.answered_at < :until";

    SightNow(Handle handle) {
        super(handle, handle.createQuery("SELECT source, remote_id, metric FROM survey WHERE metric IS NOT NULL"));
    }

    @Override
    public void people(Instant from, Duration before, Instant until, String source, Consumer<List<Census.Given>> each) {
        Instant first = from == null ? null : from.minus(before);
        Consumer<List<Census.Given>> whole = from == null || before.isZero()
                ? each
                : person -> {
                    if (person.stream()
                            .anyMatch(given -> given.answer().answeredAt().isBefore(from))) {
                        person.addAll(earlier(person.get(0).answer(), first, source));
                    }
                    each.accept(person);
                };
        hand(
                bound(
                        "SELECT " + COLUMNS + ", NULL AS email_key FROM response r WHERE r.contact IS NOT NULL" + WITHIN
                                + only(source) + " ORDER BY r.contact",
                        first,
                        until,
                        source),
                whole);
        hand(
                bound(
                        "SELECT " + COLUMNS + """
                                , i.email_key FROM response r LEFT JOIN respondent_identity i ON i.respondent = r.respondent
                                WHERE r.contact IS NULL""" + WITHIN + only(source) + " ORDER BY i.email_key, r.respondent, r.id",
                        first,
                        until,
                        source),
                whole);
    }

    /** What the person behind an answer gave before an instant. */
    private List<Census.Given> earlier(Subject.Answer answer, Instant until, String source) {
        String whose = answer.contact() != null
                ? "r.contact = :person"
                : "r.contact IS NULL AND "
                        + (answer.email() != null ? "i.email_key = :person" : "r.respondent = :person");
        Object person = answer.contact() != null
                ? answer.contact()
                : answer.email() != null ? answer.email() : (Object) answer.respondent();
        List<Census.Given> earlier = new ArrayList<>();
        hand(
                bound("SELECT " + COLUMNS + """
                                        , i.email_key FROM response r LEFT JOIN respondent_identity i ON i.respondent = r.respondent
                                        WHERE\s""" + whose + WITHIN + only(source), null, until, source)
                        .bind("person", person),
                earlier::addAll);
        return earlier;
    }

    private static String only(String source) {
        return source == null ? "" : " AND r.source = (SELECT id FROM source WHERE name = :source)";
    }

    private Query bound(String sql, Instant from, Instant until, String source) {
        Query query = handle.createQuery(sql)
                .bind("from", from == null ? Long.MIN_VALUE : from.toEpochMilli())
                .bind("until", until == null ? Long.MAX_VALUE : until.toEpochMilli())
                .setFetchSize(FETCH);
        return source == null ? query : query.bind("source", source);
    }

    @Override
    public Map<Long, Census.Account> accounts() {
        Map<Long, Census.Account> accounts = new HashMap<>();
        handle.createQuery("SELECT id, remote_id, revenue, churned, deleted FROM account")
                .map((rs, ctx) -> {
                    String revenue = rs.getString(3);
                    return accounts.put(
                            rs.getLong(1),
                            new Census.Account(
                                    rs.getLong(1),
                                    rs.getString(2),
                                    revenue == null ? null : new BigDecimal(revenue),
                                    rs.getInt(4) == 1,
                                    rs.getInt(5) == 1));
                })
                .list();
        return accounts;
    }

    @Override
    public Map<Long, String> attribute(String kind, String name) {
        return newest(handle.createQuery(
                        "SELECT subject, value FROM attribute WHERE kind = :kind AND name = :name ORDER BY id")
                .bind("kind", kind)
                .bind("name", name));
    }

    @Override
    public Map<Long, String> roles() {
        return newest(handle.createQuery("SELECT id, role FROM contact WHERE role IS NOT NULL"));
    }
}
