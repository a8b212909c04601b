package bellwether.health;

import static bellwether.health.SampleAnswers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Policy;
import bellwether.nps.Rollup;
import bellwether.nps.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountStateTest {
    private static final ZoneId ZONE = ZoneId.of("Pacific/Auckland");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @Test
    void anAccountWithoutAnswersNeverChanges() {
        assertThat(AccountState.of(List.of(), Rules.defaults(ZONE), TODAY, null).nextChange())
                .isNull();
    }

    @Test
    void oneAnswerChangesThingsOnKnownDays() {
        Rules rules = Rules.defaults(ZoneOffset.UTC);
        List<Answer> answers = List.of(answer(1, "u", 9, "2026-08-20"));
        List<LocalDate> days = new ArrayList<>();
        LocalDate day = LocalDate.parse("2026-08-20");
        while ((day = AccountState.of(answers, rules, day, null).nextChange()) != null) {
            days.add(day);
        }

        assertThat(days)
                .extracting(LocalDate::toString)
                .containsExactly(
                        "2026-09-01", // from this month to last
                        "2026-10-01", // out of last month, from this quarter to last
                        "2026-11-18", // from the recent 90 days to the 90 before
                        "2027-01-01", // out of last quarter
                        "2027-02-16", // out of the 90 before, and 180 days old
                        "2027-02-17", // older than 180 days
                        "2027-02-20"); // out of the trailing six months
    }

    @Test
    void aPartialWindowBecomesWhole() {
        Rules rules = Rules.defaults(ZoneOffset.UTC);
        LocalDate since = LocalDate.parse("2026-11-10");

        assertThat(AccountState.of(List.of(), rules, TODAY, since).nextChange()).isEqualTo("2026-12-01");
        assertThat(AccountState.of(List.of(), rules, LocalDate.parse("2027-04-30"), since)
                        .nextChange())
                .isEqualTo("2027-05-09");
    }

    /** Walks day by day: nothing may differ before the day named, and something must on it. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void nothingChangesBeforeTheNextChange(long seed) {
        Random random = new Random(seed);
        Rules rules = everyKindOfWindow();
        for (int round = 0; round < 12; round++) {
            Instant first = Instant.parse("2026-05-01T00:00:00Z");
            List<Answer> answers = RandomAnswers.of(random, first, 203, 1 + random.nextInt(6));
            LocalDate since =
                    random.nextBoolean() ? null : LocalDate.parse("2026-05-01").plusDays(random.nextInt(200));
            String hint = "seed " + seed + ", round " + round;
            AccountState now = AccountState.of(answers, rules, TODAY, since);
            LocalDate day = TODAY.plusDays(1);
            while (day.isBefore(TODAY.plusDays(800))
                    && outcome(answers, rules, day, since).equals(outcome(now, TODAY))) {
                day = day.plusDays(1);
            }
            LocalDate next = now.nextChange();
            if (next == null) {
                assertThat(day).as(hint).isEqualTo(TODAY.plusDays(800));
            } else {
                assertThat(next).as(hint).isBeforeOrEqualTo(day);
                assertThat(members(answers, rules, next, since))
                        .as(hint)
                        .isNotEqualTo(members(answers, rules, next.minusDays(1), since));
            }
        }
    }

    /** Every figure and verdict and the titles of windows, without the spans, which move every day. */
    private static List<Object> outcome(AccountState state, LocalDate day) {
        List<Object> outcome = new ArrayList<>(
                List.of(state.relationship(), state.falling(), state.people(), state.named(), state.warnings()));
        for (Rollups.Detail detail : state.rollups().details()) {
            Rollup rollup = detail.rollup();
            outcome.add(List.of(
                    rollup.tally(),
                    rollup.unscored(),
                    rollup.excluded(),
                    String.valueOf(rollup.partialSince()),
                    detail.window().title(day)));
        }
        return outcome;
    }

    private static List<Object> outcome(List<Answer> answers, Rules rules, LocalDate day, LocalDate since) {
        return outcome(AccountState.of(answers, rules, day, since), day);
    }

    /** What each figure is made of: who is in which window, what is partial, how old the last answer is. */
    private static List<Object> members(List<Answer> answers, Rules rules, LocalDate day, LocalDate since) {
        AccountState state = AccountState.of(answers, rules, day, since);
        List<Object> members = new ArrayList<>(outcome(state, day));
        state.rollups().details().forEach(detail -> members.add(List.of(detail.counted(), detail.omitted())));
        for (String window : List.of("trailing_90_days", "trailing_60_days")) {
            for (LocalDate end : List.of(day, day.minusDays(90))) {
                var detail = Rollups.of(answers, rules, Window.parse(window), Policy.ALL_RESPONSES, end, null);
                members.add(List.of(detail.counted(), detail.omitted()));
            }
        }
        return members;
    }

    private static Rules everyKindOfWindow() {
        return SampleRules.yaml("""
                windows: [trailing_6_months, this_week, last_month, this_fiscal_quarter, last_half_year, trailing_30_days, all_time,
                  2026-06-01..2026-08-31]
                min_n_flag: 2
                relationship: {unknown_after_days: 100, window: trailing_90_days, alarm_roles: [sponsor]}
                named_health:
                  service:
                    metrics: {csat: {satisfied_from: 4, dissatisfied_to: 2}, ces: {satisfied_from: 5, dissatisfied_to: 3}}
                    window: trailing_60_days
                    unknown_after_days: 70
                warnings: {silence: {after_days: 50, roles: [sponsor]}}
                """, ZONE);
    }
}
