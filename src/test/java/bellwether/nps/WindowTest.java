package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.nps.FiscalYear.Naming;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NPS maths, section 5: windows, zones, calendars. */
class WindowTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22"); // a Sunday
    private static final FiscalYear FROM_FEBRUARY = new FiscalYear(Month.FEBRUARY, Naming.START_YEAR);

    /** First and last local date of each window on 22 November 2026. */
    @ParameterizedTest
    @CsvSource({
        "this_week, 2026-11-16, 2026-11-22, This week",
        "last_week, 2026-11-09, 2026-11-15, Last week",
        "this_month, 2026-11-01, 2026-11-30, This month",
        "last_month, 2026-10-01, 2026-10-31, Last month",
        "this_quarter, 2026-10-01, 2026-12-31, This quarter",
        "last_quarter, 2026-07-01, 2026-09-30, Last quarter",
        "this_half_year, 2026-07-01, 2026-12-31, This half-year",
        "last_half_year, 2026-01-01, 2026-06-30, Last half-year",
        "this_year, 2026-01-01, 2026-12-31, This year",
        "last_year, 2025-01-01, 2025-12-31, Last year",
        "trailing_30_days, 2026-10-24, 2026-11-22, Trailing 30 days",
        "trailing_60_days, 2026-09-24, 2026-11-22, Trailing 60 days",
        "trailing_90_days, 2026-08-25, 2026-11-22, Trailing 90 days",
        "trailing_180_days, 2026-05-27, 2026-11-22, Trailing 180 days",
        "trailing_365_days, 2025-11-23, 2026-11-22, Trailing 365 days",
        "trailing_6_months, 2026-05-23, 2026-11-22, Trailing 6 months",
        "this_fiscal_quarter, 2026-11-01, 2027-01-31, This fiscal quarter",
        "last_fiscal_quarter, 2026-08-01, 2026-10-31, Last fiscal quarter",
        "this_fiscal_half_year, 2026-08-01, 2027-01-31, This fiscal half-year",
        "last_fiscal_half_year, 2026-02-01, 2026-07-31, Last fiscal half-year",
        "this_fiscal_year, 2026-02-01, 2027-01-31, This fiscal year",
        "last_fiscal_year, 2025-02-01, 2026-01-31, Last fiscal year",
        "2026-01-15..2026-03-31, 2026-01-15, 2026-03-31, 2026-01-15 to 2026-03-31",
    })
    void everyWindowHasItsDatesNameAndLabel(String name, LocalDate first, LocalDate last, String label) {
        Window window = Window.parse(name, FROM_FEBRUARY);

        assertThat(window.dates(TODAY)).isEqualTo(new Dates(first, last.plusDays(1)));
        assertThat(window.name()).isEqualTo(name);
        assertThat(window.label()).isEqualTo(label);
        assertThat(Window.parse(window.name(), FROM_FEBRUARY)).isEqualTo(window);
    }

    @Test
    void allTimeHoldsEverything() {
        Window window = Window.parse("all_time");

        assertThat(window.span(TODAY, NEW_YORK)).isEqualTo(new Span(null, null));
        assertThat(window.contains(Instant.EPOCH, TODAY, NEW_YORK)).isTrue();
        assertThat(window).returns("all_time", Window::name).returns("All time", Window::label);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "this_decade",
                "last_fiscal_month",
                "trailing_0_days",
                "trailing_-1_days",
                "trailing_12345_days",
                "trailing_3_weeks",
                "This_month",
                "2026-02-30..2026-03-31",
                "2026-04-01..2026-03-31",
            })
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> Window.parse(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".{20,}");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheList() {
        assertThatThrownBy(() -> Window.parse("last_qarter"))
                .hasMessageContaining("'last_qarter'")
                .hasMessageContaining("quarter, half_year")
                .hasMessageContaining("trailing_<n>_days");
    }

    /** 2026-10-01T03:30Z by the zones' own offsets on that day. */
    @ParameterizedTest
    @CsvSource({
        "America/New_York, true",
        "America/Los_Angeles, true",
        "UTC, false",
        "Asia/Kolkata, false",
        "Pacific/Auckland, false",
    })
    void theZoneDecidesTheQuarter(ZoneId zone, boolean third) {
        Instant answered = Instant.parse("2026-10-01T03:30:00Z");
        Window quarter = Window.parse("this_quarter");

        assertThat(quarter.contains(answered, LocalDate.parse("2026-09-30"), zone))
                .isEqualTo(third);
        assertThat(quarter.contains(answered, LocalDate.parse("2026-10-01"), zone))
                .isEqualTo(!third);
        assertThat(Window.parse("last_quarter").contains(answered, TODAY, zone)).isEqualTo(third);
    }

    @Test
    void aQuarterWithAnHourMore() {
        Span span = Window.parse("this_quarter").span(TODAY, NEW_YORK);

        assertThat(span)
                .isEqualTo(new Span(Instant.parse("2026-10-01T04:00:00Z"), Instant.parse("2027-01-01T05:00:00Z")));
        assertThat(Duration.between(span.start(), span.end()))
                .isEqualTo(Duration.ofDays(92).plusHours(1));
        assertThat(span.contains(span.start())).isTrue();
        assertThat(span.contains(span.end())).isFalse();
        assertThat(span.contains(span.end().minusMillis(1))).isTrue();
        assertThat(span.contains(span.start().minusMillis(1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-01, 25", "2026-03-08, 23", "2026-06-01, 24"})
    void aDayIsADayHoweverLong(LocalDate day, long hours) {
        Span span = Window.parse("trailing_1_days").span(day, NEW_YORK);

        assertThat(Duration.between(span.start(), span.end())).hasHours(hours);
    }

    @Test
    void aDayBeginsWhereMidnightIsSkipped() {
        // Clocks in Santiago go from 00:00 to 01:00 on 6 September 2026.
        Span span = Window.parse("trailing_1_days").span(LocalDate.parse("2026-09-06"), ZoneId.of("America/Santiago"));

        assertThat(span.start()).isEqualTo(Instant.parse("2026-09-06T04:00:00Z"));
        assertThat(Duration.between(span.start(), span.end())).hasHours(23);
    }

    @Test
    void trailingNinetyDaysAreNinetyDates() {
        Span span = Window.parse("trailing_90_days").span(TODAY, NEW_YORK);

        assertThat(span.start()).isEqualTo(Instant.parse("2026-08-25T04:00:00Z"));
        assertThat(span.end()).isEqualTo(Instant.parse("2026-11-23T05:00:00Z"));
        assertThat(Duration.between(span.start(), span.end())).hasHours(90 * 24 + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-08-31, 2026-03-01",
        "2026-08-30, 2026-03-01",
        "2026-08-29, 2026-03-01",
        "2026-08-28, 2026-03-01",
        "2026-08-27, 2026-02-28",
        "2028-08-31, 2028-03-01",
        "2028-08-29, 2028-03-01",
        "2028-08-28, 2028-02-29",
        "2026-02-28, 2025-08-29",
        "2026-03-01, 2025-09-02",
    })
    void trailingMonthsAreClampedAtTheMonthsEnd(LocalDate today, LocalDate from) {
        assertThat(Window.parse("trailing_6_months").dates(today)).isEqualTo(new Dates(from, today.plusDays(1)));
    }

    @Test
    void sixMonthsBeforeTheEndOfAugust() {
        LocalDate today = LocalDate.parse("2026-08-31");
        Instant start = Backfill.start(today, 6, ZoneOffset.UTC);

        assertThat(start).isEqualTo(Instant.parse("2026-02-28T00:00:00Z"));
        assertThat(ChronoUnit.DAYS.between(LocalDate.parse("2026-02-28"), today))
                .isEqualTo(184);
        assertThat(start)
                .isNotEqualTo(today.minusDays(180).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    @Test
    void theBackfillCoversTheTrailingWindow() {
        assertThat(Backfill.start(TODAY, 6, NEW_YORK)).isEqualTo(Instant.parse("2026-05-22T04:00:00Z"));
        for (int day = 0; day < 1500; day++) {
            LocalDate today = LocalDate.parse("2024-01-01").plusDays(day);
            Span window = Window.parse("trailing_6_months").span(today, NEW_YORK);
            assertThat(Backfill.start(today, 6, NEW_YORK)).isBefore(window.start());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22, START_YEAR, FY2026 Q4",
        "2026-10-31, START_YEAR, FY2026 Q3",
        "2026-11-01, START_YEAR, FY2026 Q4",
        "2027-01-31, START_YEAR, FY2026 Q4",
        "2027-02-01, START_YEAR, FY2027 Q1",
        "2026-11-22, END_YEAR, FY2027 Q4",
        "2027-01-31, END_YEAR, FY2027 Q4",
        "2027-02-01, END_YEAR, FY2028 Q1",
    })
    void aFiscalYearIsNamedAfterItsStartOrItsEnd(LocalDate date, Naming naming, String name) {
        assertThat(new FiscalYear(Month.FEBRUARY, naming).quarter(date)).isEqualTo(name);
    }

    @Test
    void aFiscalYearFromJanuaryIsTheCalendarYear() {
        for (LocalDate date = LocalDate.parse("2026-01-01"); date.getYear() < 2028; date = date.plusDays(1)) {
            for (String part : new String[] {"quarter", "half_year", "year"}) {
                assertThat(Window.parse("this_fiscal_" + part).dates(date))
                        .isEqualTo(Window.parse("this_" + part).dates(date));
            }
            assertThat(new FiscalYear(Month.JANUARY, Naming.END_YEAR).year(date))
                    .isEqualTo(FiscalYear.CALENDAR.year(date));
        }
    }

    @Test
    void aWeekCrossesTheYear() {
        assertThat(Window.parse("this_week").dates(LocalDate.parse("2027-01-01")))
                .isEqualTo(new Dates(LocalDate.parse("2026-12-28"), LocalDate.parse("2027-01-04")));
    }
}
