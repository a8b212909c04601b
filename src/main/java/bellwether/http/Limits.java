package bellwether.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How often a connection may be asked. Calls are spread so that no minute sees more than {@code perMinute + burst}; the tool's own
 * headers, where it sends them, are obeyed on top.
 *
 * @param perSecond calls per second, 0 for no limit of our own
 * @param perMinute calls per minute, 0 for no limit of our own
 * @param burst calls of a minute that may be made at once, at least 1
 * @param perDay calls per day in UTC, 0 for no limit of our own; counted durably
 * @param headers in which the tool says what is left, as many as it sends
 * @param quotaTexts a refusal (4xx) whose body holds one of these means that the quota is used up, whatever its status
 * @param quotaWait how long to leave it alone after such a refusal, if it does not say itself
 */
public record Limits(
        int perSecond,
        int perMinute,
        int burst,
        int perDay,
        List<Header> headers,
        Set<String> quotaTexts,
        Duration quotaWait) {

    /**
     * A window of the tool.
     *
     * @param remaining header with the calls left in it, or null
     * @param reset header with its end, or null
     * @param resetAs how the end is written
     */
    public record Header(String remaining, String reset, Reset resetAs) {}

    /** The two ways of saying when a window ends: a length from now, or a point in time. */
    public enum Reset {
        SECONDS,
        UNIX_SECONDS
    }

    public static final Limits NONE = new Limits(0, 0, 1, 0, List.of(), Set.of(), Duration.ofMinutes(15));

    /** A limit of our own, without headers to obey. */
    public static Limits perMinute(int calls, int burst) {
        return new Limits(0, calls, burst, 0, List.of(), Set.of(), NONE.quotaWait);
    }

    /** The same with a limit for a second and for a day; 0 for none. */
    public Limits and(int perSecond, int perDay) {
        return new Limits(perSecond, perMinute, burst, perDay, headers, quotaTexts, quotaWait);
    }

    /** The same, and the tool's own headers are obeyed, such as {@code X-Rate-Limit-Remaining} and {@code X-Rate-Limit-Reset}. */
    public Limits obeying(String remainingHeader, String resetHeader, Reset reset) {
        return obeying(List.of(new Header(remainingHeader, resetHeader, reset)));
    }

    /** The same with as many of the tool's headers as it sends. */
    public Limits obeying(List<Header> headers) {
        return new Limits(perSecond, perMinute, burst, perDay, List.copyOf(headers), quotaTexts, quotaWait);
    }

    /** The same, and these texts in a refusal mean that the quota is used up. */
    public Limits quota(Set<String> texts, Duration wait) {
        return new Limits(perSecond, perMinute, burst, perDay, headers, texts, wait);
    }
}
