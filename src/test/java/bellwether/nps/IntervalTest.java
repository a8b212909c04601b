package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NPS maths, section 3: intervals for small samples. */
class IntervalTest {
    @ParameterizedTest
    @CsvSource({
        "5, 3, 2, 30.0, 24.7, 48.4",
        "60, 25, 15, 45.0, 7.4, 14.5",
        "300, 150, 50, 50.0, 3.0, 5.9",
        "3, 0, 0, 100.0, 0, 0"
    })
    void wald(int promoters, int passives, int detractors, double centre, double standardError, double half) {
        Estimate estimate = Estimate.wald(new Tally(promoters, passives, detractors));

        assertThat(estimate.centre()).isCloseTo(centre, within(0.05));
        assertThat(estimate.standardError()).isCloseTo(standardError, within(0.05));
        assertThat(estimate.halfWidth(Interval.Z95)).isCloseTo(half, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({"3, 0, 0, 50.0, 56.6", "5, 3, 2, 23.1, 42.1", "18, 11, 3, 42.9, 22.45"})
    void adjustedCentreAndHalfWidth(int promoters, int passives, int detractors, double centre, double half) {
        Estimate estimate = Estimate.adjusted(new Tally(promoters, passives, detractors));

        assertThat(estimate.centre()).isCloseTo(centre, within(0.05));
        assertThat(estimate.halfWidth(Interval.Z95)).isCloseTo(half, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0, 0, -6.6 to 100.0",
        "5, 3, 2, -19.1 to 65.2",
        "18, 11, 3, 20.4 to 65.3",
        "1, 0, 0, -48.5 to 100.0",
        "0, 0, 1, -100.0 to 48.5",
    })
    void shownClippedAndAroundThePlainNps(int promoters, int passives, int detractors, String shown) {
        assertThat(new Tally(promoters, passives, detractors).interval().display())
                .isEqualTo(shown);
    }

    @Test
    void waldIsClippedToo() {
        assertThat(Interval.wald(new Tally(5, 3, 2), Interval.Z95).display()).isEqualTo("-18.4 to 78.4");
        assertThat(Interval.wald(new Tally(9, 1, 0), Interval.Z95).high()).isEqualTo(100);
    }

    @Test
    void thereIsNoneWithoutAnswers() {
        assertThat(Tally.NONE.interval()).isNull();
        assertThat(Interval.wald(Tally.NONE, Interval.Z95)).isNull();
        assertThat(Estimate.adjusted(Tally.NONE)).isNull();
    }

    @Test
    void wideningMattersForOneAnswerOnly() {
        for (int n = 1; n <= 60; n++) {
            for (int promoters = 0; promoters <= n; promoters++) {
                for (int detractors = 0; promoters + detractors <= n; detractors++) {
                    Tally tally = new Tally(promoters, n - promoters - detractors, detractors);
                    double nps = 100.0 * (promoters - detractors) / n;
                    Estimate estimate = Estimate.adjusted(tally);
                    boolean inside = Math.abs(nps - estimate.centre()) <= estimate.halfWidth(Interval.Z95);
                    assertThat(inside).as("%s", tally).isEqualTo(n > 1 || promoters == detractors);
                    assertThat(tally.interval().contains(nps)).as("%s", tally).isTrue();
                    assertThat(tally.interval().low()).isGreaterThanOrEqualTo(-100);
                    assertThat(tally.interval().high()).isLessThanOrEqualTo(100);
                }
            }
        }
    }

    /** Exact coverage, in percent, over all mixes of promoters and detractors in steps of 5 % with some of each category. */
    @ParameterizedTest
    @CsvSource({
        "3, 67.3, 26.3, 95.9, 84.4",
        "5, 80.5, 40.4, 95.4, 89.6",
        "10, 88.0, 64.9, 95.5, 93.0",
        "20, 92.0, 74.0, 95.1, 93.9",
        "50, 93.7, 88.4, 95.0, 94.3",
    })
    void coverage(int n, double waldMean, double waldWorst, double adjustedMean, double adjustedWorst) {
        double[] mean = new double[2];
        double[] worst = {100, 100};
        int mixes = 0;
        for (int p = 1; p <= 18; p++) {
            for (int d = 1; p + d <= 19; d++) {
                double[] covered = covered(n, p / 20.0, (20 - p - d) / 20.0, d / 20.0);
                for (int form = 0; form < 2; form++) {
                    mean[form] += covered[form];
                    worst[form] = Math.min(worst[form], covered[form]);
                }
                mixes++;
            }
        }
        assertThat(mixes).isEqualTo(171);
        assertThat(mean[0] / mixes).isCloseTo(waldMean, within(0.051));
        assertThat(worst[0]).isCloseTo(waldWorst, within(0.051));
        assertThat(mean[1] / mixes).isCloseTo(adjustedMean, within(0.051));
        assertThat(worst[1]).isCloseTo(adjustedWorst, within(0.051));
    }

    private static double[] covered(int n, double p, double q, double d) {
        double[] covered = new double[2];
        double truth = 100 * (p - d);
        for (int promoters = 0; promoters <= n; promoters++) {
            for (int detractors = 0; promoters + detractors <= n; detractors++) {
                int passives = n - promoters - detractors;
                Tally tally = new Tally(promoters, passives, detractors);
                double ways = choose(n, promoters) * choose(n - promoters, detractors);
                double chance = 100 * ways * Math.pow(p, promoters) * Math.pow(d, detractors) * Math.pow(q, passives);
                covered[0] += Interval.wald(tally, Interval.Z95).contains(truth) ? chance : 0;
                covered[1] += Interval.adjusted(tally).contains(truth) ? chance : 0;
            }
        }
        return covered;
    }

    private static double choose(int n, int k) {
        BigInteger ways = BigInteger.ONE;
        for (int i = 0; i < k; i++) {
            ways = ways.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1));
        }
        return ways.doubleValue();
    }
}
