package bellwether.store;

import bellwether.nps.Metric;
import bellwether.nps.ResponseKey;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Reads the current answers to NPS questions of everybody, person by person, in one pass and without keeping them, and what is known of
 * the accounts and contacts they can be grouped by. Writes nothing.
 */
public final class Census {
    private static final int FETCH = 2_000;

    /**
     * One current response to a survey declared as NPS, unless deleted in the tool: without its comment and role.
     *
     * @param account our key of the account it counts for, or null
     */
    public record Given(Subject.Answer answer, Long account) {}

    /** An account as far as figures need to know it; {@code revenue} may be null. */
    public record Account(long id, String remoteId, BigDecimal revenue, boolean churned, boolean deleted) {}

    private final Store store;

    public Census(Store store) {
        this.store = store;
    }

    /** Looks at one consistent state of the store. */
    public <T> T look(Function<Sight, T> work) {
        return store.read(h -> work.apply(new Sight(h)));
    }

    /** One state of the store; valid only while it is looked at. */
    public static final class Sight {
        private static final String COLUMNS = """
                r.contact, r.id, r.source, r.parent, r.remote_id, r.survey, r.metric, r.account, r.score, r.answered_at, r.updated_at,
                r.excluded, r.duplicate, r.respondent, r.date_only, r.partial
                """;
        private static final String WITHIN = " AND r.deleted = 0 AND r.answered_at >= :from AND r.answered_at < :until";

        private final Handle handle;
        private final Map<Long, String> sources = new HashMap<>();
        private final Map<Long, Map<String, String>> surveys = new HashMap<>();

        private Sight(Handle handle) {
            this.handle = handle;
            handle.createQuery("SELECT id, name FROM source")
                    .map((rs, ctx) -> sources.put(rs.getLong(1), rs.getString(2)))
                    .list();
            handle.createQuery("SELECT source, remote_id, metric FROM survey WHERE metric IS NOT NULL")
                    .map((rs, ctx) -> surveys.computeIfAbsent(rs.getLong(1), s -> new HashMap<>())
                            .put(rs.getString(2), rs.getString(3)))
                    .list();
        }

        /**
         * Hands over every person's responses in [from, until), all of one person at once, in any order. Null on either side is open;
         * {@code source} limits it to one, null does not.
         */
        public void people(Instant from, Instant until, String source, Consumer<List<Given>> each) {
            people(from, Duration.ZERO, until, source, each);
        }

