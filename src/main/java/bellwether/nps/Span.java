package bellwether.nps;

import java.time.Instant;

/** Time from {@code start} up to, but without, {@code end}; null on either side is open. */
public record Span(Instant start, Instant end) {
    public boolean contains(Instant instant) {
        return (start == null || !instant.isBefore(start)) && (end == null || instant.isBefore(end));
    }
}
