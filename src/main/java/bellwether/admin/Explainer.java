package bellwether.admin;

import bellwether.health.Answer;
import bellwether.health.Relationship;
import bellwether.health.Rollups;
import bellwether.health.Today;
import bellwether.nps.Policy;
import bellwether.nps.Rollup;
import bellwether.nps.Span;
import bellwether.nps.Tally;
import bellwether.nps.Window;
import bellwether.store.Accounts;
import bellwether.store.Subject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Explains a figure by the same view of the answers that the CRMs are told from. */
final class Explainer {
    private final Parts parts;
    private final Accounts accounts;

    Explainer(Parts parts, Accounts accounts) {
        this.parts = parts;
        this.accounts = accounts;
    }

    Explanation explain(Accounts.Row row, Window window, Policy policy) {
        Subject subject = accounts.subject(row.id());
        Today today = Today.of(subject, parts.rules(), parts.clock().instant());
        Rollups.Detail detail = today.detail(window, policy);
        Rollup rollup = detail.rollup();
        Tally tally = rollup.basis();
        Relationship relationship = today.state().relationship();
        Map<Long, String> people = people(subject);
        return new Explanation(
                new Explanation.Account(parts.account(row.remoteId()), row.name(), row.owner()),
                bounds(window, rollup.span(), today.rules().zone()),
                policy.label(),
                today.date(),
                tally.promoters(),
                tally.passives(),
                tally.detractors(),
                tally.n(),
                tally.n() == 0 ? null : new Explanation.Ratio(tally.promoters() - tally.detractors(), tally.n()),
                Figures.shown(tally.nps()),
                formula(tally),
                Figures.range(tally.interval()),
                parts.rules().sample(tally.n()),
                rollup.partialSince(),
                new Explanation.Health(relationship.health().label(), relationship.reason()),
                detail.counted().stream().map(a -> counted(a, people)).toList(),
                detail.omitted().stream().map(o -> excluded(o, people)).toList(),
                accounts.told(row.id()).stream().map(Explainer::crm).toList());
    }

    private static String formula(Tally tally) {
        return tally.n() == 0
                ? "no responses, so there is no NPS"
                : "100 × (%d − %d) / %d = %s, rounded once, half away from zero"
                        .formatted(
                                tally.promoters(),
                                tally.detractors(),
                                tally.n(),
                                tally.nps().display());
    }

    static Explanation.Bounds bounds(Window window, Span span, ZoneId zone) {
        return new Explanation.Bounds(
                window.name(),
                window.label(),
                span.start(),
                span.end(),
                local(span.start(), zone),
                local(span.end(), zone),
                zone.getId());
    }

    private static OffsetDateTime local(Instant instant, ZoneId zone) {
        return instant == null ? null : instant.atZone(zone).toOffsetDateTime();
    }

    /** Who gave each answer, by our id of the answer. */
    private Map<Long, String> people(Subject subject) {
        Map<Long, String> contacts = subject.contacts().stream()
                .collect(Collectors.toMap(Subject.Contact::id, c -> parts.account(c.remoteId())));
        List<Long> others = subject.answers().stream()
                .filter(a -> !contacts.containsKey(a.contact()))
                .map(Subject.Answer::respondent)
                .distinct()
                .toList();
        Map<Long, String> respondents = accounts.respondents(others);
        Map<Long, String> people = new HashMap<>();
        subject.answers()
                .forEach(a -> people.put(a.id(), contacts.getOrDefault(a.contact(), respondents.get(a.respondent()))));
        return people;
    }

    private static Explanation.Counted counted(Answer a, Map<Long, String> people) {
        return new Explanation.Counted(
                a.responseId(), people.get(a.id()), a.score(), category(a), a.answeredAt(), a.survey(), a.source());
    }

    private static Explanation.Excluded excluded(Rollups.Omitted o, Map<Long, String> people) {
        Answer a = o.answer();
        return new Explanation.Excluded(
                a.responseId(),
                people.get(a.id()),
                a.score(),
                category(a),
                a.answeredAt(),
                a.survey(),
                a.source(),
                o.reason().label(),
                o.reason().text(),
                o.because() == null ? null : o.because().responseId());
    }

    /** Null where there is no score, or the score is not on the scale of an NPS question. */
    private static String category(Answer a) {
        return a.metric() == bellwether.nps.Metric.NPS && a.score() != null
                ? a.category().label()
                : null;
    }

    private static Explanation.Crm crm(Accounts.Told told) {
        return new Explanation.Crm(
                told.crm(),
                told.status(),
                Json.tree(told.wanted()),
                told.wantedAt(),
                Json.tree(told.acknowledged()),
                told.acknowledgedAt());
    }
}
