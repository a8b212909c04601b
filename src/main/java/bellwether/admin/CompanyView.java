package bellwether.admin;

import bellwether.health.Company;
import bellwether.health.Rules;
import bellwether.mapping.Paying;
import bellwether.nps.Rate;
import bellwether.nps.RevenueWeighted;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The company's figures over one window.
 *
 * @param today the day it is about
 * @param knownAt the instant whose knowledge was taken; null for the present
 * @param notKept what the history does not know of that time, and what was taken instead; empty if it knows all
 * @param partialSince the date from which there are data, if that is later than the window's first
 * @param plain every person counts the same
 * @param revenueWeighted every account counts as much as it pays
 * @param coverage who of the paying accounts has answered, whatever {@code includeChurned}
 * @param exit of accounts that have left, which are in no other figure unless {@code includeChurned}
 * @param unmatched answers that would count if anybody knew whose they are
 * @param by the dimension of {@code groups}, or null
 */
public record CompanyView(
        AccountNps.Bounds window,
        String policy,
        LocalDate today,
        Instant knownAt,
        List<String> notKept,
        LocalDate partialSince,
        boolean includeChurned,
        Named plain,
        Weighted revenueWeighted,
        Coverage coverage,
        Named exit,
        Overlap accounts,
        int unmatched,
        String by,
        List<Group> groups) {
    /** A figure with the way it is made. */
    public record Named(String method, @JsonUnwrapped Figure figure) {}

    /**
     * @param nps null if no account has both answers and revenue
     * @param notCoveredPercent of the revenue, of accounts without answers; null without any revenue
     * @param withoutRevenue accounts whose revenue is missing, 0 or negative: they weigh nothing
     */
    public record Weighted(String method, BigDecimal nps, BigDecimal notCoveredPercent, List<String> withoutRevenue) {}

    /** @param of who the paying accounts are, in words */
    public record Coverage(String of, @JsonUnwrapped Covered covered) {}

    /**
     * @param withAnswers those of the accounts in which something counts
     * @param percent to one decimal; null without accounts
     * @param revenuePercent of the accounts' revenue; null without any
     */
    public record Covered(int accounts, int withAnswers, BigDecimal percent, BigDecimal revenuePercent) {
        static Covered of(bellwether.nps.Coverage coverage) {
            return new Covered(
                    coverage.accounts(),
                    coverage.withAnswers(),
                    coverage.rate() == null ? null : coverage.rate().rounded(1),
                    coverage.revenuePercent() == null
                            ? null
                            : coverage.revenuePercent().rounded(1));
        }
    }

    /**
     * @param withAnswers accounts in which something counts
     * @param responses what counts in them, each account for itself
     * @param countedTwice how much of that repeats a person who is in several accounts
     */
    public record Overlap(int withAnswers, int responses, int countedTwice) {}

    /**
     * One value of the dimension.
     *
     * @param share of all responses of the plain figure, in percent, to one decimal; null without any
     * @param cumulative true for a group that repeats others and is no part of the total
     * @param figure null where there are too few answers to show a score that points at one person
     * @param detractorRevenue of accounts with a detractor in this group; null if none is known
     * @param coverage of the paying accounts of this value; null where an account may have several
     */
    public record Group(
            String value,
            int responses,
            BigDecimal share,
            boolean cumulative,
            boolean hidden,
            Figure figure,
            BigDecimal detractorRevenue,
            Covered coverage) {}

    /** @param account names an account as it is named outside */
    static CompanyView of(
            Company company,
            AccountNps.Bounds window,
            LocalDate today,
            Instant knownAt,
            List<String> notKept,
            LocalDate partialSince,
            boolean includeChurned,
            String by,
            Rules rules,
            Paying paying,
            UnaryOperator<String> account) {
        RevenueWeighted weighted = company.weighted();
        String method = Company.method(company.policy());
        return new CompanyView(
                window,
                company.policy().label(),
                today,
                knownAt,
                notKept,
                partialSince,
                includeChurned,
                new Named(method, Figure.of(company.plain(), rules)),
                new Weighted(
                        RevenueWeighted.METHOD,
                        Figures.shown(weighted.nps()),
                        weighted.notCovered() == null
                                ? null
                                : weighted.notCovered()
                                        .times(bellwether.nps.Fraction.of(100, 1))
                                        .rounded(1),
                        weighted.weightless().stream().map(account).toList()),
                new Coverage(paying.text(), Covered.of(company.coverage())),
                new Named(method + ", of accounts that have left", Figure.of(company.exit(), rules)),
                new Overlap(
                        company.accountsWithAnswers(),
                        company.answersOfAccounts(),
                        company.answersOfAccounts() - company.answersWithAccount()),
                company.unmatched(),
                by,
                by == null
                        ? null
                        : company.groups().stream()
                                .map(g -> group(g, company.plain().n(), rules))
                                .toList());
    }

    private static Group group(Company.Group group, int total, Rules rules) {
        Rate share = Rate.of(group.tally().n(), total);
        return new Group(
                group.value(),
                group.tally().n(),
                share == null ? null : share.rounded(1),
                group.cumulative(),
                group.hidden(),
                group.hidden() ? null : Figure.of(group.tally(), rules),
                group.detractorRevenue(),
                group.coverage() == null ? null : Covered.of(group.coverage()));
    }
}
