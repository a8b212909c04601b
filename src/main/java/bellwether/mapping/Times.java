package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The ways a tool writes instants, tried in order: {@code iso}, {@code unix_seconds}, {@code unix_millis}, or a pattern such as
 * {@code yyyy-MM-dd HH:mm:ss Z}. A text without offset is local to the zone declared.
 */
public final class Times {
    private final List<Format> formats = new ArrayList<>();
    private final ZoneId naive;
    private final boolean dates;

    private interface Format {
        Instant read(JsonNode node, String text);
    }

    /**
     * @param formats at least one
     * @param naive zone of texts without offset
     */
    public Times(List<String> formats, ZoneId naive) {
        this.naive = naive;
        this.dates = formats.stream().anyMatch(format -> step(format).equals(Duration.ofDays(1)));
        for (String format : formats) this.formats.add(format(format));
    }

    /** The instant, or null if no format fits. */
    public Instant read(JsonNode node) {
        String text = node.isTextual() ? node.textValue().strip() : node.asText();
        if (text.length() > 64) return null;
        for (Format format : formats) {
            Instant instant = format.read(node, text);
            if (instant != null) return instant;
        }
        return null;
    }

    /** True if the node tells the day only; the instant is then local noon. */
    public boolean dateOnly(JsonNode node) {
        return dates
                && node.isTextual()
                && read(node) != null
                && node.textValue().strip().length() <= 10;
    }

    /** When the local day of an instant begins. */
    Instant dayOf(Instant instant) {
        return instant.atZone(naive).toLocalDate().atStartOfDay(naive).toInstant();
    }

    /**
     * Writes an instant as a request parameter: {@code unix_seconds}, {@code unix_millis}, {@code iso} or a pattern; what the format
     * cannot tell is cut off.
     */
    public static String write(Instant instant, String format, ZoneId zone) {
        return switch (format) {
            case "unix_seconds" -> Long.toString(instant.getEpochSecond());
            case "unix_millis" -> Long.toString(instant.toEpochMilli());
            case "iso" -> instant.toString();
            default ->
                DateTimeFormatter.ofPattern(format, Locale.ROOT).withZone(zone).format(instant);
        };
    }

    /** The smallest step a format can write. */
    public static Duration step(String format) {
        if (format.equals("unix_seconds")) return Duration.ofSeconds(1);
        if (format.equals("unix_millis") || format.equals("iso") || format.contains("S")) return Duration.ofMillis(1);
        String letters = format.replaceAll("'[^']*'", "");
        if (letters.contains("s")) return Duration.ofSeconds(1);
        if (letters.contains("m")) return Duration.ofMinutes(1);
        return letters.contains("H") || letters.contains("h") ? Duration.ofHours(1) : Duration.ofDays(1);
    }

    private Format format(String name) {
        switch (name) {
            case "unix_seconds":
                return (node, text) -> unix(node, text, 1000);
            case "unix_millis":
                return (node, text) -> unix(node, text, 1);
            case "iso":
                return (node, text) -> node.isTextual() ? iso(text) : null;
            default:
                DateTimeFormatter pattern = DateTimeFormatter.ofPattern(name.replace("yyyy", "uuuu"), Locale.ROOT)
                        .withResolverStyle(ResolverStyle.STRICT);
                return name.equals("yyyy-MM-dd HH:mm:ss Z")
                        ? (node, text) -> node.isTextual() ? spaced(text) : null
                        : (node, text) -> node.isTextual() ? parse(pattern, text) : null;
        }
    }

    private static Instant unix(JsonNode node, String text, int millis) {
        if (!node.isNumber() && !node.isTextual()) return null;
        if (node.isNumber() && !node.canConvertToLong()) return null;
        if (node.isTextual() && !text.matches("-?[0-9]{1,15}")) return null;
        long value = node.isNumber() ? node.longValue() : Long.parseLong(text);
        return Math.abs(value) > 10_000_000_000_000L ? null : Instant.ofEpochMilli(value * millis);
    }

    private Instant iso(String text) {
        if (text.length() < 19 || text.charAt(10) != 'T') return null;
        boolean tight = text.matches(".*[+-][0-9]{4}");
        String spread =
                tight ? new StringBuilder(text).insert(text.length() - 2, ':').toString() : text;
        return parse(DateTimeFormatter.ISO_DATE_TIME, spread);
    }

    private Instant parse(DateTimeFormatter formatter, String text) {
        try {
            TemporalAccessor read = formatter.parseBest(text, Instant::from, LocalDateTime::from, LocalDate::from);
            if (read instanceof Instant instant) return instant;
            LocalDateTime local = read instanceof LocalDate day ? day.atTime(12, 0) : (LocalDateTime) read;
            return local.atZone(naive).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** {@code 2026-05-04 16:20:11 -0700}, read by hand: it stands twice in every row of the busiest tool. */
    private static Instant spaced(String text) {
        if (text.length() != 25 || text.charAt(4) != '-' || text.charAt(7) != '-' || text.charAt(10) != ' ')
            return null;
        if (text.charAt(13) != ':' || text.charAt(16) != ':' || text.charAt(19) != ' ') return null;
        char sign = text.charAt(20);
        if (sign != '-' && sign != '+') return null;
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int offsetHours = number(text, 21, 23);
        int offsetMinutes = number(text, 23, 25);
        if ((year | month | day | hour | minute | second | offsetHours | offsetMinutes) < 0) return null;
        if (hour > 23 || minute > 59 || second > 59 || offsetHours > 18 || offsetMinutes > 59) return null;
        try {
            long local = LocalDate.of(year, month, day).toEpochDay() * 86_400L + hour * 3600L + minute * 60L + second;
            long offset = offsetHours * 3600L + offsetMinutes * 60L;
            return Instant.ofEpochSecond(sign == '-' ? local + offset : local - offset);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            number = number * 10 + digit;
        }
        return number;
    }
}
