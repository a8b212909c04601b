package bellwether.simulator;

import bellwether.simulator.Company.Response;
import java.time.Duration;
import java.time.Instant;

/** Ways in which a row of the survey tool can be plainly bad. */
public enum Flaw {
    /** The score is the number 11. */
    SCORE_ELEVEN,
    /** The score is the number 6.5. */
    SCORE_FRACTION,
    /** The score is the text "nine". */
    SCORE_WORD,
    /** The score is true. */
    SCORE_TRUE,
    /** There is no end user id. */
    NO_END_USER,
    /** The end user id belongs to nobody. */
    STRANGE_END_USER,
    /** The creation time shown lies three days in the future (the row is filtered by the true one). */
    FUTURE,
    /** The comment is a million characters long. */
    HUGE_COMMENT,
    /** There is no creation time. */
    NO_CREATED,
    /** The creation time is not a time. */
    GARBLED_CREATED;

    static final int STRANGER = 1_999_999_998;
    static final Duration AHEAD = Duration.ofDays(3);

    Response spoil(Response sound, int id, Instant at) {
        return new Response(
                id,
                this == NO_END_USER ? null : this == STRANGE_END_USER ? Integer.valueOf(STRANGER) : sound.endUserId(),
                Answers.NPS_WEB,
                8,
                this == HUGE_COMMENT
                        ? "All work and no play. ".repeat(47_663).substring(0, 1 << 20)
                        : "bad row: " + this,
                at,
                at,
                true,
                false,
                sound.tags(),
                sound.originUrl(),
                sound.ipAddress(),
                sound.properties(),
                this);
    }
}
