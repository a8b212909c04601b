package bellwether.admin;

import bellwether.health.Company;
import bellwether.health.CompanyCount;
import bellwether.health.Grouping;
import bellwether.health.Moves;
import bellwether.health.Trend;
import bellwether.nps.Policy;
import bellwether.nps.Window;
import bellwether.store.Census;
import bellwether.store.Sight;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Figures wider than one account, counted now from the ledger. */
public final class CompanyResource {
    private final Parts parts;
    private final Census census;

    public CompanyResource(Parts parts) {
        this.parts = parts;
        this.census = new Census(parts.store());
    }

    /** The company's NPS over any window, and what it is made of by a dimension; also as of a day, or as known at a time. */
    public CompanyView nps(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        Window window = ask.value(
                "window", parts.settings().health()::window, parts.rules().window());
        Policy policy = ask.value("policy", Policy::parse, parts.rules().policy());
        String by = ask.value("by", this::dimension, null);
        boolean churned = ask.value(
                "include_churned", CompanyResource::truth, parts.rules().includeChurned());
        Moment.Asked asked = Moment.asked(ask, parts.clock(), parts.rules().zone());
        ask.done();
        String kind = by == null ? null : parts.dimensions().get(by);
        Instant now = parts.clock().instant();
        Moment moment = asked.in(parts.rules().zone(), now);
        LocalDate today = parts.today(moment == null ? now : moment.validAt());
        var question = new CompanyCount.Question(window, policy, by, kind, churned, parts.paying());
        Company company = moment == null
                ? CompanyCount.of(question, parts.rules(), now, census)
                : CompanyCount.of(question, parts.rules(), moment.validAt(), moment.knownAt(), census);
        return CompanyView.of(
                company,
                Explainer.bounds(window, company.span(), parts.rules().zone()),
                today,
                moment == null ? null : moment.knownAt(),
                moment == null ? List.of() : notKept(moment),
                partialSince(window, today),
                churned,
                by,
                parts.rules(),
                parts.paying(),
                parts::account);
    }

    /** The company's NPS month by month. */
    public TrendView trend(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        int months = ask.months();
        Policy policy = ask.value("policy", Policy::parse, parts.rules().policy());
        boolean churned = ask.value(
                "include_churned", CompanyResource::truth, parts.rules().includeChurned());
        ask.done();
        Instant now = parts.clock().instant();
        return TrendView.of(
                null,
                Trend.of(census, parts.rules(), policy, now, months, churned),
                parts.rules(),
                policy.label(),
                parts.today(now),
                dataSince());
    }

    /** What people said before, beside what they say now. */
    public MovesView changes(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        Window window = ask.value(
                "window", parts.settings().health()::window, parts.rules().window());
        boolean churned = ask.value(
                "include_churned", CompanyResource::truth, parts.rules().includeChurned());
        ask.done();
        Instant now = parts.clock().instant();
        Moves.Result result = Moves.of(census, parts.rules(), window, now, churned);
        return MovesView.of(
                result,
                Explainer.bounds(window, result.span(), parts.rules().zone()),
                parts.today(now),
                churned,
                parts.rules());
    }

    /** What the history does not know of then, in words. */
    private List<String> notKept(Moment moment) {
        Instant since = census.look(Sight::departuresSince);
        if (since != null
                && !moment.validAt().isBefore(since)
                && !moment.knownAt().isBefore(since)) {
            return List.of();
        }
        return List.of("Whether accounts have left or are deleted in the CRM is kept "
                + (since == null ? "from when they are read next" : "since " + since)
                + ". Of earlier days what was known first counts, as of revenue, attributes and the accounts of contacts"
                + " before they were first read.");
    }

    private LocalDate partialSince(Window window, LocalDate today) {
        LocalDate since = dataSince();
        LocalDate from = window.dates(today).from();
        return since != null && (from == null || from.isBefore(since)) ? since : null;
    }

    private LocalDate dataSince() {
        Instant since = census.look(Sight::dataSince);
        return since == null ? null : LocalDate.ofInstant(since, parts.rules().zone());
    }

    private String dimension(String name) {
        var known = new TreeSet<>(Grouping.BUILT_IN);
        known.addAll(parts.dimensions().keySet());
        if (known.remove(Grouping.RENEWAL_DATE)) {
            known.add("renewal");
        }
        if (!known.contains(name)) {
            throw new IllegalArgumentException("Answers can be grouped by " + String.join(", ", known)
                    + ". Further attributes are named in directory of the CRM's mapping.");
        }
        return name;
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("It must be true or false.");
        }
        return text.equals("true");
    }
}
