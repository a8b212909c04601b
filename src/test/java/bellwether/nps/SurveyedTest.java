package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SurveyedTest {
    private static final Instant EARLY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATE = Instant.parse("2026-02-01T00:00:00Z");

    @Test
    void theLaterTimesHoldAndEveryReasonOnceWhateverTheOrder() {
        var one = new Surveyed(EARLY, LATE, "unsubscribed");
        var other = new Surveyed(LATE, EARLY, "complained");
        var both = new Surveyed(LATE, LATE, "complained; unsubscribed");
        assertThat(one.and(other)).isEqualTo(both);
        assertThat(other.and(one)).isEqualTo(both);
        assertThat(both.and(one)).isEqualTo(both);
    }

    @Test
    void whatNobodyKnowsStaysUnknown() {
        var one = new Surveyed(EARLY, null, null);
        assertThat(Surveyed.UNKNOWN.and(Surveyed.UNKNOWN)).isEqualTo(Surveyed.UNKNOWN);
        assertThat(one.and(Surveyed.UNKNOWN)).isEqualTo(one);
        assertThat(Surveyed.UNKNOWN.and(one)).isEqualTo(one);
    }
}
