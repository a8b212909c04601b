package bellwether.health;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.health.Rollups.Detail;
import bellwether.nps.Metric;
import bellwether.nps.Nps;
import bellwether.nps.Policy;
import bellwether.nps.Rollup;
import bellwether.nps.Tally;
import bellwether.nps.Window;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NPS maths, section 12: the invariants of every rollup, and a slow oracle that shares nothing with the code it checks. */
class InvariantsTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final Rules RULES = Rules.defaults(ZONE);
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
    private static final int DAYS = 290;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261122, 97})
    void hold(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            List<Answer> answers = RandomAnswers.of(random, FIRST, DAYS, random.nextInt(60));
            String hint = "seed " + seed + ", round " + round;
            Rollups rollups = Rollups.of(answers, RULES, TODAY, null);
            for (Detail detail : rollups.details()) {
                Rollup rollup = detail.rollup();
                Tally tally = rollup.tally();
                assertThat(tally.promoters() + tally.passives() + tally.detractors())
                        .as(hint)
                        .isEqualTo(rollup.n());
                assertThat(rollup.nps() == null).as(hint).isEqualTo(rollup.n() == 0);
                if (rollup.nps() != null) {
                    assertThat(rollup.nps().rounded(9)).as(hint).isBetween(new BigDecimal(-100), new BigDecimal(100));
                    assertThat(rollup.interval().contains(rollup.nps().points().toDouble()))
                            .as(hint)
                            .isTrue();
                }
            }
            for (Window window : RULES.windows()) {
                Detail latest = rollups.detail(window.name(), Policy.LATEST_PER_PERSON);
                Detail all = rollups.detail(window.name(), Policy.ALL_RESPONSES);
                assertThat(latest.rollup().n())
                        .as(hint)
                        .isLessThanOrEqualTo(all.rollup().n());
                assertThat(all.rollup().n()).as(hint).isEqualTo(all.counted().size());
            }
            List<Answer> shuffled = new ArrayList<>(answers);
            Collections.shuffle(shuffled, random);
            assertThat(Rollups.of(shuffled, RULES, TODAY, null)).as(hint).isEqualTo(rollups);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void monthsQuartersAccountsAndPartitionsAddUp(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            List<Answer> answers = RandomAnswers.of(random, FIRST, DAYS, 80);
            String hint = "seed " + seed + ", round " + round;
            for (Policy policy : Policy.values()) {
                Tally quarter = tally(answers, "2026-04-01..2026-06-30", policy);
                Tally months = tally(answers, "2026-04-01..2026-04-30", policy)
                        .plus(tally(answers, "2026-05-01..2026-05-31", policy))
                        .plus(tally(answers, "2026-06-01..2026-06-30", policy));
                if (policy == Policy.ALL_RESPONSES) {
                    assertThat(months).as(hint).isEqualTo(quarter);
                } else {
                    assertThat(quarter.n()).as(hint).isLessThanOrEqualTo(months.n());
                }
            }
            // Two accounts that share every fifth person.
            List<Answer> one =
                    answers.stream().filter(answer -> account(answer) != 1).toList();
            List<Answer> other =
                    answers.stream().filter(answer -> account(answer) != 0).toList();
            assertThat(tally(answers, "this_year", Policy.LATEST_PER_PERSON).n())
                    .as(hint)
                    .isLessThanOrEqualTo(
                            tally(one, "this_year", Policy.LATEST_PER_PERSON).n()
                                    + tally(other, "this_year", Policy.LATEST_PER_PERSON)
                                            .n());
            Detail total = detail(answers, "this_year", Policy.LATEST_PER_PERSON);
            Tally sum = total.counted().stream()
                    .collect(Collectors.groupingBy(answer -> Objects.toString(answer.survey())))
                    .values()
                    .stream()
                    .map(part -> Tally.of(part.stream().map(Answer::score).toList()))
                    .reduce(Tally.NONE, Tally::plus);
            assertThat(sum).as(hint).isEqualTo(total.rollup().tally());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9, 10})
    void agreeWithASlowOracle(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            List<Answer> answers = RandomAnswers.of(random, FIRST, DAYS, random.nextInt(50));
            String hint = "seed " + seed + ", round " + round;
            check(answers, "this_quarter", LocalDate.parse("2026-10-01"), LocalDate.parse("2026-12-31"), hint);
            check(answers, "last_quarter", LocalDate.parse("2026-07-01"), LocalDate.parse("2026-09-30"), hint);
            check(answers, "trailing_6_months", LocalDate.parse("2026-05-23"), TODAY, hint);
            check(answers, "last_month", LocalDate.parse("2026-10-01"), LocalDate.parse("2026-10-31"), hint);
        }
    }

    private static void check(List<Answer> answers, String window, LocalDate first, LocalDate last, String hint) {
        Set<Long> all = new HashSet<>();
        Set<Long> latest = new HashSet<>();
        Set<Long> repeated = repeated(answers);
        for (Answer answer : answers) {
            if (good(answer) && !repeated.contains(answer.id()) && inside(answer, first, last)) {
                all.add(answer.id());
                boolean beaten = false;
                for (Answer rival : answers) {
                    beaten |= good(rival)
                            && !repeated.contains(rival.id())
                            && inside(rival, first, last)
                            && rival.person().equals(answer.person())
                            && later(rival, answer);
                }
                if (!beaten) {
                    latest.add(answer.id());
                }
            }
        }
        for (Policy policy : Policy.values()) {
            Set<Long> expected = policy == Policy.ALL_RESPONSES ? all : latest;
            Detail detail = detail(answers, window, policy);
            assertThat(detail.counted())
                    .extracting(Answer::id)
                    .as("%s, %s, %s", hint, window, policy)
                    .containsExactlyInAnyOrderElementsOf(expected);
            int[] counts = new int[3];
            for (Answer answer : answers) {
                if (expected.contains(answer.id())) {
                    counts[answer.score() > 8 ? 0 : answer.score() > 6 ? 1 : 2]++;
                }
            }
            assertThat(detail.rollup().tally()).as(hint).isEqualTo(new Tally(counts[0], counts[1], counts[2]));
            Nps nps = detail.rollup().nps();
            if (!expected.isEmpty()) {
                BigDecimal exact = BigDecimal.valueOf(100L * (counts[0] - counts[2]))
                        .divide(BigDecimal.valueOf(expected.size()), MathContext.DECIMAL64);
                assertThat(nps.rounded(6))
                        .as(hint)
                        .isCloseTo(exact, org.assertj.core.data.Offset.offset(new BigDecimal("0.000001")));
            }
        }
    }

    /** Walks each person's answers of one survey and score in time, away from the last one kept. */
    private static Set<Long> repeated(List<Answer> answers) {
        Set<Long> repeated = new HashSet<>();
        List<Answer> left =
                new ArrayList<>(answers.stream().filter(InvariantsTest::good).toList());
        List<Answer> kept = new ArrayList<>();
        while (!left.isEmpty()) {
            Answer earliest = left.get(0);
            for (Answer candidate : left) {
                earliest = later(earliest, candidate) ? candidate : earliest;
            }
            left.remove(earliest);
            boolean repeats = false;
            for (Answer before : kept) {
                repeats |= before.person().equals(earliest.person())
                        && before.source().equals(earliest.source())
                        && Objects.equals(before.survey(), earliest.survey())
                        && before.score().equals(earliest.score())
                        && Duration.between(before.answeredAt(), earliest.answeredAt())
                                        .toMinutes()
                                <= 30;
            }
            if (repeats) {
                repeated.add(earliest.id());
            } else {
                kept.add(earliest);
            }
        }
        return repeated;
    }

    private static boolean later(Answer one, Answer other) {
        if (!one.answeredAt().equals(other.answeredAt())) {
            return one.answeredAt().isAfter(other.answeredAt());
        }
        long first = one.updatedAt() == null ? Long.MIN_VALUE : one.updatedAt().getEpochSecond();
        long second =
                other.updatedAt() == null ? Long.MIN_VALUE : other.updatedAt().getEpochSecond();
        if (first != second) {
            return first > second;
        }
        int source = one.source().compareTo(other.source());
        return source != 0 ? source > 0 : one.responseId().compareTo(other.responseId()) > 0;
    }

    private static boolean good(Answer answer) {
        return answer.excluded() == null && answer.metric() == Metric.NPS && answer.score() != null;
    }

    private static boolean inside(Answer answer, LocalDate first, LocalDate last) {
        LocalDate date = LocalDate.ofInstant(answer.answeredAt(), ZONE);
        return date.compareTo(first) >= 0 && date.compareTo(last) <= 0;
    }

    private static int account(Answer answer) {
        int person = Integer.parseInt(answer.person().substring(1));
        return person % 5 == 0 ? 2 : person % 2;
    }

    private static Tally tally(List<Answer> answers, String window, Policy policy) {
        return detail(answers, window, policy).rollup().tally();
    }

    private static Detail detail(List<Answer> answers, String window, Policy policy) {
        return Rollups.of(answers, RULES, Window.parse(window), policy, TODAY, null);
    }
}
