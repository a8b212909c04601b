package bellwether.nps;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;

/**
 * Which answers a figure is about, by the local date they were given on. A window depends on today's local date and never on the hour:
 * a current period ends at its own end, a trailing one at the next local midnight.
 */
public sealed interface Window {
    /** The name used in YAML, REST and the store, such as {@code this_month} or {@code trailing_90_days}. */
    String name();

    /** The text shown to people, such as "This month". */
    String label();

    /** The name as it stands beside a figure, such as "this fiscal quarter (FY2026 Q4)"; changes at most when a fiscal period does. */
    default String title(LocalDate today) {
        return name().replace('_', ' ');
    }

    /** The first day after {@code today} on which the title is another one; null if it never is. */
    default LocalDate renamedOn(LocalDate today) {
        return null;
    }

    /** The local dates in the window when it is {@code today}. */
    Dates dates(LocalDate today);

    /** The first day on which an answer of that local date is in the window; null if never. */
    LocalDate enters(LocalDate answered);

    /** The first day on which an answer of that local date is in the window no more; null if never. */
    LocalDate leaves(LocalDate answered);

    /** Between local midnights of a zone. */
    default Span span(LocalDate today, ZoneId zone) {
        return dates(today).in(zone);
    }

    default boolean contains(Instant answeredAt, LocalDate today, ZoneId zone) {
        return span(today, zone).contains(answeredAt);
    }

    /** The earliest day after {@code today} on which an answer of that local date enters or leaves the window; null if never. */
    default LocalDate changesOn(LocalDate today, LocalDate answered) {
        LocalDate enters = enters(answered);
        if (enters != null && enters.isAfter(today)) {
            return enters;
        }
        LocalDate leaves = leaves(answered);
        return leaves != null && leaves.isAfter(today) ? leaves : null;
    }

    /** {@link #parse(String, FiscalYear)} where the fiscal year is the calendar year. */
    static Window parse(String name) {
        return WindowNames.parse(name, FiscalYear.CALENDAR);
    }

    /**
     * Reads {@code this_} or {@code last_} with {@code week}, {@code month}, {@code quarter}, {@code half_year}, {@code year},
     * {@code fiscal_quarter}, {@code fiscal_half_year} or {@code fiscal_year}; {@code trailing_<n>_days}, {@code trailing_<n>_months},
     * {@code all_time}, or two dates, both inside: {@code 2026-01-01..2026-03-31}. Anything else is refused with this list.
     */
    static Window parse(String name, FiscalYear fiscal) {
        return WindowNames.parse(name, fiscal);
    }

    /** This period or the one before it; {@code fiscal} is null for the calendar's own. */
    record Calendar(Period period, boolean last, FiscalYear fiscal) implements Window {
        @Override
        public String name() {
            return (last ? "last_" : "this_") + (fiscal == null ? "" : "fiscal_") + period.label();
        }

        @Override
        public String label() {
            return (last ? "Last " : "This ")
                    + (fiscal == null ? "" : "fiscal ")
                    + period.label().replace('_', '-');
        }

        @Override
        public String title(LocalDate today) {
            String plain = Window.super.title(today);
            return fiscal == null
                    ? plain
                    : plain + " (" + fiscal.period(dates(today).from(), period) + ")";
        }

        @Override
        public LocalDate renamedOn(LocalDate today) {
            return fiscal == null ? null : period.plus(start(today), 1);
        }

        @Override
        public Dates dates(LocalDate today) {
            LocalDate from = period.plus(start(today), last ? -1 : 0);
            return new Dates(from, period.plus(from, 1));
        }

        @Override
        public LocalDate enters(LocalDate answered) {
            return period.plus(start(answered), last ? 1 : 0);
        }

        @Override
        public LocalDate leaves(LocalDate answered) {
            return period.plus(enters(answered), 1);
        }

        private LocalDate start(LocalDate date) {
            return period.start(date, fiscal == null ? Month.JANUARY : fiscal.start());
        }
    }

    /** The last so many local dates, today among them. */
    record TrailingDays(int days) implements Window {
        public TrailingDays {
            WindowNames.positive(days);
        }

        @Override
        public String name() {
            return "trailing_" + days + "_days";
        }

        @Override
        public String label() {
            return "Trailing " + days + " days";
        }

        @Override
        public Dates dates(LocalDate today) {
            return new Dates(today.minusDays(days - 1L), today.plusDays(1));
        }

        @Override
        public LocalDate enters(LocalDate answered) {
            return answered;
        }

        @Override
        public LocalDate leaves(LocalDate answered) {
            return answered.plusDays(days);
        }
    }

    /** From the day after the same date so many calendar months ago, clamped to that month's end, up to and with today. */
    record TrailingMonths(int months) implements Window {
        public TrailingMonths {
            WindowNames.positive(months);
        }

        @Override
        public String name() {
            return "trailing_" + months + "_months";
        }

        @Override
        public String label() {
            return "Trailing " + months + " months";
        }

        @Override
        public Dates dates(LocalDate today) {
            return new Dates(today.minusMonths(months).plusDays(1), today.plusDays(1));
        }

        @Override
        public LocalDate enters(LocalDate answered) {
            return answered;
        }

        @Override
        public LocalDate leaves(LocalDate answered) {
            // 30 August plus six months is clamped to 28 February, whose window still begins on 29 August: the day
            // after is the first.
            LocalDate day = answered.plusMonths(months);
            return day.minusMonths(months).isBefore(answered) ? day.plusDays(1) : day;
        }
    }

    /** Everything there is. */
    record AllTime() implements Window {
        @Override
        public String name() {
            return "all_time";
        }

        @Override
        public String label() {
            return "All time";
        }

        @Override
        public Dates dates(LocalDate today) {
            return new Dates(null, null);
        }

        @Override
        public LocalDate enters(LocalDate answered) {
            return LocalDate.MIN;
        }

        @Override
        public LocalDate leaves(LocalDate answered) {
            return null;
        }
    }

    /** Two chosen dates, both inside. */
    record Fixed(LocalDate first, LocalDate last) implements Window {
        public Fixed {
            if (last.isBefore(first)) {
                throw new IllegalArgumentException(
                        "A window cannot end on " + last + ", before it begins on " + first + ".");
            }
        }

        @Override
        public String name() {
            return first + ".." + last;
        }

        @Override
        public String label() {
            return first + " to " + last;
        }

        @Override
        public Dates dates(LocalDate today) {
            return new Dates(first, last.plusDays(1));
        }

        @Override
        public LocalDate enters(LocalDate answered) {
            return dates(answered).contains(answered) ? LocalDate.MIN : null;
        }

        @Override
        public LocalDate leaves(LocalDate answered) {
            return null;
        }
    }

    /** Two chosen dates under a name of the company's own. */
    record Named(String name, Fixed dates) implements Window {
        @Override
        public String label() {
            return Character.toUpperCase(name.charAt(0)) + name.substring(1).replace('_', ' ');
        }

        @Override
        public Dates dates(LocalDate today) {
            return dates.dates(today);
        }

        @Override
        public LocalDate enters(LocalDate answered) {
            return dates.enters(answered);
        }

        @Override
        public LocalDate leaves(LocalDate answered) {
            return dates.leaves(answered);
        }
    }
}