        /**
         * The same with what may bear on the first of them: of whoever gave an answer so shortly before {@code from}, everything that
         * was before it.
         */
        public void people(Instant from, Duration before, Instant until, String source, Consumer<List<Given>> each) {
            Instant first = from == null ? null : from.minus(before);
            Consumer<List<Given>> whole = from == null || before.isZero()
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
                            "SELECT " + COLUMNS + ", NULL AS email_key FROM response r WHERE r.contact IS NOT NULL"
                                    + WITHIN + only(source) + " ORDER BY r.contact",
                            first,
                            until,
                            source),
                    whole);
            hand(
                    bound(
                            "SELECT " + COLUMNS + """
                                    , i.email_key FROM response r LEFT JOIN respondent_identity i ON i.respondent = r.respondent
                                    WHERE r.contact IS NULL""" + WITHIN + only(source)
                                    + " ORDER BY i.email_key, r.respondent, r.id",
                            first,
                            until,
                            source),
                    whole);
        }

        /** What the person behind an answer gave before an instant. */
        private List<Given> earlier(Subject.Answer answer, Instant until, String source) {
            String whose = answer.contact() != null
                    ? "r.contact = :person"
                    : "r.contact IS NULL AND "
                            + (answer.email() != null ? "i.email_key = :person" : "r.respondent = :person");
            Object person = answer.contact() != null
                    ? answer.contact()
                    : answer.email() != null ? answer.email() : (Object) answer.respondent();
            List<Given> earlier = new ArrayList<>();
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

        private void hand(Query query, Consumer<List<Given>> each) {
            query.scanResultSet((rows, context) -> {
                ResultSet rs = rows.get();
                List<Given> person = new ArrayList<>();
                while (rs.next()) {
                    Given given = given(rs);
                    if (given == null) {
                        continue;
                    }
                    if (!person.isEmpty() && !same(person.get(0).answer(), given.answer())) {
                        each.accept(person);
                        person = new ArrayList<>();
                    }
                    person.add(given);
                }
                if (!person.isEmpty()) {
                    each.accept(person);
                }
                return null;
            });
        }

        private static boolean same(Subject.Answer a, Subject.Answer b) {
            return a.contact() != null || b.contact() != null
                    ? Objects.equals(a.contact(), b.contact())
                    : a.email() != null || b.email() != null
                            ? Objects.equals(a.email(), b.email())
                            : a.respondent() == b.respondent();
        }

        /** By the numbers of the columns, which are found much faster than names; null for what is no answer to an NPS question. */
        private Given given(ResultSet rs) throws SQLException {
            long source = rs.getLong(3);
            String survey = rs.getString(6);
            String declared = survey == null
                    ? null
                    : surveys.getOrDefault(source, Map.of()).get(survey);
            String metric = declared == null ? rs.getString(7) : declared;
            if (!Metric.NPS.name().equals(metric)) {
                return null;
            }
            long id = rs.getLong(2);
            String parent = rs.getString(4);
            String name = sources.get(source);
            Long score = optional(rs, 9);
            Long updated = optional(rs, 11);
            Long respondent = optional(rs, 14);
            var answer = new Subject.Answer(
                    id,
                    name,
                    new ResponseKey(name, parent.isEmpty() ? null : parent, rs.getString(5)).externalId(),
                    survey,
                    metric,
                    true,
                    optional(rs, 1),
                    // A response that names nobody is somebody of its own.
                    respondent == null ? -id : respondent,
                    rs.getString(17),
                    null,
                    score == null ? null : score.intValue(),
                    null,
                    Instant.ofEpochMilli(rs.getLong(10)),
                    rs.getInt(15) == 1,
                    updated == null ? null : Instant.ofEpochMilli(updated),
                    rs.getInt(12) == 1,
                    rs.getInt(16) == 1,
                    false,
                    rs.getInt(13) == 1,
                    false);
            return new Given(answer, optional(rs, 8));
        }

        private static Long optional(ResultSet rs, int column) throws SQLException {
            long value = rs.getLong(column);
            return rs.wasNull() ? null : value;
        }

        /** Every account by our key, deleted ones too. */
        public Map<Long, Account> accounts() {
            Map<Long, Account> accounts = new HashMap<>();
            handle.createQuery("SELECT id, remote_id, revenue, churned, deleted FROM account")
                    .map((rs, ctx) -> {
                        String revenue = rs.getString(3);
                        return accounts.put(
                                rs.getLong(1),
                                new Account(
                                        rs.getLong(1),
                                        rs.getString(2),
                                        revenue == null ? null : new BigDecimal(revenue),
                                        rs.getInt(4) == 1,
                                        rs.getInt(5) == 1));
                    })
                    .list();
            return accounts;
        }

        /** What an attribute of all accounts or contacts is now, by our key; absent where it is not known. */
        public Map<Long, String> attribute(String kind, String name) {
            Map<Long, String> values = new HashMap<>();
            handle.createQuery("SELECT subject, value FROM attribute WHERE kind = :kind AND name = :name ORDER BY id")
                    .bind("kind", kind)
                    .bind("name", name)
                    .setFetchSize(FETCH)
                    .map((rs, ctx) -> values.put(rs.getLong(1), rs.getString(2)))
                    .list();
            values.values().removeIf(Objects::isNull);
            return values;
        }

        /** The roles of contacts, by our key; absent where it is not known. */
        public Map<Long, String> roles() {
            Map<Long, String> roles = new HashMap<>();
            handle.createQuery("SELECT id, role FROM contact WHERE role IS NOT NULL")
                    .setFetchSize(FETCH)
                    .map((rs, ctx) -> roles.put(rs.getLong(1), rs.getString(2)))
                    .list();
            return roles;
        }

        /** The names of all sources. */
        public Collection<String> sources() {
            return List.copyOf(sources.values());
        }

        /** From when on there are data, as for an account; null if no connection has begun. */
        public Instant dataSince() {
            return Subjects.dataSince(handle);
        }
    }
}
