package bellwether.health;

import static bellwether.health.SampleAnswers.answer;
import static bellwether.health.SampleAnswers.commented;
import static bellwether.health.SampleAnswers.excluded;
import static bellwether.health.SampleAnswers.metric;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Category;
import bellwether.nps.Metric;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** NPS maths, section 9: change of a person's score. */
class PersonStateTest {
    private static final Rules RULES = Rules.defaults(ZoneOffset.UTC);

    @Test
    void fromThreeToNine() {
        PersonState state = PersonState.of(
                        List.of(
                                answer(2, "u1", 9, "2026-06-05"),
                                commented(answer(1, "u1", 3, "2026-01-10")),
                                answer(3, "u2", 10, "2026-06-06")),
                        RULES)
                .get("u1");

        assertThat(state)
                .returns(9, PersonState::score)
                .returns(Category.PROMOTER, PersonState::category)
                .returns(6, PersonState::change)
                .returns(2, PersonState::bandChange)
                .returns(2, PersonState::count)
                .returns(Instant.parse("2026-01-10T12:00:00Z"), PersonState::firstAt)
                .returns(Instant.parse("2026-06-05T12:00:00Z"), PersonState::latestAt);
        assertThat(state.previous().id()).isEqualTo(1);
        assertThat(state.commented().id()).as("the latest with a comment").isEqualTo(1);
    }

    @Test
    void aFirstAnswerIsNoChange() {
        Map<String, PersonState> people = PersonState.of(List.of(answer(1, "u", 7, "2026-06-05")), RULES);

        assertThat(people).containsOnlyKeys("u");
        assertThat(people.get("u"))
                .returns(null, PersonState::change)
                .returns(null, PersonState::bandChange)
                .returns(null, PersonState::commented)
                .returns(1, PersonState::count);
    }

    @Test
    void onlyAnswersThatCountAreSeen() {
        List<Answer> answers = List.of(
                answer(1, "u", 10, "2026-01-05"),
                answer(2, "u", 7, "2026-02-05T10:00:00Z"),
                answer(3, "u", 7, "2026-02-05T10:05:00Z"),
                answer(4, "u", null, "2026-03-05"),
                metric(answer(5, "u", 1, "2026-04-05"), Metric.CES),
                excluded(answer(6, "u", 1, "2026-05-05"), Reason.EXCLUDED_IN_TOOL),
                answer(7, "nobody", null, "2026-05-05"));

        Map<String, PersonState> people = PersonState.of(answers, RULES);

        assertThat(people).containsOnlyKeys("u");
        assertThat(people.get("u"))
                .returns(2, PersonState::count)
                .returns(-3, PersonState::change)
                .returns(-1, PersonState::bandChange)
                .returns(2L, state -> state.latest().id());
    }
}
