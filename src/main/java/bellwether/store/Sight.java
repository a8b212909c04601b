package bellwether.store;

import bellwether.nps.Metric;
import bellwether.nps.ResponseKey;
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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * One state of the store, valid only while it is looked at: the answers of everybody, person by person, in one pass and without keeping
 * them, and what is known of the accounts and contacts they can be grouped by.
 */
public abstract sealed class Sight permits SightNow, SightThen {
    static final int FETCH = 2_000;

    final Handle handle;
    private final Map<Long, String> sources = new HashMap<>();
    private final Map<Long, Map<String, String>> surveys = new HashMap<>();

    /** @param surveys selects source, survey and metric, of several rows of one survey the last to hold */
    Sight(Handle handle, Query surveys) {
        this.handle = handle;
        handle.createQuery("SELECT id, name FROM source")
                .map((rs, ctx) -> sources.put(rs.getLong(1), rs.getString(2)))
                .list();
        surveys.map((rs, ctx) -> this.surveys
                        .computeIfAbsent(rs.getLong(1), s -> new HashMap<>())
                        .put(rs.getString(2), rs.getString(3)))
                .list();
    }

    /**
     * Hands over every person's responses in [from, until), all of one person at once, in any order. Null on either side is open;
     * {@code source} limits it to one, null does not.
     */
    public void people(Instant from, Instant until, String source, Consumer<List<Census.Given>> each) {
        people(from, Duration.ZERO, until, source, each);
    }

    /**
     * The same with what may bear on the first of them: of whoever gave an answer so shortly before {@code from}, everything that
     * was before it.
     */
    public abstract void people(
            Instant from, Duration before, Instant until, String source, Consumer<List<Census.Given>> each);

    /** Every account by our key, deleted ones too. */
    public abstract Map<Long, Census.Account> accounts();

    /** What an attribute of all accounts or contacts is, by our key; absent where it is not known. */
    public abstract Map<Long, String> attribute(String kind, String name);

    /** The roles of contacts, by our key; absent where it is not known. */
    public abstract Map<Long, String> roles();

    /** The names of all sources. */
    public Collection<String> sources() {
        return List.copyOf(sources.values());
    }

    /** From when on there are data, as for an account; null if no connection has begun. */
    public Instant dataSince() {
        return Subjects.dataSince(handle);
    }

    /** Since when it is kept when accounts were deleted or left; null if it is not yet. */
    public Instant departuresSince() {
        return handle.createQuery(
                        "SELECT min(recorded_at) AS since FROM attribute WHERE kind = 'account' AND name = 'deleted'")
                .map((rs, ctx) -> Rows.optionalInstant(rs, "since"))
                .one();
    }

    /** By our key the value of a query's last row for it, the first column to the second; absent where that is null. */
    static Map<Long, String> newest(Query query) {
        Map<Long, String> values = new HashMap<>();
        query.setFetchSize(FETCH)
                .map((rs, ctx) -> values.put(rs.getLong(1), rs.getString(2)))
                .list();
        values.values().removeIf(Objects::isNull);
        return values;
    }

    /**
     * Hands over rows person by person.
     *
     * @param query selects contact, id, source, parent, remote_id, survey, metric, account, score, answered_at, updated_at, excluded,
     *     duplicate, respondent, date_only, partial and email_key, those of a person together
     */
    final void hand(Query query, Consumer<List<Census.Given>> each) {
        query.scanResultSet((rows, context) -> {
            ResultSet rs = rows.get();
            List<Census.Given> person = new ArrayList<>();
            while (rs.next()) {
                Census.Given given = given(rs);
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
    private Census.Given given(ResultSet rs) throws SQLException {
        long source = rs.getLong(3);
        String survey = rs.getString(6);
        String declared =
                survey == null ? null : surveys.getOrDefault(source, Map.of()).get(survey);
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
        return new Census.Given(answer, optional(rs, 8));
    }

    private static Long optional(ResultSet rs, int column) throws SQLException {
        long value = rs.getLong(column);
        return rs.wasNull() ? null : value;
    }
}
