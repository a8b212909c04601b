package bellwether.health;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.mapping.HealthSettings;
import bellwether.nps.AcceptPartial;
import bellwether.nps.Policy;
import bellwether.nps.Tally;
import bellwether.store.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which answers count that are not completed; the clock of each test is told. */
class PartialTest {
    private static final Rules AT_ONCE = rules(AcceptPartial.SCORE_ONLY);
    private static final Rules HALF_A_DAY = rules(AcceptPartial.AFTER_12H);
    private static final Rules COMPLETED = rules(AcceptPartial.COMPLETED_ONLY);

    private static Rules rules(AcceptPartial accepts) {
        return Rules.of(HealthSettings.defaults(), ZoneOffset.UTC, Map.of(), Map.of("wootric", accepts));
    }

    @Test
    void eachRuleHasItsTime() {
        Subject.Answer one = partial(1, 3, "2026-06-01T08:00:00Z");
        assertThat(counted(AT_ONCE, "2026-06-01T08:00:00Z", one)).containsExactly(1L);
        assertThat(counted(HALF_A_DAY, "2026-06-01T19:59:59.999Z", one)).isEmpty();
        assertThat(counted(HALF_A_DAY, "2026-06-01T20:00:00Z", one)).containsExactly(1L);
        assertThat(counted(COMPLETED, "2026-09-01T20:00:00Z", one)).isEmpty();
    }

    @Test
    void whatIsCompletedOrSaidToBeNothingCountsAtOnce() {
        for (Rules rules : List.of(AT_ONCE, HALF_A_DAY, COMPLETED)) {
            assertThat(counted(rules, "2026-06-01T08:00:00Z", answer(1, "wootric", 3, "2026-06-01T08:00:00Z", false)))
                    .containsExactly(1L);
        }
    }

    @Test
    void anotherSourceHasItsOwnRule() {
        assertThat(counted(COMPLETED, "2026-06-01T08:00:00Z", answer(1, "files", 3, "2026-06-01T08:00:00Z", true)))
                .containsExactly(1L);
    }

    @Test
    void theEarlierAnswerStandsUntilThen() {
        Subject.Answer earlier = answer(1, "wootric", 9, "2026-05-01T08:00:00Z", false);
        Subject.Answer later = partial(2, 3, "2026-06-01T08:00:00Z");
        Rollups.Detail waiting = detail(Policy.LATEST_PER_PERSON, HALF_A_DAY, "2026-06-01T12:00:00Z", earlier, later);
        assertThat(waiting.rollup().tally()).isEqualTo(new Tally(1, 0, 0));
        assertThat(waiting.rollup().excluded()).isEqualTo(1);
        assertThat(waiting.omitted()).singleElement().satisfies(one -> {
            assertThat(one.reason()).isEqualTo(Reason.PARTIAL);
            assertThat(one.answer().countsFrom()).isEqualTo(Instant.parse("2026-06-01T20:00:00Z"));
        });
        assertThat(detail(Policy.LATEST_PER_PERSON, HALF_A_DAY, "2026-06-01T20:00:00Z", earlier, later)
                        .rollup()
                        .tally())
                .isEqualTo(new Tally(0, 0, 1));
    }

    @Test
    void theEndOfTheWaitIsAnnouncedAndNoOtherTime() {
        LocalDate day = LocalDate.parse("2026-06-02");
        Instant midnight = Instant.parse("2026-06-02T00:00:00Z");
        Instant end = Instant.parse("2026-06-01T20:00:00Z");
        Subject.Answer one = partial(1, 3, "2026-06-01T08:00:00Z");
        Subject.Answer two = partial(2, 3, "2026-06-01T09:00:00Z");
        assertThat(today(HALF_A_DAY, "2026-06-01T19:59:59.999Z", two, one).nextChange(day))
                .isEqualTo(end);
        assertThat(today(HALF_A_DAY, "2026-06-01T20:00:00Z", two, one).nextChange(null))
                .isEqualTo(end.plusSeconds(3600));
        assertThat(today(HALF_A_DAY, "2026-06-01T21:00:00Z", two, one).nextChange(day))
                .isEqualTo(midnight);
        assertThat(today(HALF_A_DAY, "2026-06-01T15:00:00Z", partial(1, 3, "2026-06-01T14:00:00Z"))
                        .nextChange(day))
                .isEqualTo(midnight);
        assertThat(today(COMPLETED, "2026-06-01T15:00:00Z", one).nextChange(null))
                .isNull();
    }

