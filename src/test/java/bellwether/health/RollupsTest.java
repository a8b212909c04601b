package bellwether.health;

import static bellwether.health.SampleAnswers.answer;
import static bellwether.health.SampleAnswers.excluded;
import static bellwether.health.SampleAnswers.metric;
import static bellwether.health.SampleAnswers.survey;
import static bellwether.health.SampleAnswers.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import bellwether.health.Rollups.Detail;
import bellwether.health.Rollups.Omitted;
import bellwether.nps.Metric;
import bellwether.nps.Policy;
import bellwether.nps.Rollup;
import bellwether.nps.Tally;
import bellwether.nps.Window;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** NPS maths, sections 2 (what is in n), 4 (policies), 5 (partial windows), 7 (minimum n) and 13 (latest). */
class RollupsTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-06-30");
    private static final Rules RULES = Rules.defaults(ZoneOffset.UTC);
    private static final List<Answer> PEOPLE = List.of(
            answer(1, "u1", 3, "2026-01-10"),
            answer(2, "u1", 9, "2026-06-05"),
            answer(3, "u2", 10, "2026-06-06"),
            answer(4, "u3", 7, "2026-06-07"));

    @Test
    void allResponsesOfAHalfYear() {
        Rollup rollup = rollup(PEOPLE, "this_half_year", Policy.ALL_RESPONSES);

        assertThat(rollup.tally()).isEqualTo(new Tally(2, 1, 1));
        assertThat(rollup.nps().display()).isEqualTo("25.0");
    }

    @Test
    void latestPerPersonOfAHalfYear() {
        Detail detail = detail(PEOPLE, RULES, "this_half_year", Policy.LATEST_PER_PERSON);

        assertThat(detail.rollup().tally()).isEqualTo(new Tally(2, 1, 0));
        assertThat(detail.rollup().nps().display()).isEqualTo("66.7");
        assertThat(detail.counted()).extracting(Answer::id).containsExactly(2L, 3L, 4L);
        assertThat(detail.omitted()).containsExactly(new Omitted(PEOPLE.get(0), Reason.SUPERSEDED, PEOPLE.get(1)));
    }

    @Test
    void latestMeansLatestWithinTheWindow() {
        Detail quarter = detail(PEOPLE, RULES, "2026-01-01..2026-03-31", Policy.LATEST_PER_PERSON);

        assertThat(quarter.counted()).containsExactly(PEOPLE.get(0));
        assertThat(quarter.omitted()).hasSize(3).extracting(Omitted::reason).containsOnly(Reason.OUTSIDE_WINDOW);
        assertThat(quarter.rollup().nps().display()).isEqualTo("-100.0");
    }

    @Test
    void aLateArrivalOfAnOlderAnswerReplacesNothing() {
        List<Answer> late = new ArrayList<>(PEOPLE);
        late.add(answer(9, "u2", 0, "2026-05-01"));

        Detail detail = detail(late, RULES, "this_half_year", Policy.LATEST_PER_PERSON);

        assertThat(detail.rollup().tally()).isEqualTo(new Tally(2, 1, 0));
        assertThat(detail.omitted())
                .extracting(Omitted::answer, Omitted::because)
                .contains(tuple(late.get(4), PEOPLE.get(2)));
    }

    @Test
    void onePersonInTwoAccountsCountsOncePerAccountAndOnceInAll() {
        List<Answer> one = List.of(PEOPLE.get(2), PEOPLE.get(3));
        List<Answer> other = List.of(PEOPLE.get(1), PEOPLE.get(2));
        List<Answer> company = List.of(PEOPLE.get(1), PEOPLE.get(2), PEOPLE.get(3));

        assertThat(List.of(one, other, company))
                .extracting(answers -> rollup(answers, "this_half_year", Policy.LATEST_PER_PERSON)
                        .n())
                .containsExactly(2, 2, 3);
    }

    @Test
    void tiesGoToTheLaterUpdateThenTheSourceThenTheId() {
        Answer plain = answer(1, "u", 0, "2026-06-01");
        Answer updated = updated(answer(2, "u", 1, "2026-06-01"), "2026-06-02T00:00:00Z");
        Answer updatedLater = updated(answer(3, "u", 2, "2026-06-01"), "2026-06-03T00:00:00Z");
        Answer idTen = answer(10, "u", 3, "2026-06-01");

        assertThat(latest(plain, updated)).isEqualTo(updated);
        assertThat(latest(updatedLater, updated)).isEqualTo(updatedLater);
        assertThat(latest(plain, idTen)).as("ids are text").isEqualTo(idTen);
        assertThat(latest(answer(2, "u", 4, "2026-06-01"), idTen))
                .as("ids are text")
                .extracting(Answer::id)
                .isEqualTo(2L);
        Answer delighted = new Answer(
                99,
                "u",
                null,
                Metric.NPS,
                4,
                idTen.answeredAt(),
                false,
                null,
                "delighted",
                "99",
                "nps",
                null,
                false,
                null,
                null);
        assertThat(latest(delighted, plain)).as("the source before the id").isEqualTo(plain);
    }

    @Test
    void onlyScoredNpsAnswersAreInN() {
        List<Answer> answers = new ArrayList<>(PEOPLE);
        answers.add(answer(5, "u5", null, "2026-06-08"));
        answers.add(metric(answer(6, "u6", 1, "2026-06-08"), Metric.CSAT));
        answers.add(excluded(answer(7, "u7", 1, "2026-06-08"), Reason.EXCLUDED_IN_TOOL));
        answers.add(excluded(answer(8, "u8", 1, "2026-06-08"), Reason.UNDECLARED_SURVEY));

        Detail detail = detail(answers, RULES, "this_half_year", Policy.ALL_RESPONSES);

        assertThat(detail.rollup())
                .returns(new Tally(2, 1, 1), Rollup::tally)
                .returns(1, Rollup::unscored)
                .returns(3, Rollup::excluded)
                .returns(0, Rollup::noScore);
        assertThat(detail.omitted())
                .extracting(omitted -> omitted.answer().id(), Omitted::reason)
                .containsExactlyInAnyOrder(
                        tuple(5L, Reason.UNSCORED),
                        tuple(6L, Reason.OTHER_METRIC),
                        tuple(7L, Reason.EXCLUDED_IN_TOOL),
                        tuple(8L, Reason.UNDECLARED_SURVEY));
    }

    @Test
    void aMixedFeedGivesTheSameNpsAsItsNpsAnswersAlone() {
        List<Answer> nps = new ArrayList<>();
        List<Answer> mixed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            nps.add(answer(i, "p" + i, i, "2026-06-08"));
            mixed.add(metric(answer(100 + i, "p" + i, 1 + i % 5, "2026-06-09"), Metric.CSAT));
        }
        mixed.addAll(nps);

        for (Policy policy : Policy.values()) {
            assertThat(rollup(mixed, "this_month", policy).tally())
                    .isEqualTo(rollup(nps, "this_month", policy).tally());
        }
    }

    @Test
    void noScoresCountForParityOnly() {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            Integer score =
                    i < 12 ? Integer.valueOf(9) : i < 16 ? Integer.valueOf(0) : i < 20 ? Integer.valueOf(7) : null;
            answers.add(answer(i, "p" + i, score, "2026-06-08"));
        }
        // A person who once scored is told by that score, whatever comes after it.
        answers.add(answer(99, "p0", null, "2026-06-09"));

        assertThat(rollup(answers, "this_month", Policy.LATEST_PER_PERSON))
                .returns("40.0", rollup -> rollup.nps().display())
                .returns(20, Rollup::n)
                .returns(6, Rollup::unscored);
        Rollup parity = detail(answers, countNoScore(), "this_month", Policy.LATEST_PER_PERSON)
                .rollup();
        assertThat(parity)
                .returns("32.0", rollup -> rollup.nps().display())
                .returns(25, Rollup::n)
                .returns(5, Rollup::noScore)
                .returns(0, Rollup::unscored)
                .returns(new Tally(12, 4, 4), Rollup::tally);
        assertThat(detail(answers, countNoScore(), "this_month", Policy.ALL_RESPONSES)
                        .rollup()
                        .n())
                .isEqualTo(26);
    }

    @Test
    void aSuspectedDuplicateIsKeptFlaggedAndNotCounted() {
        Answer first = answer(1, "u", 9, "2026-06-01T10:00:00Z");
        List<Answer> answers = List.of(
                first,
                answer(2, "u", 9, "2026-06-01T10:20:00Z"),
                answer(3, "u", 9, "2026-06-01T10:30:00Z"),
                answer(4, "u", 9, "2026-06-01T10:30:01Z"),
                answer(5, "u", 8, "2026-06-01T10:01:00Z"),
                answer(6, "v", 9, "2026-06-01T10:01:00Z"),
                survey(answer(7, "u", 9, "2026-06-01T10:01:00Z"), "other"),
                answer(8, "u", 9, "2026-06-01T10:55:00Z"));

        Detail detail = detail(answers, RULES, "this_month", Policy.ALL_RESPONSES);

        assertThat(detail.counted()).extracting(Answer::id).containsExactlyInAnyOrder(1L, 4L, 5L, 6L, 7L);
        assertThat(detail.omitted())
                .containsExactly(
                        new Omitted(answers.get(1), Reason.SUSPECTED_DUPLICATE, first),
                        new Omitted(answers.get(2), Reason.SUSPECTED_DUPLICATE, first),
                        new Omitted(answers.get(7), Reason.SUSPECTED_DUPLICATE, answers.get(3)));
        assertThat(detail.rollup().excluded()).isEqualTo(3);
        assertThat(detail(
                                answers,
                                SampleRules.yaml("suspected_duplicates: {count: true}"),
                                "this_month",
                                Policy.ALL_RESPONSES)
                        .rollup()
                        .n())
                .as("switched off")
                .isEqualTo(8);
    }

    @Test
    void anExcludedAnswerMakesNoDuplicate() {
        List<Answer> answers = List.of(
                excluded(answer(1, "u", 9, "2026-06-01T10:00:00Z"), Reason.EXCLUDED_IN_TOOL),
                answer(2, "u", 9, "2026-06-01T10:01:00Z"));

        assertThat(rollup(answers, "this_month", Policy.ALL_RESPONSES).n()).isEqualTo(1);
    }

    @Test
    void aDuplicateAcrossAWindowsEdgeCountsOnceWithTheFirst() {
        List<Answer> answers =
                List.of(answer(1, "u", 9, "2026-05-31T23:50:00Z"), answer(2, "u", 9, "2026-06-01T00:10:00Z"));

        assertThat(rollup(answers, "this_month", Policy.ALL_RESPONSES).n()).isZero();
        assertThat(rollup(answers, "last_month", Policy.ALL_RESPONSES).n()).isEqualTo(1);
    }

    @Test
    void everyAnswerIsEitherCountedOrExplained() {
        Rollups rollups = Rollups.of(PEOPLE, RULES, TODAY, null);

        assertThat(rollups.details()).hasSize(5 * 2).allSatisfy(detail -> {
            List<Answer> all = new ArrayList<>(detail.counted());
            detail.omitted().forEach(omitted -> all.add(omitted.answer()));
            assertThat(all).containsExactlyInAnyOrderElementsOf(PEOPLE);
        });
        assertThat(rollups.main(RULES)).isEqualTo(rollups.detail("trailing_6_months", Policy.LATEST_PER_PERSON));
        assertThatThrownBy(() -> rollups.detail("this_year", Policy.ALL_RESPONSES))
                .hasMessageContaining("'this_year'");
    }

    @Test
    void aWindowThatBeginsBeforeTheDataIsPartial() {
        LocalDate since = LocalDate.parse("2026-05-31");
        Rollups rollups = Rollups.of(PEOPLE, RULES, TODAY, since);

        assertThat(partialSince(rollups, "trailing_6_months")).isEqualTo(since);
        assertThat(partialSince(rollups, "last_month")).isEqualTo(since);
        assertThat(partialSince(rollups, "this_month")).isNull();
        assertThat(detail(PEOPLE, RULES, "all_time", Policy.ALL_RESPONSES)
                        .rollup()
                        .partialSince())
                .isNull();
        assertThat(Rollups.of(PEOPLE, RULES, Window.parse("all_time"), Policy.ALL_RESPONSES, TODAY, since)
                        .rollup()
                        .partialSince())
                .isEqualTo(since);
        LocalDate backfill = LocalDate.parse("2026-05-22");
        assertThat(partialSince(
                        Rollups.of(PEOPLE, RULES, LocalDate.parse("2026-11-22"), backfill), "trailing_6_months"))
                .as("the backfill covers the window of as many months")
                .isNull();
    }

    @Test
    void anAccountWithoutAnswersHasNoNps() {
        assertThat(rollup(List.of(), "this_month", Policy.LATEST_PER_PERSON))
                .returns(Tally.NONE, Rollup::tally)
                .returns(null, Rollup::nps)
                .returns(null, Rollup::interval)
                .returns(false, rollup -> rollup.indicative(5));
    }

    @Test
    void fewAnswersAreIndicative() {
        assertThat(rollup(PEOPLE, "this_half_year", Policy.ALL_RESPONSES))
                .returns(true, rollup -> rollup.indicative(5));
        assertThat(rollup(PEOPLE, "this_half_year", Policy.ALL_RESPONSES))
                .returns(false, rollup -> rollup.indicative(4));
    }

    private static LocalDate partialSince(Rollups rollups, String window) {
        return rollups.detail(window, Policy.LATEST_PER_PERSON).rollup().partialSince();
    }

    private static Answer latest(Answer one, Answer other) {
        List<Answer> counted = detail(List.of(one, other), RULES, "this_month", Policy.LATEST_PER_PERSON)
                .counted();
        assertThat(detail(List.of(other, one), RULES, "this_month", Policy.LATEST_PER_PERSON)
                        .counted())
                .isEqualTo(counted);
        return counted.get(0);
    }

    private static Rollup rollup(List<Answer> answers, String window, Policy policy) {
        return detail(answers, RULES, window, policy).rollup();
    }

    private static Detail detail(List<Answer> answers, Rules rules, String window, Policy policy) {
        return Rollups.of(answers, rules, Window.parse(window), policy, TODAY, null);
    }

    private static Rules countNoScore() {
        return SampleRules.yaml("count_no_score: true");
    }
}
