package bellwether.health;

import static bellwether.health.SampleAnswers.answer;
import static bellwether.health.SampleAnswers.metric;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Metric;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A second health from CSAT and CES answers, which never meet the NPS nor each other. */
class SatisfactionTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final Rules RULES = SampleRules.yaml("""
            named_health:
              service:
                metrics: {csat: {satisfied_from: 4, dissatisfied_to: 2}, ces: {satisfied_from: 5, dissatisfied_to: 3}}
                window: trailing_60_days
                good_from: 80
                poor_below: 60
                unknown_after_days: 90
            """);

    @Test
    void nothingIsKnownWithoutSuchAnswers() {
        assertThat(of(List.of(answer(1, "a", 9, "2026-11-01"))))
                .isEqualTo(new Satisfaction(Health.UNKNOWN, "no CSAT answer"));
    }

    @Test
    void thresholdsAreInThePercentageOfSatisfiedAnswers() {
        assertThat(of(csat(5, 4, 4, 5, 3)))
                .isEqualTo(new Satisfaction(Health.GOOD, "CSAT: 4 of 5 satisfied, 0 dissatisfied"));
        assertThat(of(csat(5, 4, 4, 3, 3)))
                .isEqualTo(new Satisfaction(Health.AVERAGE, "CSAT: 3 of 5 satisfied, 0 dissatisfied"));
        assertThat(of(csat(5, 4, 3, 3, 2)))
                .isEqualTo(new Satisfaction(Health.POOR, "CSAT: 2 of 5 satisfied, 1 dissatisfied"));
    }

    @Test
    void metricsAreNeverBlendedAndTheWorstCounts() {
        List<Answer> answers = new ArrayList<>(csat(5, 5, 5, 5));
        answers.add(metric(answer(20, "z", 4, "2026-11-02"), Metric.CES));

        assertThat(of(answers)).isEqualTo(new Satisfaction(Health.POOR, "CES: 0 of 1 satisfied, 0 dissatisfied"));
    }

    @Test
    void thePersonsLatestAnswerInTheWindowCounts() {
        List<Answer> answers = List.of(
                metric(answer(1, "a", 1, "2026-10-01"), Metric.CSAT),
                metric(answer(2, "a", 5, "2026-11-01"), Metric.CSAT),
                metric(answer(3, "b", 1, "2026-09-01"), Metric.CSAT));

        assertThat(of(answers).reason()).isEqualTo("CSAT: 1 of 1 satisfied, 0 dissatisfied");
    }

    @Test
    void excludedAndUnscoredOnesDoNot() {
        Answer excluded =
                SampleAnswers.excluded(metric(answer(1, "a", 1, "2026-11-01"), Metric.CSAT), Reason.EXCLUDED_IN_TOOL);
        Answer unscored = metric(answer(2, "b", null, "2026-11-01"), Metric.CSAT);

        assertThat(of(List.of(excluded, unscored)).reason()).isEqualTo("no CSAT answer");
    }

    @Test
    void anOldAnswerIsUnknownAndNotPoor() {
        List<Answer> answers = List.of(metric(answer(1, "a", 1, "2026-08-24"), Metric.CSAT));

        assertThat(of(answers).reason()).isEqualTo("no CSAT answer in the window trailing_60_days");
        assertThat(of(answers, TODAY.plusDays(1)).reason()).isEqualTo("no CSAT answer since 2026-08-24");
    }

    @Test
    void theNpsDoesNotSeeThem() {
        List<Answer> answers = new ArrayList<>(csat(1, 1, 1));
        answers.add(answer(9, "n", 9, "2026-11-01"));
        AccountState state = AccountState.of(answers, RULES, TODAY, null);

        assertThat(state.rollups().main(RULES).rollup().nps().display()).isEqualTo("100.0");
        assertThat(state.relationship().health()).isEqualTo(Health.GOOD);
        assertThat(state.named().get("service").health()).isEqualTo(Health.POOR);
    }

    private static Satisfaction of(List<Answer> answers) {
        return of(answers, TODAY);
    }

    private static Satisfaction of(List<Answer> answers, LocalDate today) {
        return AccountState.of(answers, RULES, today, null).named().get("service");
    }

    private static List<Answer> csat(int... scores) {
        List<Answer> answers = new ArrayList<>();
        for (int score : scores) {
            answers.add(metric(answer(answers.size(), "p" + answers.size(), score, "2026-11-01"), Metric.CSAT));
        }
        return answers;
    }
}
