package bellwether.http;

import java.time.Duration;
import java.util.Set;

/**
 * How often a connection may be asked. Calls are spread so that no minute sees more than {@code perMinute + burst}; the tool's own
 * headers, where it sends them, are obeyed on top.
 *
 * @param perMinute calls per minute, 0 for no limit of our own
 * @param burst calls that may be made at once, at least 1
 * @param remainingHeader header with the calls left in the tool's window, or null
 * @param resetHeader header with the end of the tool's window, or null
 * @param reset how the reset header is to be read
 * @param quotaTexts a refusal (4xx) whose body holds one of these means that the quota is used up, whatever its status
 * @param quotaWait how long to leave it alone after such a refusal, if it does not say itself
 */
public record Limits(
        int perMinute,
        int burst,
        String remainingHeader,
        String resetHeader,
        Reset reset,
        Set<String> quotaTexts,
        Duration quotaWait) {

    /** The two ways of saying when a window ends. */
    public enum Reset {
        SECONDS_LEFT,
        UNIX_TIME
    }

    public static final Limits NONE = new Limits(0, 1, null, null, Reset.UNIX_TIME, Set.of(), Duration.ofMinutes(15));

    /** A limit of our own, without headers to obey. */
    public static Limits perMinute(int calls, int burst) {
        return new Limits(calls, burst, null, null, Reset.UNIX_TIME, Set.of(), NONE.quotaWait);
    }

    /** The same, and the tool's own headers are obeyed, such as {@code X-Rate-Limit-Remaining} and {@code X-Rate-Limit-Reset}. */
    public Limits obeying(String remainingHeader, String resetHeader, Reset reset) {
        return new Limits(perMinute, burst, remainingHeader, resetHeader, reset, quotaTexts, quotaWait);
    }

    /** The same, and these texts in a refusal mean that the quota is used up. */
    public Limits quota(Set<String> texts, Duration wait) {
        return new Limits(perMinute, burst, remainingHeader, resetHeader, reset, texts, wait);
    }
}
