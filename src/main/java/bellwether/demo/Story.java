package bellwether.demo;

import bellwether.command.Paragraph;
import bellwether.daemon.Daemon;
import bellwether.health.Answer;
import bellwether.health.Reason;
import bellwether.health.Rollups;
import bellwether.health.Rules;
import bellwether.health.Today;
import bellwether.nps.Category;
import bellwether.nps.Estimate;
import bellwether.nps.Interval;
import bellwether.nps.Tally;
import bellwether.store.Accounts;
import bellwether.store.Overview;
import bellwether.store.Overview.AccountLine;
import bellwether.store.Subject;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One account told from its responses to the fields in the CRM. */
final class Story {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd MMM", Locale.ENGLISH);
    private final Daemon daemon;
    private final Overview overview;
    private final Clock clock;
    private final PrintWriter out;
    private final Map<Long, List<Overview.Warned>> warnings;

    Story(Daemon daemon, Overview overview, Clock clock, PrintWriter out) {
        this.daemon = daemon;
        this.overview = overview;
        this.clock = clock;
        this.out = out;
        this.warnings =
                overview.warnings("salesforce").stream().collect(Collectors.groupingBy(Overview.Warned::account));
    }

    /**
     * An account that shows much in few lines: all three categories, a fraction to round, and several reasons for not counting.
     *
     * @param changed whether an account's NPS in the CRM is another one than before
     */
    AccountLine pick(List<AccountLine> accounts, Predicate<AccountLine> changed) {
        return accounts.stream()
                .filter(a -> a.tally().n() >= 4 && a.tally().n() <= 8 && a.answers() <= 40)
                .limit(80)
                .max(Comparator.comparingInt((AccountLine a) -> worth(a) + (changed.test(a) ? 100 : 0))
                        .thenComparing(
                                Comparator.comparing(AccountLine::answers).reversed())
                        .thenComparing(Comparator.comparing(AccountLine::id).reversed()))
                .orElse(accounts.isEmpty() ? null : accounts.get(0));
    }

    private int worth(AccountLine account) {
        Tally tally = account.tally();
        int worth = tally.promoters() > 0 && tally.detractors() > 0 ? 2 : 0;
        worth += tally.passives() > 0 ? 1 : 0;
        worth += 100 * (tally.promoters() - tally.detractors()) % tally.n() == 0 ? 0 : 2;
        worth += account.tally().n() <= 6 ? 1 : 0;
        worth += warnings.containsKey(account.id()) ? 4 : 0;
        long reasons = detail(subject(account)).omitted().stream()
                .map(Rollups.Omitted::reason)
                .distinct()
                .count();
        return worth + 2 * (int) reasons;
    }

    private Subject subject(AccountLine account) {
        return new Accounts(daemon.store()).subject(account.id());
    }

    private Rollups.Detail detail(Subject subject) {
        Rules rules = daemon.rules();
        return Today.of(subject, rules, clock.instant()).detail(rules.window(), rules.policy());
    }

    /**
     * @param before the account's fields in the CRM before the daemon was started
     * @param after and now
     */
    void tell(AccountLine account, Map<String, Object> before, Map<String, Object> after, String api) {
        Subject subject = subject(account);
        Rollups.Detail detail = detail(subject);
        Map<Long, String> names = overview.names(subject.answers().stream()
                .map(Subject.Answer::contact)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        out.println();
        out.println("ONE ACCOUNT, from its responses to Salesforce: " + account.name());
        for (Answer answer : detail.counted()) {
            out.printf(
                    Locale.ROOT,
                    "  counted      %s  %2d  %-9s  %s%n",
                    day(answer),
                    answer.score(),
                    Category.of(answer.score()).label().toLowerCase(Locale.ROOT),
                    who(answer, names));
        }
        omitted(detail);
        arithmetic(detail.rollup().basis());
        FieldTable.print(before, after, out);
        warnings(account, names);
        out.println("  explained    with every response and why, while the demo runs:");
        out.println("  curl -s " + api + "/accounts/" + account.remoteId() + "/nps/explain");
    }

    private void omitted(Rollups.Detail detail) {
        Map<Reason, List<Rollups.Omitted>> reasons = new LinkedHashMap<>();
        detail.omitted().stream()
                .sorted(Comparator.comparing(Rollups.Omitted::reason))
                .forEach(o -> reasons.computeIfAbsent(o.reason(), r -> new ArrayList<>())
                        .add(o));
        reasons.forEach((reason, answers) -> {
            List<String> some = answers.stream()
                    .map(Rollups.Omitted::answer)
                    .map(a -> DAY.format(a.answeredAt().atZone(daemon.rules().zone()))
                            + (a.score() == null ? "" : " " + a.score()))
                    .toList();
            String dates = some.size() <= 3
                    ? String.join(", ", some)
                    : String.join(", ", some.subList(0, 2)) + " and " + (some.size() - 2) + " more";
            print("  not counted  ", dates + ": " + reason.text());
        });
    }

    /** What the account's people warn of, a record of its own in the CRM. */
    private void warnings(AccountLine account, Map<Long, String> names) {
        List<Overview.Warned> some = warnings.getOrDefault(account.id(), List.of());
        for (Overview.Warned warning : some.subList(0, Math.min(2, some.size()))) {
            String who = warning.contact() == null ? "" : ", " + Text.masked(names.get(warning.contact()));
            print(
                    "  warning      ",
                    DAY.format(warning.at().atZone(daemon.rules().zone())) + who + ": " + warning.reason()
                            + " → NPS_Signal__c");
        }
    }

    private void arithmetic(Tally tally) {
        if (tally.n() == 0) {
            out.println("  NPS          none: no response counts");
            return;
        }
        long difference = 100L * (tally.promoters() - tally.detractors());
        String exact = difference % tally.n() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        " = %.3f… → %s",
                        truncated(difference, tally.n()),
                        tally.nps().display());
        out.printf(
                "  NPS          100 · (%s − %s) / %s%s%n",
                Text.count(tally.promoters(), "promoter", "promoters"),
                Text.count(tally.detractors(), "detractor", "detractors"),
                Text.count(tally.n(), "response", "responses"),
                exact.isEmpty() ? " = " + tally.nps().display() : exact);
        Estimate adjusted = Estimate.adjusted(tally);
        print(
                "  interval     ",
                String.format(
                        Locale.ROOT,
                        "¾ promoter, ¾ detractor, 1½ passives added: %.1f ± %.2f · %.1f is %s",
                        adjusted.centre(),
                        Interval.Z95,
                        adjusted.standardError(),
                        tally.interval().display()));
    }

    /** Three decimals cut, not rounded, as the dots after them promise. */
    private static double truncated(long numerator, int n) {
        long thousandths = 1_000L * numerator / n;
        return thousandths / 1_000.0;
    }

    private String day(Answer answer) {
        return DAY.format(answer.answeredAt().atZone(daemon.rules().zone()));
    }

    private static String who(Answer answer, Map<Long, String> names) {
        String who = answer.contact() == null ? "shared e-mail" : Text.masked(names.get(answer.contact()));
        return answer.role() == null ? who : who + ", " + answer.role();
    }

    private void print(String first, String text) {
        Paragraph.wrap(text, first, " ".repeat(first.length())).forEach(out::println);
    }
}
