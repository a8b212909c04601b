package bellwether.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The naive recomputation: every figure of answers that are counted together, worked out from the beginning with plain loops. */
final class Naive {
    /** What counts in a window, how many are promoters, passives and detractors, and how many others were given in it. */
    record Count(List<Answer> answers, int promoters, int passives, int detractors, int unscored, int excluded) {
        int n() {
            return promoters + passives + detractors;
        }

        /** Rounded once, half away from zero; null without answers. */
        BigDecimal nps() {
            BigDecimal points = BigDecimal.valueOf(100L * (promoters - detractors));
            return n() == 0 ? null : points.divide(BigDecimal.valueOf(n()), 1, RoundingMode.HALF_UP);
        }

        /** Both ends of the adjusted interval, wide enough to hold the plain figure; null without answers. */
        double[] interval() {
            double n = n() + 3;
            double mean = (promoters - detractors) / n;
            double half = 1.96 * Math.sqrt(((promoters + detractors + 1.5) / n - mean * mean) / n);
            double plain = 100.0 * (promoters - detractors) / n();
            double low = Math.max(-100, Math.min(plain, 100 * (mean - half)));
            return n() == 0 ? null : new double[] {low, Math.min(100, Math.max(plain, 100 * (mean + half)))};
        }
    }

    /** Earliest first. */
    final List<Answer> answers;
    /** Those with a score that counts, whatever the window. */
    final List<Answer> counted = new ArrayList<>();

    private final Law law;

    Naive(Law law, List<Answer> answers) {
        this.law = law;
        this.answers = answers.stream().sorted().toList();
        for (Answer answer : Answer.lateLast(this.answers)) {
            if (answer.usable() && answer.score() != null && !repeats(answer)) {
                counted.add(answer);
            }
        }
        counted.sort(null);
    }

    /** One that counts said the same soon before; of a late answer, soon after as well. */
    private boolean repeats(Answer answer) {
        return counted.stream().anyMatch(other -> other.repeats(answer, law.duplicateMinutes()));
    }

    /** From the first to the last day: all, or each person's latest, where one without a score gives way to one with. */
    Count count(LocalDate[] days, ZoneId zone, boolean latest) {
        Map<String, Answer> kept = new LinkedHashMap<>();
        int unscored = 0;
        int excluded = 0;
        for (Answer answer : answers) {
            LocalDate day = LocalDate.ofInstant(answer.at(), zone);
            if (days[0] != null && (day.isBefore(days[0]) || day.isAfter(days[1]))) {
                continue;
            } else if (!answer.usable() || answer.score() != null && !counted.contains(answer)) {
                excluded++;
            } else if (answer.score() == null && !law.noScore()) {
                unscored++;
            } else {
                String key = latest ? answer.who() : answer.key();
                Answer before = kept.get(key);
                kept.put(key, before == null || before.score() == null || answer.score() != null ? answer : before);
            }
        }
        int[] n = new int[3];
        kept.values().forEach(answer -> n[1 - answer.band()]++);
        return new Count(List.copyOf(kept.values()), n[0], n[1], n[2], unscored, excluded);
    }

    /** The relationship and why: unknown, poor, good or average. */
    String health(Count count, ZoneId zone, LocalDate today) {
        if (counted.isEmpty()) {
            return "Unknown: no scored answer";
        }
        LocalDate last = LocalDate.ofInstant(counted.get(counted.size() - 1).at(), zone);
        Map<String, Answer> newest = new LinkedHashMap<>();
        counted.forEach(answer -> newest.put(answer.who(), answer));
        Set<String> against = new HashSet<>();
        newest.values().forEach(answer -> against.add(answer.band() < 0 ? answer.role() : null));
        if (last.plusDays(law.staleDays()).isBefore(today)) {
            return "Unknown: no answer since " + last;
        } else if (against.contains("sponsor") || against.contains("key contact")) {
            return "Poor: " + (against.contains("sponsor") ? "sponsor" : "key contact") + " is a detractor";
        } else if (count.n() == 0) {
            return "Unknown: no answer in the window " + law.windows().get(0);
        }
        int points = 100 * (count.promoters() - count.detractors());
        Answer one = count.answers().get(0);
        String only = one.score() == null ? "answer without a score" : one.category();
        return (points < law.poor() * count.n() ? "Poor: " : points >= law.good() * count.n() ? "Good: " : "Average: ")
                + (count.n() == 1
                        ? "1 " + only.toLowerCase(Locale.ROOT)
                        : "NPS " + count.nps() + " from " + count.n() + " answers");
    }

    /** First and last day of a window, both inside, found by walking from day to day; null for no bound. */
    static LocalDate[] days(String window, LocalDate today, int fiscalMonth) {
        String[] words = window.split("_");
        if (window.equals("all_time")) {
            return new LocalDate[2];
        } else if (window.contains("..")) {
            return new LocalDate[] {LocalDate.parse(window.substring(0, 10)), LocalDate.parse(window.substring(12))};
        } else if (words[0].equals("trailing")) {
            int many = Integer.parseInt(words[1]);
            LocalDate before = words[2].equals("days") ? today.minusDays(many) : today.minusMonths(many);
            return new LocalDate[] {before.plusDays(1), today};
        }
        LocalDate first = walk(today, -1, window, fiscalMonth);
        LocalDate next = walk(today.plusDays(1), 1, window, fiscalMonth);
        return words[0].equals("last")
                ? days("this" + window.substring(4), first.minusDays(1), fiscalMonth)
                : new LocalDate[] {first, next.minusDays(1)};
    }

    /** From a day on, forwards or backwards, to one on which a window begins. */
    private static LocalDate walk(LocalDate from, int step, String window, int fiscalMonth) {
        int many = window.endsWith("half_year") ? 6 : window.endsWith("year") ? 12 : window.endsWith("quarter") ? 3 : 1;
        LocalDate day = from;
        while (window.endsWith("week")
                ? day.getDayOfWeek().getValue() != 1
                : day.getDayOfMonth() != 1
                        || (day.getMonthValue() + 12 - (window.contains("fiscal") ? fiscalMonth : 1)) % many != 0) {
            day = day.plusDays(step);
        }
        return day;
    }
}
