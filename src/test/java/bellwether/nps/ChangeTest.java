package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NPS maths, section 9: change of an account's NPS. */
class ChangeTest {
    @Test
    void aHundredEach() {
        Change change = Change.plain(new Tally(50, 30, 20), new Tally(60, 25, 15));

        assertThat(change.before().nps().display()).isEqualTo("30.0");
        assertThat(change.after().nps().display()).isEqualTo("45.0");
        assertThat(change.points().rounded(1).toPlainString()).isEqualTo("15.0");
        assertThat(change.standardError()).isCloseTo(10.8, within(0.05));
        assertThat(change.z()).isCloseTo(1.39, within(0.005));
        assertThat(change.distinguishable()).isFalse();
    }

    @Test
    void tenEach() {
        Change change = Change.plain(new Tally(5, 3, 2), new Tally(6, 2, 2));

        assertThat(change.points()).isEqualTo(Fraction.of(10, 1));
        assertThat(change.standardError()).isCloseTo(35.4, within(0.05));
        assertThat(change.z()).isCloseTo(0.28, within(0.005));
    }

    @Test
    void aLargeChangeIsDistinguishable() {
        assertThat(Change.plain(new Tally(50, 30, 20), new Tally(80, 10, 10)).distinguishable())
                .isTrue();
    }

    @Test
    void theAdjustedFormSurvivesUnanimity() {
        Change fall = Change.adjusted(new Tally(5, 0, 0), new Tally(0, 0, 5));

        assertThat(fall.points()).isEqualTo(Fraction.of(-200, 1));
        assertThat(fall.standardError()).isGreaterThan(1);
        assertThat(fall.falling(5)).isTrue();
        assertThat(fall.falling(6)).isFalse();
        assertThat(Change.plain(new Tally(5, 0, 0), new Tally(5, 0, 0)).z()).isZero();
    }

    @Test
    void whatIsShownNeverClaimsCertaintyFromAFewWhoAgree() {
        Tally mixed = new Tally(50, 30, 20);
        assertThat(Change.shown(mixed, new Tally(60, 25, 15))).isEqualTo(Change.plain(mixed, new Tally(60, 25, 15)));
        Change one = Change.shown(mixed, new Tally(1, 0, 0));
        assertThat(Change.plain(mixed, new Tally(1, 0, 0)).distinguishable()).isTrue();
        assertThat(one.points()).isEqualTo(Fraction.of(70, 1));
        assertThat(one.distinguishable()).isFalse();
        assertThat(Change.shown(Tally.NONE, mixed)).isNull();
    }

    @Test
    void noChangeWithoutAnswersOnBothSides() {
        assertThat(Change.plain(Tally.NONE, new Tally(1, 0, 0))).isNull();
        assertThat(Change.adjusted(new Tally(1, 0, 0), Tally.NONE)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "300, 150, 50, 200, 190, 110, true", // −32, far beyond chance
        "300, 150, 50, 250, 150, 100, true", // exactly −20
        "3000, 1500, 500, 2501, 1500, 999, false", // −19.96, however sure
        "5, 3, 2, 3, 3, 4, false", // −40 of ten each could be chance
        "200, 190, 110, 300, 150, 50, false", // up
    })
    void fallsOnlyFarAndBeyondChance(int p1, int n1, int d1, int p2, int n2, int d2, boolean falling) {
        assertThat(Change.adjusted(new Tally(p1, n1, d1), new Tally(p2, n2, d2)).falling(5))
                .isEqualTo(falling);
    }

    /** Of two samples of five of one 50/30/20 population, a bar at z = 1 would alarm in 25 % of comparisons, ours does in 11 %. */
    @Test
    void alarmsByChanceInElevenPercentAtFive() {
        List<Tally> samples = new ArrayList<>();
        for (int promoters = 0; promoters <= 5; promoters++) {
            for (int detractors = 0; promoters + detractors <= 5; detractors++) {
                samples.add(new Tally(promoters, 5 - promoters - detractors, detractors));
            }
        }
        double ours = 0;
        double lax = 0;
        for (Tally before : samples) {
            for (Tally after : samples) {
                Change change = Change.adjusted(before, after);
                double chance = 100 * chance(before) * chance(after);
                ours += change.falling(5) ? chance : 0;
                lax += change.points().compareTo(Fraction.of(-20, 1)) <= 0 && change.z() <= -1 ? chance : 0;
            }
        }
        assertThat(ours).isCloseTo(11, within(0.5));
        assertThat(lax).isCloseTo(25, within(0.5));
    }

    private static double chance(Tally tally) {
        int[] factorial = {1, 1, 2, 6, 24, 120};
        int ways = 120 / factorial[tally.promoters()] / factorial[tally.passives()] / factorial[tally.detractors()];
        return ways
                * Math.pow(0.5, tally.promoters())
                * Math.pow(0.3, tally.passives())
                * Math.pow(0.2, tally.detractors());
    }
}
