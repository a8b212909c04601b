package bellwether.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Objects;

/** When a reply allows the next call: {@code Retry-After} (RFC 9110 §10.2.3) and the tool's own limit headers. */
final class Waits {
    /** Nobody means a longer wait than this; beyond it a header is taken for a mistake. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private Waits() {}

    /** From {@code Retry-After}, in seconds or as a date, or null. */
    static Instant retryAfter(Reply reply, Instant now) {
        String text = reply.headers().get("retry-after");
        if (text == null) {
            return null;
        }
        Instant date = date(text);
        if (date != null) {
            return capped(now.plus(Duration.between(theirs(reply, now), date)), now);
        }
        return after(text, now);
    }

    /** From the limit headers, when nothing is left in one of the tool's windows: the end of the last such window, or null. */
    static Instant spent(Reply reply, Limits limits, Instant now) {
        return limits.headers().stream()
                .filter(header -> used(reply, header))
                .map(header -> reset(reply, header, now))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** When a refused call may be tried again: the end of the windows that are used up, else of the first to end; or null. */
    static Instant reset(Reply reply, Limits limits, Instant now) {
        Instant spent = spent(reply, limits, now);
        return spent != null
                ? spent
                : limits.headers().stream()
                        .map(header -> reset(reply, header, now))
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null);
    }

    private static boolean used(Reply reply, Limits.Header header) {
        Double left = header.remaining() == null ? null : number(header(reply, header.remaining()));
        return left != null && left <= 0;
    }

    private static Instant reset(Reply reply, Limits.Header header, Instant now) {
        String text = header.reset() == null ? null : header(reply, header.reset());
        if (header.resetAs() == Limits.Reset.SECONDS) {
            return after(text, now);
        }
        Double at = number(text);
        if (at == null) {
            return null;
        }
        // their clock counts for their time: only the distance is taken over
        Duration left = Duration.between(theirs(reply, now), Instant.ofEpochMilli((long) (at * 1000)));
        return capped(now.plus(left), now);
    }

    private static Instant after(String seconds, Instant now) {
        Double number = number(seconds);
        return number == null ? null : capped(now.plusMillis((long) (number * 1000)), now);
    }

    private static Instant theirs(Reply reply, Instant now) {
        Instant date = date(reply.headers().get("date"));
        return date == null ? now : date;
    }

    private static Instant capped(Instant at, Instant now) {
        Instant last = now.plus(LONGEST);
        return at.isAfter(last) ? last : at.isAfter(now) ? at : null;
    }

    private static String header(Reply reply, String name) {
        return reply.headers().get(name.toLowerCase(java.util.Locale.ROOT));
    }

    private static Double number(String text) {
        try {
            double number = text == null ? Double.NaN : Double.parseDouble(text.strip());
            return Double.isFinite(number) && number >= 0 && number < 1e12 ? number : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Instant date(String text) {
        try {
            return text == null
                    ? null
                    : ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
