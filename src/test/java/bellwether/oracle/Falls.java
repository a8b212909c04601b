package bellwether.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** The naive recomputation of an account's fall: the 90 days up to a date against the 90 before. */
final class Falls {
    private Falls() {}

    /** The scored answers of 90 days: net promoters, their number, and the adjusted standard error in points. */
    private record Ninety(long points, long n, double error) {
        String told() {
            BigDecimal nps = BigDecimal.valueOf(100 * points).divide(BigDecimal.valueOf(n), 1, RoundingMode.HALF_UP);
            return nps + " from " + n;
        }
    }

    /** Whether it is so much worse that it is hardly chance, and what was compared. */
    static String of(Naive naive, Law law, ZoneId zone, LocalDate today) {
        Ninety after = ninety(naive, law, zone, today);
        Ninety before = ninety(naive, law, zone, today.minusDays(90));
        if (after.n() == 0 || before.n() == 0) {
            return "false: no answers to compare";
        }
        double fall = 100.0 * before.points() / before.n() - 100.0 * after.points() / after.n();
        boolean falls = after.n() >= 5
                && before.n() >= 5
                && fall > 20 - 1e-9
                && fall / Math.hypot(after.error(), before.error()) > 1.64 - 1e-9;
        return falls + ": NPS " + before.told() + " to " + after.told();
    }

    private static Ninety ninety(Naive naive, Law law, ZoneId zone, LocalDate last) {
        List<Answer> counted = naive.count(new LocalDate[] {last.minusDays(89), last}, zone, law.latest())
                .answers();
        int up = 0;
        int down = 0;
        int n = 0;
        for (Answer answer : counted) {
            up += answer.band() > 0 ? 1 : 0;
            down += answer.band() < 0 ? 1 : 0;
            n += answer.score() == null ? 0 : 1;
        }
        double mean = (up - down) / (n + 3.0);
        double error = Math.sqrt(((up + down + 1.5) / (n + 3) - mean * mean) / (n + 3));
        return new Ninety(up - down, n, 100 * error);
    }
}
