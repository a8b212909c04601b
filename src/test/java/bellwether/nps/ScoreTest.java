package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Score.Refused;
import bellwether.nps.Score.Scored;
import bellwether.nps.Score.Unscored;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NPS maths, section 2: what a score is. */
class ScoreTest {
    static Stream<Object> nines() {
        return Stream.of(
                9,
                9L,
                9.0,
                9f,
                (short) 9,
                "9",
                "9.0",
                " 9 ",
                "+9",
                "09",
                new BigDecimal("9.00"),
                BigInteger.valueOf(9));
    }

    @ParameterizedTest
    @MethodSource("nines")
    void nineIsNine(Object raw) {
        assertThat(Score.parse(raw)).isEqualTo(new Scored(9));
    }

    @Test
    void everyScoreOfTheScaleIsRead() {
        for (int score = 0; score <= 10; score++) {
            assertThat(Score.parse(score)).isEqualTo(new Scored(score));
            assertThat(Score.parse(Integer.toString(score))).isEqualTo(new Scored(score));
        }
        assertThat(Score.parse("-0")).isEqualTo(new Scored(0));
        assertThat(Score.parse(-0.0)).isEqualTo(new Scored(0));
        assertThat(Score.parse(new BigDecimal("0.000"))).isEqualTo(new Scored(0));
        assertThat(Score.parse(new BigDecimal("1E+1"))).isEqualTo(new Scored(10));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n"})
    void nothingIsUnscored(Object raw) {
        assertThat(Score.parse(raw)).isEqualTo(new Unscored());
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(-1, "SCORE_OUT_OF_RANGE", "-1"),
                Arguments.of(11, "SCORE_OUT_OF_RANGE", "11"),
                Arguments.of("11", "SCORE_OUT_OF_RANGE", "11"),
                Arguments.of(1e300, "SCORE_OUT_OF_RANGE", "1.0E+300"),
                Arguments.of(new BigDecimal("1E+999999999"), "SCORE_OUT_OF_RANGE", "a number of 12 characters"),
                Arguments.of("4915112345678", "SCORE_OUT_OF_RANGE", "a number of 13 characters"),
                Arguments.of(6.5, "SCORE_NOT_INTEGER", "6.5"),
                Arguments.of("6.5", "SCORE_NOT_INTEGER", "6.5"),
                Arguments.of(new BigDecimal("1E-999999999"), "SCORE_NOT_INTEGER", "a number of 12 characters"),
                Arguments.of(Double.NaN, "SCORE_NOT_INTEGER", "NaN"),
                Arguments.of(true, "SCORE_NOT_INTEGER", "true"),
                Arguments.of("nine", "SCORE_NOT_INTEGER", "text of 4 characters"),
                Arguments.of("9/10", "SCORE_NOT_INTEGER", "text of 4 characters"),
                Arguments.of("9,0", "SCORE_NOT_INTEGER", "text of 3 characters"),
                Arguments.of("٩", "SCORE_NOT_INTEGER", "text of 1 characters"),
                Arguments.of("1e999999999", "SCORE_NOT_INTEGER", "text of 11 characters"),
                Arguments.of(List.of(9), "SCORE_NOT_INTEGER", "not a single value"),
                Arguments.of(Map.of("score", 9), "SCORE_NOT_INTEGER", "not a single value"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void allElseIsRefusedWithACode(Object raw, String code, String says) {
        Score score = Score.parse(raw);

        assertThat(score).isInstanceOf(Refused.class);
        Refused refused = (Refused) score;
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.advice()).isNotBlank();
        if (!says.startsWith("1.0E")) {
            assertThat(refused.message()).contains(says);
        }
    }

    @Test
    void theMessageRepeatsNoText() {
        Refused refused = (Refused) Score.parse("ada@example.com says no");

        assertThat(refused.message() + refused.advice()).doesNotContain("ada");
        assertThat(refused.fault("accept"))
                .isEqualTo(new Fault.Record("accept", "SCORE_NOT_INTEGER", refused.message(), refused.advice()));
    }

    @Test
    void eachScaleHasItsOwnEnds() {
        assertThat(Score.parse(0, Scale.ONE_TO_TEN)).isInstanceOf(Refused.class);
        assertThat(Score.parse(1, Scale.ONE_TO_TEN)).isEqualTo(new Scored(1));
        assertThat(Score.parse(5, Scale.ONE_TO_FIVE)).isEqualTo(new Scored(5));
        assertThat(Score.parse(6, Scale.ONE_TO_FIVE)).isInstanceOf(Refused.class);
        assertThat(Score.parse(7, Scale.ONE_TO_SEVEN)).isEqualTo(new Scored(7));
        assertThat(((Refused) Score.parse(8, Scale.ONE_TO_SEVEN)).message()).contains("1-7");
    }
}
