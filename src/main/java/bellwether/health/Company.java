package bellwether.health;

import bellwether.nps.Coverage;
import bellwether.nps.Policy;
import bellwether.nps.RevenueWeighted;
import bellwether.nps.Span;
import bellwether.nps.Tally;
import java.math.BigDecimal;
import java.util.List;

/**
 * The figures of the whole company over one window, in the zone of the rules: from one pass over the answers, nothing of it is stored.
 *
 * @param plain customers' answers, each person once under latest-per-person, whatever accounts they answered in
 * @param exit the same of accounts that have left
 * @param weighted of the customers' accounts
 * @param coverage of the paying accounts
 * @param groups what {@code plain} is made of; empty if it was not asked to be taken apart
 * @param accountsWithAnswers accounts with at least one answer that counts
 * @param answersOfAccounts what counts in these accounts, each for itself: more than {@code plain}'s where a person is in two
 * @param answersWithAccount those of {@code plain} that count for an account too; the others' people belong to none
 * @param unmatched answers that would count if anybody knew whose they are
 */
public record Company(
        Span span,
        Policy policy,
        Tally plain,
        Tally exit,
        RevenueWeighted weighted,
        Coverage coverage,
        List<Group> groups,
        int accountsWithAnswers,
        int answersOfAccounts,
        int answersWithAccount,
        int unmatched) {
    /** How the plain figure is made, to be printed beside it. */
    public static String method(Policy policy) {
        return policy == Policy.LATEST_PER_PERSON
                ? "latest answer per person over the whole company"
                : "all answers of the whole company";
    }

    /**
     * The answers of one value of a dimension.
     *
     * @param hidden true if there are too few answers to show a score that points at one person
     * @param cumulative true for a group that repeats others and is no part of the total
     * @param detractorRevenue of accounts in which a detractor of this group is counted: where effort goes first; null if none is known
     * @param coverage of the paying accounts of this value; null where an account may have several
     */
    public record Group(
            String value,
            Tally tally,
            boolean hidden,
            boolean cumulative,
            BigDecimal detractorRevenue,
            Coverage coverage) {}
}
