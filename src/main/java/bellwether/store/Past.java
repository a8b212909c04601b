package bellwether.store;

import bellwether.nps.AttributeBy;
import bellwether.nps.ResponseKey;
import bellwether.nps.Surveyed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Rebuilds what was believed of an account from the rows of the ledger that had been recorded by then: versions, matches, stays,
 * dimensions and declared surveys. E-mail addresses are those known now, since they are kept apart to be erasable.
 */
final class Past {
    private final Handle h;
    private final AttributeBy attributeBy;
    private final long validAt;
    private final long knownAt;

    /**
     * @param validAt the instant whose accounts and roles of contacts are asked for
     * @param knownAt what was recorded later is left out
     */
    Past(Handle h, AttributeBy attributeBy, Instant validAt, Instant knownAt) {
        this.h = h;
        this.attributeBy = attributeBy;
        this.validAt = validAt.toEpochMilli();
        this.knownAt = knownAt.toEpochMilli();
    }

    private record Matched(Long contact, Long account) {}

    /** The account with every response that belonged to it, deleted ones too, whenever they were given. */
    Subject subject(long account) {
        Map<Long, Matched> matched = matched(account);
        Set<Long> contacts = new TreeSet<>();
        matched.values().stream().map(Matched::contact).filter(Objects::nonNull).forEach(contacts::add);
        var stays = Memberships.believed(h, contacts, knownAt);
        Map<Long, String> roles = new HashMap<>();
        dimensions("contact", contacts).forEach((contact, dimensions) -> roles.put(contact, dimensions.get("role")));
        List<Subject.Answer> answers = answers(matched, roles).stream()
                .filter(a -> {
                    Matched match = matched.get(a.respondent());
                    Long there = match.contact() == null
                            ? match.account()
                            : stays.account(
                                    match.contact(),
                                    attributeBy == AttributeBy.ANSWER
                                            ? a.answeredAt().toEpochMilli()
                                            : validAt);
                    return there != null && there == account;
                })
                .toList();
        Map<String, String> dimensions = dimensions("account", List.of(account)).getOrDefault(account, Map.of());
        return new Subject(
                account,
                h.createQuery("SELECT remote_id FROM account WHERE id = :id")
                        .bind("id", account)
                        .mapTo(String.class)
                        .one(),
                dimensions.get("zone"),
                "true".equals(dimensions.get("churned")),
                dimensions,
                null,
                Map.of(),
                Subjects.dataSince(h),
                answers,
                contacts(answers, roles));
    }

    /** The last match of everybody who may have belonged to the account. */
    private Map<Long, Matched> matched(long account) {
        Set<Long> respondents = new LinkedHashSet<>(h.createQuery(
                        "SELECT respondent FROM matching WHERE account = :account AND contact IS NULL AND recorded_at <= :known")
                .bind("account", account)
                .bind("known", knownAt)
                .mapTo(Long.class)
                .list());
        for (List<Long> some : Chunks.of(Memberships.contacts(h, account, Instant.ofEpochMilli(knownAt)), 1000)) {
            respondents.addAll(
                    h.createQuery("SELECT respondent FROM matching WHERE contact IN (<ids>) AND recorded_at <= :known")
                            .bindList("ids", some)
                            .bind("known", knownAt)
                            .mapTo(Long.class)
                            .list());
        }
        Map<Long, Matched> matched = new TreeMap<>();
        for (List<Long> some : Chunks.of(respondents, 1000)) {
            h.createQuery("SELECT respondent, contact, account FROM matching"
                            + " WHERE respondent IN (<ids>) AND recorded_at <= :known ORDER BY id")
                    .bindList("ids", some)
                    .bind("known", knownAt)
                    .map((rs, ctx) -> matched.put(
                            rs.getLong("respondent"),
                            new Matched(Rows.optionalLong(rs, "contact"), Rows.optionalLong(rs, "account"))))
                    .list();
        }
        return matched;
    }

