package bellwether.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The naive recomputation of what lies between sponsors and users. */
final class Gap {
    private Gap() {}

    /** NPS of sponsors, of users, the gap and how much it may be leaned on, in words. */
    static Map<String, String> of(List<Answer> counted) {
        long[][] by = new long[2][2];
        for (Answer answer : counted) {
            int who = "sponsor".equals(answer.role()) ? 0 : "user".equals(answer.role()) ? 1 : -1;
            if (who >= 0 && answer.score() != null) {
                by[who][0] += answer.band();
                by[who][1]++;
            }
        }
        long n = Math.min(by[0][1], by[1][1]);
        Map<String, String> words = new HashMap<>();
        words.put("sponsor_nps", shown(by[0][0], by[0][1]));
        words.put("user_nps", shown(by[1][0], by[1][1]));
        words.put("sponsor_user_gap", shown(by[0][0] * by[1][1] - by[1][0] * by[0][1], by[0][1] * by[1][1]));
        words.put("sponsor_user_gap_sample", n == 0 ? "No responses" : n < 5 ? "Indicative" : "Sufficient");
        return words;
    }

    private static String shown(long points, long of) {
        return of == 0
                ? null
                : BigDecimal.valueOf(100 * points)
                        .divide(BigDecimal.valueOf(of), 1, RoundingMode.HALF_UP)
                        .toString();
    }
}
