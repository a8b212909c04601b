package bellwether.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The naive recomputation of the whole company's figures over the default window under the default policy, in the company's zone. */
final class Whole {
    private static final Set<String> PLANS = Set.of("team", "enterprise");

    private Whole() {}

    /**
     * Customers' answers, those of accounts that have left, those of nobody known, the mean of accounts by revenue, and how many accounts
     * have answers, of those with revenue, of all and of those with one of two plans, in words.
     */
    static String of(Law law, World world) {
        Map<String, List<Answer>> byAccount = new HashMap<>();
        List<Answer> customers = new ArrayList<>();
        List<Answer> left = new ArrayList<>();
        List<Answer> nobody = new ArrayList<>();
        for (Answer answer : world.answers) {
            Op.Account account = world.accounts.get(String.valueOf(answer.account()));
            if (account == null ? answer.contact() == null : account.deleted()) {
                nobody.add(answer);
            } else if (account != null && account.churned()) {
                left.add(answer);
            } else {
                customers.add(answer);
                byAccount
                        .computeIfAbsent(answer.account(), id -> new ArrayList<>())
                        .add(answer);
            }
        }
        // the sum of revenue * points / n as one fraction, so that it is rounded once
        BigDecimal top = BigDecimal.ZERO;
        BigDecimal below = BigDecimal.ONE;
        BigDecimal revenue = BigDecimal.ZERO;
        BigDecimal bought = BigDecimal.ZERO;
        int[] of = new int[3];
        int[] covered = new int[3];
        for (Op.Account account : world.accounts.values()) {
            Naive.Count count = count(law, world, byAccount.getOrDefault(account.id(), List.of()));
            BigDecimal theirs = account.revenue() == null ? BigDecimal.ZERO : new BigDecimal(account.revenue());
            if (!account.deleted() && !account.churned()) {
                boolean[] pays = {theirs.signum() > 0, true, PLANS.contains(plan(account))};
                for (int rule = 0; rule < pays.length; rule++) {
                    of[rule] += pays[rule] ? 1 : 0;
                    covered[rule] += pays[rule] && count.n() > 0 ? 1 : 0;
                }
                bought = bought.add(theirs.max(BigDecimal.ZERO));
            }
            if (count.n() > 0 && theirs.signum() > 0) {
                BigDecimal points = BigDecimal.valueOf(100L * (count.promoters() - count.detractors()));
                BigDecimal n = BigDecimal.valueOf(count.n());
                top = top.multiply(n).add(theirs.multiply(points).multiply(below));
                below = below.multiply(n);
                revenue = revenue.add(theirs);
            }
        }
        return told(count(law, world, customers)) + ", left " + told(count(law, world, left)) + ", unknown "
                + count(law, world, nobody).n() + ", by revenue "
                + (revenue.signum() == 0 ? null : top.divide(below.multiply(revenue), 1, RoundingMode.HALF_UP))
                + ", covered " + share(covered[0], of[0]) + " and " + share(revenue, bought) + " of revenue, "
                + share(covered[1], of[1]) + " of all, " + share(covered[2], of[2]) + " by plan";
    }

    private static String plan(Op.Account account) {
        return String.valueOf(account.fields().get("plan")).strip().toLowerCase(Locale.ROOT);
    }

    private static String share(int part, int whole) {
        return part + "/" + whole + " " + share(BigDecimal.valueOf(part), BigDecimal.valueOf(whole));
    }

    private static String share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0
                ? "no"
                : part.multiply(BigDecimal.valueOf(100)).divide(whole, 1, RoundingMode.HALF_UP) + " %";
    }

    private static Naive.Count count(Law law, World world, List<Answer> answers) {
        LocalDate today = LocalDate.ofInstant(world.now, law.zone());
        LocalDate[] days = Naive.days(law.windows().get(0), today, law.fiscalMonth());
        return new Naive(law, answers).count(days, law.zone(), law.latest());
    }

    private static String told(Naive.Count count) {
        return count.promoters() + "/" + count.passives() + "/" + count.detractors();
    }
}
