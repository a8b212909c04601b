package bellwether.health;

import bellwether.nps.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** SampleAnswers as they come in life, from a seed: few people, ties, edges of days, duplicates, all reasons not to count. */
final class RandomAnswers {
    private RandomAnswers() {}

    static List<Answer> of(Random random, Instant first, int days, int count) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            // Whole quarter hours make ties, suspected duplicates and midnights likely.
            Instant at = first.plusSeconds(900L * random.nextInt(days * 96));
            if (!answers.isEmpty() && random.nextInt(4) == 0) {
                at = answers.get(random.nextInt(answers.size())).answeredAt().plusSeconds(900L * random.nextInt(3));
            }
            boolean known = random.nextInt(3) > 0;
            answers.add(new Answer(
                    i,
                    "p" + random.nextInt(1 + count / 3),
                    null,
                    random.nextInt(12) == 0 ? Metric.CSAT : Metric.NPS,
                    random.nextInt(10) == 0 ? null : Integer.valueOf(random.nextInt(11)),
                    at,
                    false,
                    known ? at.plusSeconds(900L * random.nextInt(2)) : null,
                    random.nextBoolean() ? "wootric" : "delighted",
                    Integer.toString(i),
                    random.nextInt(5) == 0 ? null : "nps" + random.nextInt(2),
                    random.nextInt(6) == 0 ? "Sponsor" : null,
                    random.nextInt(3) == 0,
                    random.nextInt(12) == 0 ? Reason.EXCLUDED_IN_TOOL : null,
                    random.nextInt(8) == 0 ? at.plusSeconds(43_200) : null));
        }
        return answers;
    }
}
