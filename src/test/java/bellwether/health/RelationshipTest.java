package bellwether.health;

import static bellwether.health.SampleAnswers.answer;
import static bellwether.health.SampleAnswers.excluded;
import static bellwether.health.SampleAnswers.role;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NPS maths, section 10: relationship health. */
class RelationshipTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final Rules RULES = Rules.defaults(ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "3, 7, 0, GOOD, NPS 30.0 from 10 answers",
        "29, 71, 0, AVERAGE, NPS 29.0 from 100 answers",
        "1, 1, 1, AVERAGE, NPS 0.0 from 3 answers",
        "1, 1, 2, POOR, NPS -25.0 from 4 answers",
        "1, 0, 0, GOOD, 1 promoter",
        "0, 1, 0, AVERAGE, 1 passive",
        "0, 0, 1, POOR, 1 detractor",
        "0, 0, 0, UNKNOWN, no scored answer",
        "299, 701, 0, AVERAGE, NPS 29.9 from 1000 answers",
        "0, 1999, 1, POOR, NPS -0.1 from 2000 answers",
    })
    void byNps(int promoters, int passives, int detractors, Health health, String reason) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < promoters + passives + detractors; i++) {
            int score = i < promoters ? 9 : i < promoters + passives ? 8 : 6;
            answers.add(answer(i, "p" + i, score, "2026-11-01"));
        }

        assertThat(of(answers)).isEqualTo(new Relationship(health, reason));
    }

    @Test
    void aSponsorsOrKeyContactsDetractorMakesItPoor() {
        List<Answer> happy = List.of(
                answer(1, "a", 9, "2026-11-01"), answer(2, "b", 10, "2026-11-01"), answer(3, "c", 9, "2026-11-01"));

        assertThat(of(with(happy, role(answer(4, "s", 6, "2026-11-02"), "Executive Sponsor"))))
                .isEqualTo(new Relationship(Health.POOR, "sponsor is a detractor"));
        assertThat(of(with(happy, role(answer(4, "k", 0, "2026-11-02"), "KEY CONTACT"))))
                .isEqualTo(new Relationship(Health.POOR, "key contact is a detractor"));
        assertThat(of(with(happy, role(answer(4, "u", 0, "2026-11-02"), "End user")))
                        .health())
                .isEqualTo(Health.GOOD);
        assertThat(of(with(happy, answer(4, "u", 0, "2026-11-02"))).health()).isEqualTo(Health.GOOD);
        assertThat(of(with(happy, role(answer(4, "s", 7, "2026-11-02"), "sponsor")))
                        .health())
                .isEqualTo(Health.GOOD);
    }

    @Test
    void onlyTheSponsorsLatestAnswerMatters() {
        Answer angry = role(answer(1, "s", 2, "2026-08-01"), "sponsor");
        Answer pleased = role(answer(2, "s", 9, "2026-11-01"), "sponsor");
        Answer excluded = excluded(role(answer(3, "s", 0, "2026-11-10"), "sponsor"), Reason.EXCLUDED_IN_TOOL);

        assertThat(of(List.of(angry, pleased, excluded))).isEqualTo(new Relationship(Health.GOOD, "1 promoter"));
    }

    @Test
    void staleIsUnknownAndNotPoor() {
        LocalDate edge = TODAY.minusDays(180);
        Answer sponsor = role(answer(1, "s", 0, edge + "T00:00:00Z"), "sponsor");

        assertThat(of(List.of(sponsor))).isEqualTo(new Relationship(Health.POOR, "sponsor is a detractor"));
        assertThat(Relationship.of(List.of(sponsor), RULES, TODAY.plusDays(1)))
                .isEqualTo(new Relationship(Health.UNKNOWN, "no answer since " + edge));
    }

    @Test
    void unscoredAndExcludedAnswersSayNothing() {
        assertThat(of(List.of(
                        answer(1, "a", null, "2026-11-01"),
                        excluded(answer(2, "b", 9, "2026-11-01"), Reason.UNDECLARED_SURVEY))))
                .isEqualTo(new Relationship(Health.UNKNOWN, "no scored answer"));
    }

    @Test
    void theAgeIsCountedInLocalDates() {
        // 16:00 UTC on 26 May is the 27th in Auckland, 180 days before 23 November.
        Answer answer = answer(1, "a", 9, "2026-05-26T16:00:00Z");
        LocalDate day = LocalDate.parse("2026-11-23");

        assertThat(Relationship.of(List.of(answer), RULES, day).health()).isEqualTo(Health.UNKNOWN);
        assertThat(Relationship.of(List.of(answer), RULES.in(ZoneId.of("Pacific/Auckland")), day)
                        .health())
                .isEqualTo(Health.GOOD);
    }

    @Test
    void aShortWindowWithoutAnswersIsUnknownRatherThanAverage() {
        Rules monthly = SampleRules.yaml("windows: [this_month]");

        assertThat(Relationship.of(List.of(answer(1, "a", 9, "2026-10-01")), monthly, TODAY))
                .isEqualTo(new Relationship(Health.UNKNOWN, "no answer in the window this_month"));
    }

    private static Relationship of(List<Answer> answers) {
        return Relationship.of(answers, RULES, TODAY);
    }

    private static List<Answer> with(List<Answer> answers, Answer more) {
        List<Answer> all = new ArrayList<>(answers);
        all.add(more);
        return all;
    }
}
