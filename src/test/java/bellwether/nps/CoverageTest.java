package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** NPS maths, section 8: coverage. */
class CoverageTest {
    @Test
    void sixtyOneOfTwoHundredAndFortyPayingAccounts() {
        Coverage coverage = Coverage.NONE;
        for (int account = 0; account < 240; account++) {
            coverage = coverage.plus(account < 61, new BigDecimal("1000"));
        }
        assertThat(coverage.rate().percent()).isEqualTo(Fraction.of(305, 12));
        assertThat(coverage.rate().rounded(1)).isEqualByComparingTo("25.4");
    }

    @Test
    void revenueIsCoveredByItself() {
        Coverage coverage = Coverage.NONE
                .plus(true, new BigDecimal("100000"))
                .plus(true, null)
                .plus(true, new BigDecimal("-5"))
                .plus(false, new BigDecimal("20000.50"));
        assertThat(coverage.rate().rounded(1)).isEqualByComparingTo("75.0");
        assertThat(coverage.revenuePercent()).isEqualTo(Fraction.of(20_000_000, 240_001));
        assertThat(coverage.revenuePercent().rounded(1)).isEqualByComparingTo("83.3");
    }

    @Test
    void withoutAccountsOrRevenueThereIsNoShareRatherThanNone() {
        assertThat(Coverage.NONE.rate()).isNull();
        assertThat(Coverage.NONE.revenuePercent()).isNull();
        Coverage free = Coverage.NONE.plus(false, BigDecimal.ZERO);
        assertThat(free.rate().rounded(1)).isEqualByComparingTo("0.0");
        assertThat(free.revenuePercent()).isNull();
    }
}
