package bellwether.oracle;

import bellwether.oracle.Truth.Given;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The figures of some answers in one window, worked out the long way. */
final class Figures {
    int promoters;
    int passives;
    int detractors;
    int unscored;
    int excluded;

    /** Answers given on local dates from {@code first} to {@code last}, both inside; each person's latest, or all of them. */
    static Figures of(Collection<Given> answers, ZoneId zone, LocalDate first, LocalDate last, boolean latest) {
        Figures figures = new Figures();
        Map<String, Given> newest = new HashMap<>();
        for (Given given : answers) {
            LocalDate date = given.created.atZone(zone).toLocalDate();
            if (date.isBefore(first) || date.isAfter(last)) {
                continue;
            }
            if (!given.counts()) {
                boolean merelyUnscored = !given.excluded && "NPS".equals(given.metric) && given.score == null;
                figures.unscored += merelyUnscored ? 1 : 0;
                figures.excluded += merelyUnscored ? 0 : 1;
                continue;
            }
            if (!latest) {
                figures.add(given);
                continue;
            }
            Given before = newest.get(given.who());
            if (before == null || Truth.byTime(given, before) > 0) {
                newest.put(given.who(), given);
            }
        }
        newest.values().forEach(figures::add);
        return figures;
    }

    private void add(Given given) {
        if (given.score >= 9) {
            promoters++;
        } else if (given.score >= 7) {
            passives++;
        } else {
            detractors++;
        }
    }

    int n() {
        return promoters + passives + detractors;
    }

    /** Rounded once, half away from zero; null without answers. */
    BigDecimal nps() {
        return n() == 0
                ? null
                : BigDecimal.valueOf(100L * (promoters - detractors))
                        .divide(BigDecimal.valueOf(n()), 1, RoundingMode.HALF_UP);
    }

    /** Both ends of the adjusted interval, wide enough to hold the plain figure; null without answers. */
    double[] interval() {
        if (n() == 0) {
            return null;
        }
        double p = promoters + 0.75;
        double d = detractors + 0.75;
        double n = n() + 3;
        double mean = (p - d) / n;
        double half = 196 * Math.sqrt(((p + d) / n - mean * mean) / n);
        double plain = 100.0 * (promoters - detractors) / n();
        return new double[] {
            Math.min(plain, Math.max(-100, 100 * mean - half)), Math.max(plain, Math.min(100, 100 * mean + half))
        };
    }

    String sample() {
        return n() == 0 ? "No responses" : n() < 5 ? "Indicative" : "Sufficient";
    }

    /** First and last local date of the windows kept for every account. */
    static Map<String, LocalDate[]> windows(LocalDate today) {
        LocalDate month = today.withDayOfMonth(1);
        LocalDate quarter = month.withMonth((month.getMonthValue() - 1) / 3 * 3 + 1);
        return Map.of(
                "trailing_6_months", new LocalDate[] {today.minusMonths(6).plusDays(1), today},
                "this_month", new LocalDate[] {month, month.plusMonths(1).minusDays(1)},
                "last_month", new LocalDate[] {month.minusMonths(1), month.minusDays(1)},
                "this_quarter", new LocalDate[] {quarter, quarter.plusMonths(3).minusDays(1)},
                "last_quarter", new LocalDate[] {quarter.minusMonths(3), quarter.minusDays(1)});
    }

    /** Health and its reason: unknown, poor, good or average. */
    static List<String> health(Collection<Given> answers, Figures figures, Question question) {
        Map<String, Given> newest = new HashMap<>();
        Given last = null;
        for (Given given : answers) {
            if (given.counts()) {
                Given before = newest.get(given.who());
                if (before == null || Truth.byTime(given, before) > 0) {
                    newest.put(given.who(), given);
                }
                last = last == null || Truth.byTime(given, last) > 0 ? given : last;
            }
        }
        if (last == null) {
            return List.of("Unknown", "no scored answer");
        }
        LocalDate date = last.created.atZone(question.zone()).toLocalDate();
        if (date.plusDays(180).isBefore(question.today())) {
            return List.of("Unknown", "no answer since " + date);
        }
        boolean sponsor = false;
        boolean key = false;
        for (Given given : newest.values()) {
            String role = given.role == null ? "" : given.role.strip().toLowerCase(java.util.Locale.ROOT);
            sponsor |= given.score <= 6 && question.sponsors().contains(role);
            key |= given.score <= 6 && question.keyContacts().contains(role);
        }
        if (sponsor || key) {
            return List.of("Poor", sponsor ? "sponsor is a detractor" : "key contact is a detractor");
        }
        int points = 100 * (figures.promoters - figures.detractors);
        String health = points < 0 ? "Poor" : points >= 30 * figures.n() ? "Good" : "Average";
        String reason = figures.n() > 1
                ? "NPS " + figures.nps() + " from " + figures.n() + " answers"
                : figures.promoters == 1 ? "1 promoter" : figures.passives == 1 ? "1 passive" : "1 detractor";
        return List.of(health, reason);
    }
}
