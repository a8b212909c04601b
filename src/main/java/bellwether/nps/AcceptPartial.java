package bellwether.nps;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;

/** From when an answer counts that its tool says is not completed. */
public enum AcceptPartial {
    /** At once, as any other. */
    SCORE_ONLY,
    /** When it is completed, or twelve hours after it was given. */
    AFTER_12H,
    /** When it is completed. */
    COMPLETED_ONLY;

    /** How long {@link #AFTER_12H} waits. */
    public static final Duration WAIT = Duration.ofHours(12);

    /** The name used in YAML, such as {@code after_12h}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what {@link #label()} writes; null for any other word. */
    public static AcceptPartial of(String label) {
        return Stream.of(values())
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElse(null);
    }

    /** Whether one that was given then counts now. */
    public boolean counts(Instant answeredAt, Instant now) {
        return this == SCORE_ONLY || this == AFTER_12H && !now.isBefore(from(answeredAt));
    }

    /** From when on one that was given then counts; null where time makes no difference. */
    public Instant from(Instant answeredAt) {
        return this == AFTER_12H ? answeredAt.plus(WAIT) : null;
    }
}
