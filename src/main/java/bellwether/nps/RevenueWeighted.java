package bellwether.nps;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The company's NPS as the mean of its accounts' NPS weighted by revenue, in one currency.
 *
 * @param nps null if no account has both answers and revenue
 * @param notCovered share of the revenue whose accounts have no answers, 0 to 1; null without any revenue
 * @param weightless names of accounts whose revenue is missing, 0 or negative: they weigh nothing
 */
public record RevenueWeighted(Nps nps, Fraction notCovered, List<String> weightless) {
    /** The name of the method, to be printed beside the value. */
    public static final String METHOD = "revenue-weighted mean of account NPS";

    /** One account as it enters the mean; revenue may be null. */
    public record Part(String account, Tally tally, BigDecimal revenue) {}

    public static RevenueWeighted of(List<Part> parts) {
        Fraction all = Fraction.of(0, 1);
        Fraction covered = all;
        Fraction sum = all;
        List<String> weightless = new ArrayList<>();
        for (Part part : parts) {
            if (part.revenue() == null || part.revenue().signum() <= 0) {
                weightless.add(part.account());
                continue;
            }
            Fraction revenue = Fraction.of(part.revenue());
            all = all.plus(revenue);
            Nps nps = part.tally().nps();
            if (nps != null) {
                covered = covered.plus(revenue);
                sum = sum.plus(nps.points().times(revenue));
            }
        }
        return new RevenueWeighted(
                covered.signum() == 0 ? null : new Nps(sum.over(covered)),
                all.signum() == 0 ? null : all.minus(covered).over(all),
                List.copyOf(weightless));
    }
}