    @Test
    void whoWaitedTakesNobodysPlace() {
        Subject.Answer waited = partial(1, 9, "2026-06-01T08:00:00Z");
        Subject.Answer again = answer(2, "wootric", 9, "2026-06-01T08:20:00Z", false);
        Subject.Answer third = answer(3, "wootric", 9, "2026-06-01T08:45:00Z", false);
        assertThat(counted(HALF_A_DAY, "2026-06-01T09:00:00Z", waited, again, third))
                .containsExactly(2L);
        Rollups.Detail then = detail(HALF_A_DAY, "2026-06-01T20:00:00Z", waited, again, third);
        assertThat(then.counted()).extracting(Answer::id).containsExactly(2L);
        assertThat(then.omitted()).allSatisfy(one -> {
            assertThat(one.reason()).isEqualTo(Reason.SUSPECTED_DUPLICATE);
            assertThat(one.because().id()).isEqualTo(2L);
        });
        assertThat(counted(AT_ONCE, "2026-06-01T20:00:00Z", waited, again, third))
                .as("who did not wait was there first")
                .containsExactly(1L, 3L);
    }

    @Test
    void whoWaitedRepeatsNothingThatCameMuchLater() {
        Subject.Answer waited = partial(1, 9, "2026-06-01T08:00:00Z");
        Subject.Answer soon = answer(2, "wootric", 9, "2026-06-01T08:30:00Z", false);
        Subject.Answer later = answer(3, "wootric", 9, "2026-06-01T08:30:00.001Z", false);
        assertThat(counted(HALF_A_DAY, "2026-06-02T08:00:00Z", waited, soon)).containsExactly(2L);
        assertThat(counted(HALF_A_DAY, "2026-06-02T08:00:00Z", waited, later)).containsExactly(1L, 3L);
    }

    @Test
    void ofTwoWhoWaitedTheFirstCounts() {
        Subject.Answer one = partial(1, 9, "2026-06-01T08:00:00Z");
        Subject.Answer two = partial(2, 9, "2026-06-01T08:30:00Z");
        Subject.Answer far = partial(3, 9, "2026-06-01T08:30:00.001Z");
        assertThat(counted(HALF_A_DAY, "2026-06-01T20:00:00Z", one, two, far)).containsExactly(1L);
        assertThat(counted(HALF_A_DAY, "2026-06-02T20:00:00Z", one, two, far)).containsExactly(1L, 3L);
    }

    private static List<Long> counted(Rules rules, String now, Subject.Answer... answers) {
        return detail(rules, now, answers).counted().stream().map(Answer::id).toList();
    }

    private static Rollups.Detail detail(Rules rules, String now, Subject.Answer... answers) {
        return detail(Policy.ALL_RESPONSES, rules, now, answers);
    }

    private static Rollups.Detail detail(Policy policy, Rules rules, String now, Subject.Answer... answers) {
        return today(rules, now, answers).detail(rules.window(), policy);
    }

    private static Today today(Rules rules, String now, Subject.Answer... answers) {
        var subject = new Subject(1L, "A1", null, false, Map.of(), null, Map.of(), null, List.of(answers), List.of());
        return Today.of(subject, rules, Instant.parse(now));
    }

    private static Subject.Answer partial(long id, int score, String at) {
        return answer(id, "wootric", score, at, true);
    }

    private static Subject.Answer answer(long id, String source, int score, String at, boolean partial) {
        return new Subject.Answer(
                id,
                source,
                source + ":" + id,
                "31",
                "NPS",
                true,
                7L,
                7,
                null,
                null,
                score,
                null,
                Instant.parse(at),
                false,
                null,
                false,
                partial,
                false,
                false,
                false);
    }
}
