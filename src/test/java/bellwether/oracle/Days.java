package bellwether.oracle;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** The local dates of a window, found by walking from day to day. */
final class Days {
    private Days() {}

    /** First and last date, both inside; null for no bound. */
    static LocalDate[] of(String window, LocalDate today, int fiscalMonth) {
        String[] words = window.split("_");
        if (window.equals("all_time")) {
            return new LocalDate[] {null, null};
        } else if (window.contains("..")) {
            return new LocalDate[] {LocalDate.parse(window.substring(0, 10)), LocalDate.parse(window.substring(12))};
        } else if (words[0].equals("trailing")) {
            int many = Integer.parseInt(words[1]);
            LocalDate before = words[2].equals("days") ? today.minusDays(many) : today.minusMonths(many);
            return new LocalDate[] {before.plusDays(1), today};
        }
        LocalDate first = start(today, window, fiscalMonth);
        LocalDate last = today;
        while (!begins(last.plusDays(1), window, fiscalMonth)) {
            last = last.plusDays(1);
        }
        LocalDate before = first.minusDays(1);
        return words[0].equals("this")
                ? new LocalDate[] {first, last}
                : new LocalDate[] {start(before, window, fiscalMonth), before};
    }

    private static LocalDate start(LocalDate date, String window, int fiscalMonth) {
        LocalDate first = date;
        while (!begins(first, window, fiscalMonth)) {
            first = first.minusDays(1);
        }
        return first;
    }

    private static boolean begins(LocalDate date, String window, int fiscalMonth) {
        if (window.endsWith("week")) {
            return date.getDayOfWeek() == DayOfWeek.MONDAY;
        }
        int month = date.getMonthValue() + 12 - (window.contains("fiscal") ? fiscalMonth : 1);
        int every =
                window.endsWith("month") ? 1 : window.endsWith("quarter") ? 3 : window.endsWith("half_year") ? 6 : 12;
        return date.getDayOfMonth() == 1 && month % every == 0;
    }
}
