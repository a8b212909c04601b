package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.FiscalYear.Naming;
import java.time.LocalDate;
import java.time.Month;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The day an answer enters or leaves a window, against a walk day by day. */
class WindowChangesTest {
    private static final long SEED = 20261122;
    private static final int HORIZON = 1300;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this_week",
                "last_week",
                "this_month",
                "last_month",
                "this_quarter",
                "last_quarter",
                "this_half_year",
                "last_half_year",
                "this_year",
                "last_year",
                "trailing_1_days",
                "trailing_30_days",
                "trailing_90_days",
                "trailing_365_days",
                "trailing_1_months",
                "trailing_6_months",
                "trailing_12_months",
                "all_time",
                "this_fiscal_quarter",
                "last_fiscal_quarter",
                "this_fiscal_half_year",
                "last_fiscal_half_year",
                "this_fiscal_year",
                "last_fiscal_year",
                "2026-01-15..2026-03-31",
            })
    void changesOnIsTheFirstDayThatDiffers(String name) {
        Window window = Window.parse(name, new FiscalYear(Month.NOVEMBER, Naming.END_YEAR));
        Random random = new Random(SEED);
        for (int round = 0; round < 120; round++) {
            LocalDate today = LocalDate.parse("2023-06-01").plusDays(random.nextInt(1500));
            LocalDate answered = today.plusDays(random.nextInt(600) - 500);
            boolean inside = window.dates(today).contains(answered);
            LocalDate expected = null;
            for (int day = 1; day <= HORIZON && expected == null; day++) {
                boolean then = window.dates(today.plusDays(day)).contains(answered);
                expected = then == inside ? null : today.plusDays(day);
            }
            assertThat(window.changesOn(today, answered))
                    .as("%s on %s for %s, seed %d", name, today, answered, SEED)
                    .isEqualTo(expected);
        }
    }

    /** Month ends are where calendar months bite: every answer date of two years, the second a leap year. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 11, 12})
    void trailingMonthsLeaveOnTheRightDay(int months) {
        Window window = new Window.TrailingMonths(months);
        for (LocalDate answered = LocalDate.parse("2027-01-01");
                answered.getYear() < 2029;
                answered = answered.plusDays(1)) {
            assertThat(window.enters(answered)).isEqualTo(answered);
            LocalDate day = answered.plusDays(28L * months - 1);
            assertThat(window.dates(day).contains(answered)).isTrue();
            while (window.dates(day).contains(answered)) {
                day = day.plusDays(1);
            }
            assertThat(window.leaves(answered))
                    .as("%s, %d months", answered, months)
                    .isEqualTo(day);
        }
    }
}
