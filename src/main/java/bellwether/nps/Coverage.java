package bellwether.nps;

import java.math.BigDecimal;

/**
 * How much of a set of accounts has answered: exact counts, and the revenue behind them in one currency.
 *
 * @param accounts in the set
 * @param withAnswers those of them in which at least one answer counts
 * @param revenue of the accounts; a revenue that is missing, 0 or negative adds nothing
 * @param revenueWithAnswers of those with answers
 */
public record Coverage(int accounts, int withAnswers, BigDecimal revenue, BigDecimal revenueWithAnswers) {
    public static final Coverage NONE = new Coverage(0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

    /** With one more account, whose revenue may be null. */
    public Coverage plus(boolean answered, BigDecimal theirs) {
        BigDecimal more = theirs == null ? BigDecimal.ZERO : theirs.max(BigDecimal.ZERO);
        return new Coverage(
                accounts + 1,
                withAnswers + (answered ? 1 : 0),
                revenue.add(more),
                answered ? revenueWithAnswers.add(more) : revenueWithAnswers);
    }

    /** Of the accounts; null without any. */
    public Rate rate() {
        return Rate.of(withAnswers, accounts);
    }

    /** Of the revenue, in percent; null without any. */
    public Fraction revenuePercent() {
        return revenue.signum() == 0
                ? null
                : Fraction.of(revenueWithAnswers).times(Fraction.of(100, 1)).over(Fraction.of(revenue));
    }
}
