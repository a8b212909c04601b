package bellwether.admin;

import bellwether.health.Today;
import bellwether.health.Trend;
import bellwether.nps.Policy;
import bellwether.nps.Tally;
import bellwether.nps.Window;
import bellwether.store.Accounts;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Accounts with their figures, and any figure explained. */
public final class AccountsResource {
    /**
     * An account with what was last computed for it; all figures are null while it waits for its first computation.
     *
     * @param id {@code <connection>:<remote id>}
     * @param interval 95 %, null without responses
     * @param compositeHealth null unless there is a rule of it and something to weigh
     * @param refreshedAt when it was computed
     */
    public record AccountView(
            String id,
            String name,
            String owner,
            boolean churned,
            String window,
            String policy,
            Integer promoters,
            Integer passives,
            Integer detractors,
            Integer responses,
            java.math.BigDecimal nps,
            Figures.Range interval,
            String sample,
            LocalDate partialSince,
            String health,
            String reason,
            String compositeHealth,
            String compositeReason,
            Instant refreshedAt) {}

    private final Parts parts;
    private final Accounts accounts;

    public AccountsResource(Parts parts) {
        this.parts = parts;
        this.accounts = new Accounts(parts.store());
    }

    /** In the order of their ids; one of the windows that are kept. */
    public Page<AccountView> list(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        Window window = ask.value("window", this::kept, parts.rules().window());
        Policy policy = ask.value("policy", Policy::parse, parts.rules().policy());
        String after = ask.text("after");
        String before = ask.text("before");
        int limit = ask.limit();
        if (after != null && before != null) {
            ask.refuse("before", "Give either 'after' or 'before'.");
        }
        ask.done();
        if (before == null) {
            List<Accounts.Row> rows =
                    accounts.after(window.name(), policy, after == null ? null : remote(after), limit + 1);
            return Page.of(
                    ask, rows, limit, "after", row -> parts.account(row.remoteId()), row -> view(row, window, policy));
        }
        List<Accounts.Row> rows = new ArrayList<>(accounts.before(window.name(), policy, remote(before), limit));
        Collections.reverse(rows);
        String next = rows.isEmpty()
                ? null
                : ask.with("after", parts.account(rows.get(rows.size() - 1).remoteId()), "before");
        return new Page<>(rows.stream().map(row -> view(row, window, policy)).toList(), next);
    }

    /** One account in the default window. */
    public AccountView one(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        Window window = ask.value("window", this::kept, parts.rules().window());
        Policy policy = ask.value("policy", Policy::parse, parts.rules().policy());
        ask.done();
        return view(found(ask, window, policy), window, policy);
    }

    /** An account's NPS in any window under either policy, computed now from the ledger; also as of a day, or as known at a time. */
    public AccountNps nps(Map<String, Object> headers) {
        return explain(headers).figures();
    }

    /** The same with every response behind it and the arithmetic. */
    public Explanation explain(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        Window window = ask.value(
                "window", parts.settings().health()::window, parts.rules().window());
        Policy policy = ask.value("policy", Policy::parse, parts.rules().policy());
        Moment.Asked asked = Moment.asked(ask, parts.clock(), parts.rules().zone());
        ask.done();
        Accounts.Row row = found(ask, parts.rules().window(), policy);
        Moment moment =
                asked.in(Today.zone(row.zone(), parts.rules()), parts.clock().instant());
        return new Explainer(parts, accounts).explain(row, window, policy, moment);
    }

    /** An account's NPS month by month, in its own zone. */
    public TrendView trend(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        int months = ask.months();
        Policy policy = ask.value("policy", Policy::parse, parts.rules().policy());
        ask.done();
        Accounts.Row row = found(ask, parts.rules().window(), policy);
        Today today = Today.of(
                accounts.subject(row.id()), parts.rules(), parts.clock().instant());
        return TrendView.of(
                parts.account(row.remoteId()),
                Trend.of(today.answers(), today.rules(), policy, today.date(), months),
                today.rules(),
                policy.label(),
                today.date(),
                today.dataSince());
    }

    private Accounts.Row found(Ask ask, Window window, Policy policy) {
        String id = ask.path("id");
        return accounts.account(remote(id), window.name(), policy)
                .orElseThrow(() -> Problem.notFound(
                        "ACCOUNT_NOT_FOUND",
                        "There is no account " + id + ".",
                        "Name it as " + parts.account("<id>")
                                + " or by the CRM's own id; GET /api/v1/accounts lists them."));
    }

    private AccountView view(Accounts.Row row, Window window, Policy policy) {
        Tally tally = row.tally();
        return new AccountView(
                parts.account(row.remoteId()),
                row.name(),
                row.owner(),
                row.churned(),
                window.name(),
                policy.label(),
                tally == null ? null : tally.promoters(),
                tally == null ? null : tally.passives(),
                tally == null ? null : tally.detractors(),
                tally == null ? null : tally.n(),
                tally == null ? null : Figures.shown(tally.nps()),
                tally == null ? null : Figures.range(tally.interval()),
                tally == null ? null : parts.rules().sample(tally.n()),
                row.partialSince(),
                row.health() == null && tally != null ? "unknown" : row.health(),
                row.reason() == null && tally != null ? "no scored answer" : row.reason(),
                row.compositeHealth(),
                row.compositeReason(),
                row.refreshedAt());
    }

    /** The directory's own id, with or without the connection before it. */
    private String remote(String id) {
        String prefix = parts.directory() + ":";
        return id.startsWith(prefix) ? id.substring(prefix.length()) : id;
    }

    private Window kept(String name) {
        return parts.rules().windows().stream()
                .filter(window -> window.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Lists are kept for: "
                        + parts.rules().windows().stream().map(Window::name).collect(Collectors.joining(", "))
                        + ". GET /api/v1/accounts/{id}/nps takes any window."));
    }
}
