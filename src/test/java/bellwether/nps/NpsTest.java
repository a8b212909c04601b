package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NPS maths, section 1: NPS and rounding. */
class NpsTest {
    @ParameterizedTest
    @CsvSource({
        "18, 11, 3, 46.9, 47",
        "2, 0, 1, 33.3, 33",
        "37, 25, 18, 23.8, 24",
        "12, 4, 4, 40.0, 40",
        "12, 9, 4, 32.0, 32",
        "0, 7, 1, -12.5, -13",
        "1, 7, 0, 12.5, 13",
        "0, 0, 3, -100.0, -100",
        "3, 0, 0, 100.0, 100",
        "5, 5, 5, 0.0, 0",
        "0, 1999, 1, -0.1, 0",
    })
    void roundsOnceHalfAwayFromZero(int promoters, int passives, int detractors, String oneDecimal, String integer) {
        Nps nps = new Tally(promoters, passives, detractors).nps();

        assertThat(nps.display()).isEqualTo(oneDecimal);
        assertThat(nps.rounded(0).toPlainString()).isEqualTo(integer);
    }

    @Test
    void isAnExactFraction() {
        assertThat(new Tally(18, 11, 3).nps().points()).isEqualTo(Fraction.of(46_875, 1000));
        assertThat(new Tally(2, 0, 1).nps())
                .isEqualTo(new Tally(4, 0, 2).nps())
                .isNotEqualTo(new Tally(3333, 6667, 0).nps());
        assertThat(new Tally(2, 0, 1).nps()).isGreaterThan(new Tally(3333, 6667, 0).nps());
        assertThat(new Tally(0, 1, 1).nps()).isLessThan(new Tally(0, 1, 0).nps());
    }

    @Test
    void thereIsNoneWithoutAnswers() {
        assertThat(Tally.NONE.nps()).isNull();
        assertThat(Tally.NONE.n()).isZero();
    }

    @Test
    void differsFromRoundingFirstInTwentyFourTriplesUpToEight() {
        int different = 0;
        for (int n = 1; n <= 8; n++) {
            for (int promoters = 0; promoters <= n; promoters++) {
                for (int detractors = 0; promoters + detractors <= n; detractors++) {
                    int ours = new Tally(promoters, n - promoters - detractors, detractors)
                            .nps()
                            .rounded(0)
                            .intValueExact();
                    int roundedFirst = (200 * promoters + n) / (2 * n) - (200 * detractors + n) / (2 * n);
                    assertThat(Math.abs(ours - roundedFirst)).isLessThanOrEqualTo(1);
                    different += ours == roundedFirst ? 0 : 1;
                }
            }
        }
        assertThat(different).isEqualTo(24);
    }

    @Test
    void ratherFailsThanOverflows() {
        Tally huge = new Tally(Integer.MAX_VALUE, 0, 0);

        assertThat(huge.nps().display()).isEqualTo("100.0");
        assertThatThrownBy(() -> huge.plus(Category.PROMOTER)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> huge.plus(new Tally(0, 1, 0)).n()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Tally(-1, 0, 0)).hasMessageContaining("never negative");
        assertThatThrownBy(() -> new Nps(Fraction.of(101, 1))).hasMessageContaining("between -100 and 100");
    }

    @Test
    void thresholdsAreComparedExactly() {
        Nps justBelow = new Tally(29_999, 70_001, 0).nps();

        assertThat(justBelow.display()).isEqualTo("30.0");
        assertThat(justBelow.atLeast(30)).isFalse();
        assertThat(new Tally(3, 7, 0).nps().atLeast(30)).isTrue();
    }

    @Test
    void aTallyAddsUp() {
        assertThat(Tally.of(List.of(0, 6, 7, 8, 9, 10))).isEqualTo(new Tally(2, 2, 2));
        assertThat(new Tally(1, 2, 3).plus(new Tally(4, 5, 6))).isEqualTo(new Tally(5, 7, 9));
    }

    @Test
    void aFractionOfADecimalIsExact() {
        assertThat(Fraction.of(new BigDecimal("-12.50"))).isEqualTo(Fraction.of(-25, 2));
        assertThat(Fraction.of(new BigDecimal("1E+3"))).isEqualTo(Fraction.of(1000, 1));
        assertThat(Fraction.of(1, -2)).isEqualTo(Fraction.of(-1, 2));
        assertThat(Fraction.of(1, 3)
                        .plus(Fraction.of(1, 6))
                        .minus(Fraction.of(1, 4))
                        .times(Fraction.of(8, 1))
                        .over(Fraction.of(2, 3)))
                .isEqualTo(Fraction.of(3, 1));
    }
}
