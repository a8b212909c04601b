package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NPS maths, section 1: a figure rounded once, and one made of percentages that were rounded before. */
class RoundingTest {
    @ParameterizedTest
    @CsvSource({
        "2, 0, 1, 33, 34, 33.3, 33.4",
        "37, 25, 18, 24, 23, 23.8, 23.8",
        "18, 11, 3, 47, 47, 46.9, 46.9",
        "1, 5, 2, -13, -12, -12.5, -12.5",
    })
    void bothWays(int p, int n, int d, String integer, String integers, String decimal, String decimals) {
        Tally tally = new Tally(p, n, d);
        assertThat(Rounding.INTEGER.once(tally)).isEqualByComparingTo(integer);
        assertThat(Rounding.INTEGER.ofPercentages(tally)).isEqualByComparingTo(integers);
        assertThat(Rounding.ONE_DECIMAL.once(tally)).isEqualByComparingTo(decimal);
        assertThat(Rounding.ONE_DECIMAL.ofPercentages(tally)).isEqualByComparingTo(decimals);
    }

    @Test
    void aNumberShowsHowItWasRounded() {
        assertThat(Rounding.of(new BigDecimal("41"))).isEqualTo(Rounding.INTEGER);
        assertThat(Rounding.of(new BigDecimal("-41.3"))).isEqualTo(Rounding.ONE_DECIMAL);
        assertThat(Rounding.INTEGER.fits(new BigDecimal("41.3"))).isFalse();
        assertThat(Rounding.ONE_DECIMAL.fits(new BigDecimal("41"))).isTrue();
        assertThat(Rounding.INTEGER.once(Tally.NONE)).isNull();
        assertThat(Rounding.parse("one_decimal")).isEqualTo(Rounding.ONE_DECIMAL);
        assertThatThrownBy(() -> Rounding.parse("up")).hasMessageContaining("integer or one_decimal");
    }
}