    private List<Subject.Answer> answers(Map<Long, Matched> matched, Map<Long, String> roles) {
        Map<String, String> metrics = metrics();
        Map<Long, Subject.Answer> answers = new LinkedHashMap<>();
        for (List<Long> some : Chunks.of(responses(matched.keySet()), 1000)) {
            h.createQuery("""
                            SELECT v.*, r.source AS source_id, s.name AS source, r.parent, r.remote_id, i.email_key, t.comment
                            FROM response_version v
                              JOIN response r ON r.id = v.response
                              JOIN source s ON s.id = r.source
                              LEFT JOIN respondent_identity i ON i.respondent = v.respondent
                              LEFT JOIN response_text t ON t.response = v.response AND t.version = v.version
                            WHERE v.response IN (<ids>) AND v.recorded_at <= :known ORDER BY v.response, v.version""")
                    .bindList("ids", some)
                    .bind("known", knownAt)
                    .map((rs, ctx) -> {
                        Long respondent = Rows.optionalLong(rs, "respondent");
                        Matched match = respondent == null ? null : matched.get(respondent);
                        if (match == null) {
                            return answers.remove(rs.getLong("response"));
                        }
                        String survey = rs.getString("survey");
                        String declared = metrics.get(rs.getLong("source_id") + "/" + survey);
                        String metric = declared == null ? rs.getString("metric") : declared;
                        String parent = rs.getString("parent");
                        return answers.put(
                                rs.getLong("response"),
                                new Subject.Answer(
                                        rs.getLong("response"),
                                        rs.getString("source"),
                                        new ResponseKey(
                                                        rs.getString("source"),
                                                        parent.isEmpty() ? null : parent,
                                                        rs.getString("remote_id"))
                                                .externalId(),
                                        survey,
                                        metric,
                                        metric != null,
                                        match.contact(),
                                        respondent,
                                        rs.getString("email_key"),
                                        match.contact() == null ? null : roles.get(match.contact()),
                                        Rows.optionalInt(rs, "score"),
                                        rs.getString("comment"),
                                        Instant.ofEpochMilli(rs.getLong("answered_at")),
                                        rs.getInt("date_only") == 1,
                                        Rows.optionalInstant(rs, "updated_at"),
                                        rs.getInt("excluded") == 1,
                                        Objects.equals(Rows.optionalInt(rs, "completed"), 0),
                                        rs.getInt("deleted") == 1,
                                        false,
                                        false));
                    })
                    .list();
        }
        return new ArrayList<>(answers.values());
    }

    private Set<Long> responses(Collection<Long> respondents) {
        Set<Long> ids = new TreeSet<>();
        for (List<Long> some : Chunks.of(respondents, 1000)) {
            ids.addAll(
                    h.createQuery("""
                            SELECT id FROM response WHERE respondent IN (<ids>)
                            UNION SELECT response FROM former_respondent WHERE respondent IN (<ids>)""").bindList("ids", some).mapTo(Long.class).list());
        }
        return ids;
    }

    /** What the surveys were declared to ask, by source and survey. */
    private Map<String, String> metrics() {
        Map<String, String> metrics = new HashMap<>();
        h.createQuery("SELECT source, remote_id, metric FROM survey_metric WHERE recorded_at <= :known ORDER BY id")
                .bind("known", knownAt)
                .map((rs, ctx) ->
                        metrics.put(rs.getLong("source") + "/" + rs.getString("remote_id"), rs.getString("metric")))
                .list();
        return metrics;
    }

    private Map<Long, Map<String, String>> dimensions(String kind, Collection<Long> subjects) {
        Map<Long, Map<String, String>> dimensions = new HashMap<>();
        for (List<Long> some : Chunks.of(subjects, 1000)) {
            h.createQuery("""
                            SELECT subject, name, value FROM attribute WHERE kind = :kind AND subject IN (<ids>)
                              AND recorded_at <= :known AND valid_from <= :valid ORDER BY id""")
                    .bind("kind", kind)
                    .bindList("ids", some)
                    .bind("known", knownAt)
                    .bind("valid", validAt)
                    .map((rs, ctx) -> dimensions
                            .computeIfAbsent(rs.getLong("subject"), k -> new HashMap<>())
                            .put(rs.getString("name"), rs.getString("value")))
                    .list();
        }
        return dimensions;
    }

    private List<Subject.Contact> contacts(List<Subject.Answer> answers, Map<Long, String> roles) {
        Set<Long> ids = new TreeSet<>();
        answers.stream().map(Subject.Answer::contact).filter(Objects::nonNull).forEach(ids::add);
        List<Subject.Contact> contacts = new ArrayList<>();
        for (List<Long> some : Chunks.of(ids, 1000)) {
            h.createQuery("SELECT id, remote_id FROM contact WHERE id IN (<ids>) ORDER BY id")
                    .bindList("ids", some)
                    .map((rs, ctx) -> contacts.add(new Subject.Contact(
                            rs.getLong("id"),
                            rs.getString("remote_id"),
                            roles.get(rs.getLong("id")),
                            Surveyed.UNKNOWN)))
                    .list();
        }
        return contacts;
    }
}
