package bellwether.nps;

import static bellwether.nps.AcceptPartial.AFTER_12H;
import static bellwether.nps.AcceptPartial.COMPLETED_ONLY;
import static bellwether.nps.AcceptPartial.SCORE_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AcceptPartialTest {
    private static final Instant GIVEN = Instant.parse("2026-10-25T00:30:00Z");
    private static final Instant LATER = Instant.parse("2026-10-25T12:30:00Z");

    @Test
    void aScoreCountsAtOnceAfterHalfADayOrNeverByItself() {
        assertThat(SCORE_ONLY.counts(GIVEN, GIVEN.minusSeconds(300))).isTrue();
        assertThat(AFTER_12H.counts(GIVEN, LATER.minusMillis(1))).isFalse();
        assertThat(AFTER_12H.counts(GIVEN, LATER)).isTrue();
        assertThat(COMPLETED_ONLY.counts(GIVEN, LATER.plusSeconds(1_000_000))).isFalse();
    }

    @Test
    void onlyOneOfThemDependsOnTheTime() {
        assertThat(SCORE_ONLY.from(GIVEN)).isNull();
        assertThat(AFTER_12H.from(GIVEN)).isEqualTo(LATER);
        assertThat(COMPLETED_ONLY.from(GIVEN)).isNull();
    }

    @Test
    void theyAreReadAsTheyAreWritten() {
        for (AcceptPartial one : AcceptPartial.values()) {
            assertThat(AcceptPartial.of(one.label())).isEqualTo(one);
        }
        assertThat(AFTER_12H.label()).isEqualTo("after_12h");
        assertThat(AcceptPartial.of("AFTER_12H")).isNull();
    }
}
