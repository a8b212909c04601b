package bellwether.admin;

import bellwether.health.Company;
import bellwether.health.CompanyCount;
import bellwether.health.Grouping;
import bellwether.nps.Policy;
import bellwether.nps.Window;
import bellwether.store.Census;
import java.time.Instant;
import java.time.LocalDate;
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

    /** The company's NPS over any window, and what it is made of by a dimension. */
    public CompanyView nps(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        Window window = ask.value(
                "window", parts.settings().health()::window, parts.rules().window());
        Policy policy = ask.value("policy", Policy::parse, parts.rules().policy());
        String by = ask.value("by", this::dimension, null);
        boolean churned = ask.value(
                "include_churned", CompanyResource::truth, parts.rules().includeChurned());
        ask.done();
        String kind = by == null ? null : parts.dimensions().get(by);
        LocalDate today = parts.today();
        Company company = CompanyCount.of(
                new CompanyCount.Question(window, policy, by, kind, churned), parts.rules(), today, census);
        return CompanyView.of(
                company,
                Explainer.bounds(window, company.span(), parts.rules().zone()),
                today,
                partialSince(window, today),
                churned,
                by,
                parts.rules(),
                parts::account);
    }

    private LocalDate partialSince(Window window, LocalDate today) {
        Instant since = census.look(Census.Sight::dataSince);
        if (since == null) {
            return null;
        }
        LocalDate date = LocalDate.ofInstant(since, parts.rules().zone());
        LocalDate from = window.dates(today).from();
        return from == null || from.isBefore(date) ? date : null;
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
