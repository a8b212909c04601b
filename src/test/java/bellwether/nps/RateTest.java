package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** NPS maths, sections 8 and 11: rates. */
class RateTest {
    @ParameterizedTest
    @CsvSource({
        "37, 184, 20.1",
        "61, 240, 25.4",
        "19, 37, 51.4",
        "36, 240, 15.0",
        "27, 36, 75.0",
        "41, 46, 89.1",
        "0, 5, 0.0"
    })
    void percent(long part, long whole, String shown) {
        assertThat(Rate.of(part, whole).rounded(1).toPlainString()).isEqualTo(shown);
    }

    @Test
    void responseRateHasAWilsonInterval() {
        assertThat(new Rate(37, 200 - 16).wilson().display()).isEqualTo("15.0 to 26.5");
        assertThat(new Rate(0, 10).wilson().low()).isCloseTo(0, within(1e-9));
        assertThat(new Rate(10, 10).wilson().high()).isCloseTo(100, within(1e-9));
    }

    @Test
    void nothingOfNothingIsNoAnswer() {
        assertThat(Rate.of(0, 0)).isNull();
    }

    @Test
    void aPartLargerThanItsWholeIsADataError() {
        assertThatThrownBy(() -> Rate.of(28, 27)).hasMessageContaining("28 of 27");
        assertThatThrownBy(() -> Rate.of(1, 0)).hasMessageContaining("1 of 0");
    }
}
