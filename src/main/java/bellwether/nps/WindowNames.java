package bellwether.nps;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of windows, as written in YAML and REST. */
final class WindowNames {
    private static final Pattern CALENDAR = Pattern.compile(
            "(this|last)_(week|month|quarter|half_year|year|fiscal_quarter|fiscal_half_year|fiscal_year)");
    private static final Pattern TRAILING = Pattern.compile("trailing_(\\d+)_(days|months)");
    private static final Pattern FIXED = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\.\\.(\\d{4}-\\d{2}-\\d{2})");

    private WindowNames() {}

    static Window parse(String raw, FiscalYear fiscal) {
        String name = raw.strip();
        Matcher calendar = CALENDAR.matcher(name);
        if (calendar.matches()) {
            String period = calendar.group(2);
            boolean isFiscal = period.startsWith("fiscal_");
            return new Window.Calendar(
                    Period.valueOf(period.replace("fiscal_", "").toUpperCase(Locale.ROOT)),
                    calendar.group(1).equals("last"),
                    isFiscal ? fiscal : null);
        }
        Matcher trailing = TRAILING.matcher(name);
        if (trailing.matches()) {
            if (trailing.group(1).length() > 4) {
                throw new IllegalArgumentException("A trailing window has at most 9999 days or months.");
            }
            int count = Integer.parseInt(trailing.group(1));
            return trailing.group(2).equals("days") ? new Window.TrailingDays(count) : new Window.TrailingMonths(count);
        }
        Matcher fixed = FIXED.matcher(name);
        if (fixed.matches()) {
            return new Window.Fixed(date(fixed.group(1)), date(fixed.group(2)));
        }
        if (name.equals("all_time")) {
            return new Window.AllTime();
        }
        throw new IllegalArgumentException(
                "'" + raw + "' is not a window: use this_ or last_ with week, month, quarter, half_year, year,"
                        + " fiscal_quarter, fiscal_half_year or fiscal_year; trailing_<n>_days; trailing_<n>_months; all_time;"
                        + " or two dates such as 2026-01-01..2026-03-31.");
    }

    static void positive(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("A trailing window has at least 1 day or month, not " + count + ".");
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is not a date of the calendar: use YYYY-MM-DD.", e);
        }
    }
}
