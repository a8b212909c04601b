package bellwether.admin;

import bellwether.health.AccountState;
import bellwether.health.Answer;
import bellwether.health.Composite;
import bellwether.health.Health;
import bellwether.health.Reason;
import bellwether.health.Rollups;
import bellwether.health.Today;
import bellwether.nps.Category;
import bellwether.nps.Estimate;
import bellwether.nps.Interval;
import bellwether.nps.Metric;
import bellwether.nps.Policy;
import bellwether.nps.Rollup;
import bellwether.nps.Span;
import bellwether.nps.Tally;
import bellwether.nps.Window;
import bellwether.store.Accounts;
import bellwether.store.Subject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Explains a figure by the same view of the answers that the CRMs are told from. */
final class Explainer {
    private final Parts parts;
    private final Accounts accounts;

    Explainer(Parts parts, Accounts accounts) {
        this.parts = parts;
        this.accounts = accounts;
    }

    /** @param moment null for the present */
    Explanation explain(Accounts.Row row, Window window, Policy policy, Moment moment) {
        Subject subject = moment == null
                ? accounts.subject(row.id())
                : accounts.subject(row.id(), parts.rules().attributeBy(), moment.validAt(), moment.knownAt());
        Instant at = moment == null ? parts.clock().instant() : moment.validAt();
        List<Subject.Answer> later = subject.answers().stream()
                .filter(a -> moment != null && a.answeredAt().isAfter(at))
                .toList();
        Today today = Today.of(subject.without(later), parts.rules(), at);
        Rollups.Detail detail = today.detail(window, policy);
        Tally tally = detail.rollup().basis();
        Map<Long, String> people = people(subject);
        List<Explanation.Excluded> excluded = new ArrayList<>();
        detail.omitted().forEach(o -> excluded.add(excluded(o, people)));
        later.forEach(a -> excluded.add(excluded(a, people, "after_as_of", "given after the day this is about")));
        subject.answers().stream()
                .filter(a -> a.deleted() && !later.contains(a))
                .forEach(a -> excluded.add(excluded(a, people, "deleted_in_tool", "deleted in the tool")));
        return new Explanation(
                figures(row, window, policy, moment, today, detail.rollup()),
                tally.n() == 0 ? null : new Explanation.Ratio(tally.promoters() - tally.detractors(), tally.n()),
                formula(tally),
                tally.n() == 0 ? null : rounding(tally),
                tally.n() == 0 ? null : steps(tally),
                detail.counted().stream().map(a -> counted(a, people)).toList(),
                excluded,
                accounts.told(row.id()).stream().map(Explainer::crm).toList());
    }

    private AccountNps figures(
            Accounts.Row row, Window window, Policy policy, Moment moment, Today today, Rollup rollup) {
        Tally tally = rollup.basis();
        AccountState state = today.state();
        Map<String, AccountNps.Health> named = new TreeMap<>();
        state.named().forEach((name, health) -> named.put(name, health(health.health(), health.reason())));
        return new AccountNps(
                new AccountNps.Account(parts.account(row.remoteId()), row.name(), row.owner()),
                bounds(window, rollup.span(), today.rules().zone()),
                policy.label(),
                today.date(),
                moment == null ? null : moment.knownAt(),
                tally.promoters(),
                tally.passives(),
                tally.detractors(),
                tally.n(),
                Figures.shown(tally.nps()),
                Figures.range(tally.interval()),
                parts.rules().sample(tally.n()),
                rollup.partialSince(),
                health(state.relationship().health(), state.relationship().reason()),
                named,
                state.composite() == null ? null : composite(state.composite()));
    }

    private static AccountNps.Health health(Health health, String reason) {
        return new AccountNps.Health(health.label(), reason);
    }

    private static AccountNps.Composite composite(Composite composite) {
        return new AccountNps.Composite(
                composite.health().label(),
                composite.reason(),
                composite.score() == null ? null : composite.score().rounded(1),
                composite.completeness());
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

    private static Explanation.Rounding rounding(Tally tally) {
        BigDecimal exact = BigDecimal.valueOf(100L * (tally.promoters() - tally.detractors()))
                .divide(BigDecimal.valueOf(tally.n()), 12, RoundingMode.HALF_UP);
        return new Explanation.Rounding(exact, 1, "half away from zero", Figures.shown(tally.nps()));
    }

    private static Explanation.Steps steps(Tally tally) {
        Estimate estimate = Estimate.adjusted(tally);
        double half = estimate.halfWidth(Interval.Z95);
        double low = estimate.centre() - half;
        double high = estimate.centre() + half;
        Interval interval = tally.interval();
        return new Explanation.Steps(
                tally.promoters() + 0.75,
                tally.detractors() + 0.75,
                tally.n() + 3.0,
                estimate.centre(),
                estimate.standardError(),
                Interval.Z95,
                half,
                new Explanation.Bounds(low, high),
                new Explanation.Bounds(Math.max(-100, low), Math.min(100, high)),
                new Explanation.Bounds(interval.low(), interval.high()));
    }

    static AccountNps.Bounds bounds(Window window, Span span, ZoneId zone) {
        return new AccountNps.Bounds(
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
        Map<Long, String> contacts = accounts.contacts(subject.answers().stream()
                .map(Subject.Answer::contact)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        List<Long> others = subject.answers().stream()
                .filter(a -> a.contact() == null)
                .map(Subject.Answer::respondent)
                .distinct()
                .toList();
        Map<Long, String> respondents = accounts.respondents(others);
        Map<Long, String> people = new HashMap<>();
        subject.answers()
                .forEach(a -> people.put(
                        a.id(),
                        a.contact() == null
                                ? respondents.get(a.respondent())
                                : parts.account(contacts.get(a.contact()))));
        return people;
    }

    private static Explanation.Counted counted(Answer a, Map<Long, String> people) {
        return new Explanation.Counted(
                a.responseId(),
                people.get(a.id()),
                a.score(),
                category(a.metric().name(), a.score()),
                a.answeredAt(),
                a.survey(),
                a.source());
    }

    private static Explanation.Excluded excluded(Rollups.Omitted o, Map<Long, String> people) {
        Answer a = o.answer();
        return new Explanation.Excluded(
                a.responseId(),
                people.get(a.id()),
                a.score(),
                category(a.metric().name(), a.score()),
                a.answeredAt(),
                a.survey(),
                a.source(),
                o.reason().label(),
                o.reason().text(),
                o.because() == null ? null : o.because().responseId(),
                o.reason() == Reason.PARTIAL ? a.countsFrom() : null);
    }

    private static Explanation.Excluded excluded(
            Subject.Answer a, Map<Long, String> people, String reason, String text) {
        return new Explanation.Excluded(
                a.key(),
                people.get(a.id()),
                a.score(),
                category(a.metric(), a.score()),
                a.answeredAt(),
                a.survey(),
                a.source(),
                reason,
                text,
                null,
                null);
    }

    /** Null where there is no score, or the score is not on the scale of an NPS question. */
    private static String category(String metric, Integer score) {
        return Metric.NPS.name().equals(metric) && score != null
                ? Category.of(score).label()
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
