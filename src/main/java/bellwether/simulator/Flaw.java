package bellwether.simulator;

import bellwether.simulator.Company.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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

    /** A row of an otherwise sound end user with this one fault. */
    Response row(int id, int endUserId, Instant at) {
        Integer person = this == NO_END_USER
                ? null
                : this == STRANGE_END_USER ? Integer.valueOf(STRANGER) : Integer.valueOf(endUserId);
        String text = this == HUGE_COMMENT
                ? "All work and no play. ".repeat(47_663).substring(0, 1 << 20)
                : "bad row: " + this;
        return new Response(
                id,
                person,
                Answers.NPS_WEB,
                8,
                text,
                at,
                at,
                true,
                false,
                List.of(),
                "https://app.bellwether-demo.test/home",
                "203.0.113.1",
                Map.of(),
                this);
    }
}
