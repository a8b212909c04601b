package bellwether.nps;

import java.time.LocalDate;
import java.time.Month;

/** A company's year: the month it starts with, and whether it is called after the calendar year it starts in or ends in. */
public record FiscalYear(Month start, Naming naming) {
    /** A fiscal year that is the calendar year. */
    public static final FiscalYear CALENDAR = new FiscalYear(Month.JANUARY, Naming.START_YEAR);

    /** What a fiscal year is called after. */
    public enum Naming {
        START_YEAR,
        END_YEAR
    }

    /** The name of the fiscal year and quarter that hold a date, such as {@code FY2026 Q4}. */
    public String quarter(LocalDate date) {
        int quarter = Math.floorMod(date.getMonthValue() - start.getValue(), 12) / 3 + 1;
        return year(date) + " Q" + quarter;
    }

    /** The name of the fiscal period that holds a date, as far down as it goes: {@code FY2026}, {@code FY2026 H2}, {@code FY2026 Q4}. */
    String period(LocalDate date, Period period) {
        int month = Math.floorMod(date.getMonthValue() - start.getValue(), 12);
        return switch (period) {
            case QUARTER -> quarter(date);
            case HALF_YEAR -> year(date) + " H" + (month / 6 + 1);
            default -> year(date);
        };
    }

    /** The name of the fiscal year that holds a date, such as {@code FY2026}. */
    public String year(LocalDate date) {
        LocalDate first = Period.YEAR.start(date, start);
        LocalDate named =
                naming == Naming.START_YEAR ? first : first.plusYears(1).minusDays(1);
        return "FY" + named.getYear();
    }
}
