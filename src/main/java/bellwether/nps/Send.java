package bellwether.nps;

import java.time.Instant;
import java.util.Locale;

/**
 * Somebody was asked: one survey sent to one person. All but source and id may be null.
 *
 * @param id the tool's own
 * @param respondent the tool's own id of the person, as in {@link Response#respondent()}
 * @param channel e-mail, SMS, web, as the tool calls it
 * @param sentAt when it was sent
 * @param status how far it came
 */
public record Send(
        String source, String id, String respondent, String survey, String channel, Instant sentAt, Status status) {
    /** How far a survey came on its way to the person. */
    public enum Status {
        SENT,
        DELIVERED,
        OPENED,
        BOUNCED,
        DECLINED;

        /** Reads {@code delivered} and the like, in any capitals; anything else is refused. */
        public static Status parse(String name) {
            for (Status status : values()) {
                if (status.word().equals(name.strip().toLowerCase(Locale.ROOT))) {
                    return status;
                }
            }
            throw new IllegalArgumentException(
                    "The status of a send is one of sent, delivered, opened, bounced and declined.");
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
