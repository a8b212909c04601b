package bellwether.mapping;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Times of the usual shapes, read digit by digit, since they stand in every row. What is null here may still be a time of the format,
 * for a formatter to read, or no time at all.
 */
final class Stamp {
    private Stamp() {}

    /** {@code 2026-05-04}: noon of that day. */
    static Instant day(String text, ZoneId naive) {
        LocalDate day = text.length() == 10 ? date(text) : null;
        return day == null ? null : local(day, 12 * 3600, 0, naive);
    }

    /** {@code 2026-05-04 16:20:11}. */
    static Instant local(String text, ZoneId naive) {
        return text.length() == 19 && text.charAt(10) == ' ' ? instant(text, 0, "", naive) : null;
    }

    /** {@code 2026-05-04T16:20:11.123456Z}, {@code …+02:00} and {@code …+0200}; without an offset it is local. */
    static Instant iso(String text, ZoneId naive) {
        if (text.length() < 19 || text.charAt(10) != 'T') return null;
        int end = 19;
        int nanos = 0;
        if (text.length() > 20 && text.charAt(19) == '.') {
            int unit = 100_000_000;
            for (end = 20; end < text.length() && digit(text, end) >= 0; end++) {
                if (unit == 0) return null;
                nanos += unit * digit(text, end);
                unit /= 10;
            }
            if (end == 20) return null;
        }
        boolean utc = end == text.length() - 1 && text.charAt(end) == 'Z';
        return instant(text, nanos, utc ? "Z" : text.substring(end), naive);
    }

    /** {@code 2026-05-04 16:20:11 -0700}. */
    static Instant spaced(String text) {
        boolean whole = text.length() == 25 && text.charAt(10) == ' ' && text.charAt(19) == ' ';
        return whole && "+-".indexOf(text.charAt(20)) >= 0 ? instant(text, 0, text.substring(20), null) : null;
    }

    private static Instant instant(String text, int nanos, String offset, ZoneId naive) {
        LocalDate day = date(text);
        int hour = number(text, 11);
        int minute = number(text, 14);
        int second = number(text, 17);
        if (day == null || text.charAt(13) != ':' || text.charAt(16) != ':') return null;
        if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) return null;
        int seconds = hour * 3600 + minute * 60 + second;
        if (offset.isEmpty()) return local(day, seconds, nanos, naive);
        int east = seconds(offset);
        return east == Integer.MIN_VALUE ? null : at(day, seconds - east, nanos);
    }

    private static Instant local(LocalDate day, int seconds, int nanos, ZoneId naive) {
        if (naive instanceof ZoneOffset fixed) return at(day, seconds - fixed.getTotalSeconds(), nanos);
        return LocalDateTime.of(day, LocalTime.ofSecondOfDay(seconds).withNano(nanos))
                .atZone(naive)
                .toInstant();
    }

    private static Instant at(LocalDate day, int seconds, int nanos) {
        return Instant.ofEpochSecond(day.toEpochDay() * 86_400 + seconds, nanos);
    }

    private static LocalDate date(String text) {
        int century = number(text, 0);
        int year = number(text, 2);
        int month = number(text, 5);
        int day = number(text, 8);
        if ((century | year | month | day) < 0 || text.charAt(4) != '-' || text.charAt(7) != '-') return null;
        if (month < 1 || month > 12 || day < 1) return null;
        year += 100 * century;
        return day > 28 && day > YearMonth.of(year, month).lengthOfMonth() ? null : LocalDate.of(year, month, day);
    }

    /** Of an offset to the east; the lowest number for none. */
    private static int seconds(String offset) {
        if (offset.equals("Z")) return 0;
        boolean spread = offset.length() == 6 && offset.charAt(3) == ':';
        char sign = offset.charAt(0);
        if (!spread && offset.length() != 5 || sign != '+' && sign != '-') return Integer.MIN_VALUE;
        int hours = number(offset, 1);
        int minutes = number(offset, spread ? 4 : 3);
        if ((hours | minutes) < 0 || minutes > 59 || 60 * hours + minutes > 18 * 60) return Integer.MIN_VALUE;
        int seconds = hours * 3600 + minutes * 60;
        return sign == '-' ? -seconds : seconds;
    }

    /** Two digits; below zero if they are none. */
    private static int number(String text, int at) {
        int tens = digit(text, at);
        int ones = digit(text, at + 1);
        return (tens | ones) < 0 ? -1 : 10 * tens + ones;
    }

    private static int digit(String text, int at) {
        int digit = text.charAt(at) - '0';
        return digit > 9 ? -1 : digit;
    }
}
