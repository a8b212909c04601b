package bellwether.nps;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** A piece of the calendar. Weeks are ISO weeks and begin on Monday; the others are whole months counted from the start of a year. */
public enum Period {
    WEEK(0),
    MONTH(1),
    QUARTER(3),
    HALF_YEAR(6),
    YEAR(12);

    private final int months;

    Period(int months) {
        this.months = months;
    }

    /** The first date of the period that holds a date, in a year that starts with the given month. */
    LocalDate start(LocalDate date, Month yearStart) {
        if (this == WEEK) {
            return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        }
        int monthOfYear = Math.floorMod(date.getMonthValue() - yearStart.getValue(), 12);
        return date.withDayOfMonth(1).minusMonths(monthOfYear % months);
    }

    /** The start of the period {@code count} later, or earlier if negative. */
    LocalDate plus(LocalDate start, int count) {
        return this == WEEK ? start.plusWeeks(count) : start.plusMonths((long) months * count);
    }

    /** As in window names, such as {@code half_year}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
