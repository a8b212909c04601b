package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.ParsePosition;
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
import java.util.regex.Pattern;

/**
 * The ways a tool writes instants, tried in order: {@code iso}, {@code unix_seconds}, {@code unix_millis}, or a pattern such as
 * {@code yyyy-MM-dd HH:mm:ss Z}. A text without offset is local to the zone declared.
 */
public final class Times {
    private static final Pattern QUOTED = Pattern.compile("'[^']*'");

    private final List<Format> formats = new ArrayList<>();
    private final ZoneId naive;
    private final boolean dates;

    private interface Format {
        /** @param text null if the node is none */
        Instant read(JsonNode node, String text);
    }

    /**
     * @param formats at least one
     * @param naive zone of texts without offset
     */
    public Times(List<String> formats, ZoneId naive) {
        // A region whose offset never changes is read as that offset, without its rules.
        this.naive = naive.normalized();
        this.dates = formats.stream().anyMatch(format -> step(format).equals(Duration.ofDays(1)));
        for (String format : formats) this.formats.add(format(format));
    }

    /** The instant, or null if no format fits. */
    public Instant read(JsonNode node) {
        String text = node.textValue() == null ? null : node.textValue().strip();
        if (text != null && text.length() > 64) return null;
        for (Format format : formats) {
            Instant instant = format.read(node, text);
            if (instant != null) return instant;
        }
        return null;
    }

    /** True if a node that was read tells the day only; the instant is then local noon. */
    boolean dateOnly(JsonNode read) {
        if (!dates || !read.isTextual()) return false;
        String text = read.textValue().strip();
        // So many digits count the seconds since 1970, and name no day.
        return text.length() <= 10 && !(text.length() >= 9 && digits(text, 0));
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
        String letters = QUOTED.matcher(format).replaceAll("");
        if (letters.contains("s")) return Duration.ofSeconds(1);
        if (letters.contains("m")) return Duration.ofMinutes(1);
        return letters.contains("H") || letters.contains("h") ? Duration.ofHours(1) : Duration.ofDays(1);
    }

    private Format format(String name) {
        return switch (name) {
            case "unix_seconds" -> (node, text) -> unix(node, text, 1000);
            case "unix_millis" -> (node, text) -> unix(node, text, 1);
            case "iso" -> (node, text) -> text == null ? null : iso(text);
            case "yyyy-MM-dd HH:mm:ss Z" -> (node, text) -> text == null ? null : Stamp.spaced(text);
            default -> {
                DateTimeFormatter pattern = DateTimeFormatter.ofPattern(name.replace("yyyy", "uuuu"), Locale.ROOT)
                        .withResolverStyle(ResolverStyle.STRICT);
                yield (node, text) -> text == null ? null : patterned(name, pattern, text);
            }
        };
    }

    private static Instant unix(JsonNode node, String text, int millis) {
        if (text == null ? !node.isNumber() || !node.canConvertToLong() : !whole(text)) return null;
        long value = text == null ? node.longValue() : Long.parseLong(text);
        return Math.abs(value) > 10_000_000_000_000L ? null : Instant.ofEpochMilli(value * millis);
    }

    /** True for a whole number of at most 15 digits. */
    private static boolean whole(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - from;
        return digits >= 1 && digits <= 15 && digits(text, from);
    }

    private static boolean digits(String text, int from) {
        for (int i = from; i < text.length(); i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return true;
    }

    private Instant iso(String text) {
        if (text.length() < 19 || text.charAt(10) != 'T') return null;
        Instant usual = Stamp.iso(text, naive);
        if (usual != null) return usual;
        boolean tight = text.matches(".*[+-][0-9]{4}");
        String spread =
                tight ? new StringBuilder(text).insert(text.length() - 2, ':').toString() : text;
        return parse(DateTimeFormatter.ISO_DATE_TIME, spread);
    }

    private Instant patterned(String name, DateTimeFormatter pattern, String text) {
        Instant usual =
                switch (name) {
                    case "yyyy-MM-dd HH:mm:ss" -> Stamp.local(text, naive);
                    case "yyyy-MM-dd" -> Stamp.day(text, naive);
                    default -> null;
                };
        return usual == null ? parse(pattern, text) : usual;
    }

    private Instant parse(DateTimeFormatter formatter, String text) {
        // Where a format does not fit at all, it is told without an exception, which would be slow.
        ParsePosition end = new ParsePosition(0);
        if (formatter.parseUnresolved(text, end) == null || end.getIndex() < text.length()) return null;
        try {
            TemporalAccessor read = formatter.parseBest(text, Instant::from, LocalDateTime::from, LocalDate::from);
            if (read instanceof Instant instant) return instant;
            LocalDateTime local = read instanceof LocalDate day ? day.atTime(12, 0) : (LocalDateTime) read;
            return local.atZone(naive).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
