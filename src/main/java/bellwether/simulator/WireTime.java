package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** An instant as a tool writes it: {@code iso}, {@code unix_seconds}, {@code unix_millis} or a pattern, local where it tells no offset. */
record WireTime(String format, ZoneId zone) {
    JsonNode write(Instant at) {
        return switch (format) {
            case "unix_seconds" -> LongNode.valueOf(at.getEpochSecond());
            case "unix_millis" -> LongNode.valueOf(at.toEpochMilli());
            case "iso" -> TextNode.valueOf(at.toString());
            default -> TextNode.valueOf(pattern().format(at.atZone(zone)));
        };
    }

    /**
     * What a client wrote; of a day its beginning.
     *
     * @throws Refused if it is no such time
     */
    Instant read(String text) {
        try {
            return switch (format) {
                case "unix_seconds" -> Instant.ofEpochSecond(Long.parseLong(text));
                case "unix_millis" -> Instant.ofEpochMilli(Long.parseLong(text));
                case "iso" -> OffsetDateTime.parse(text).toInstant();
                default -> local(pattern().withZone(zone).parse(text));
            };
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new Refused("'" + text + "' is not a time of the form " + format);
        }
    }

    private Instant local(TemporalAccessor parsed) {
        return parsed.isSupported(java.time.temporal.ChronoField.INSTANT_SECONDS)
                ? Instant.from(parsed)
                : LocalDate.from(parsed).atStartOfDay(zone).toInstant();
    }

    /** The instant as exactly as it can be told. */
    Instant told(Instant at) {
        return read(write(at).asText());
    }

    boolean day() {
        return format.equals("yyyy-MM-dd");
    }

    private DateTimeFormatter pattern() {
        return DateTimeFormatter.ofPattern(format, Locale.ROOT);
    }
}
