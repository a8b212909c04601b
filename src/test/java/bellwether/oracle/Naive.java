package bellwether.oracle;

import bellwether.oracle.World.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every figure worked out anew from all that happened, with plain loops. */
public final class Naive {
    private static final Comparator<Answer> BY_TIME = Comparator.comparing(Answer::at)
            .thenComparing(answer -> answer.told().get("updated") == null
                    ? Instant.MIN
                    : (Instant) answer.told().get("updated"))
            .thenComparing(Answer::source)
            .thenComparing(Answer::id);

    /** What must be held of each thing, in words. */
    public final Map<String, String> state = new TreeMap<>();

    /** Things that nothing was ever said of: nothing need be held either. */
    public final Set<String> silent = new HashSet<>();

    private final Law law;
    private final World world;
    private final Set<Answer> repeated = new HashSet<>();

    public Naive(Law law, List<Op> ops) {
        this.law = law;
        this.world = new World(law.surveys(), ops);
        world.accounts
                .values()
                .forEach(account -> account(account, answers(a -> account.id().equals(a.account()))));
        world.contacts
                .values()
                .forEach(contact -> contact(contact, answers(a -> contact.id().equals(a.contact()))));
        world.answers.forEach(this::response);
    }

    private List<Answer> answers(java.util.function.Predicate<Answer> theirs) {
        List<Answer> sorted = new ArrayList<>(
                world.answers.stream().filter(theirs).sorted(BY_TIME).toList());
        List<Answer> kept = new ArrayList<>();
        for (Answer answer : sorted) {
            if (counts(answer)) {
                for (Answer before : kept) {
                    Duration apart = Duration.between(before.at(), answer.at());
                    if (law.duplicateMinutes() > 0
                            && same(before, answer)
                            && apart.compareTo(Duration.ofMinutes(law.duplicateMinutes())) <= 0) {
                        repeated.add(answer);
                    }
                }
                if (counts(answer)) {
                    kept.add(answer);
                }
            }
        }
        return sorted;
    }

    private static boolean same(Answer one, Answer other) {
        return one.who().equals(other.who())
                && (one.source() + one.told().get("survey"))
                        .equals(other.source() + other.told().get("survey"))
                && one.score().equals(other.score());
    }

    private boolean usable(Answer answer) {
        return !Boolean.TRUE.equals(answer.told().get("excluded"))
                && "NPS".equals(answer.metric())
                && !repeated.contains(answer);
    }

    private boolean counts(Answer answer) {
        return usable(answer) && answer.score() != null;
    }

    private void account(Op.Account account, List<Answer> answers) {
        ZoneId zone = zone(account.zone());
        LocalDate today = LocalDate.ofInstant(world.now, zone);
        String name = "account " + account.id();
        if (account.deleted()) {
            return;
        }
        if (answers.isEmpty()) {
            silent.add(name);
        }
        Map<String, String> words = new TreeMap<>();
        for (String window : law.windows()) {
            LocalDate[] dates = dates(window, today);
            LocalDate complete = world.since == null
                    ? null
                    : LocalDate.ofInstant(world.since.minusMillis(1), zone).plusDays(1);
            boolean partial = complete != null && (dates[0] == null || dates[0].isBefore(complete));
            for (boolean latest : List.of(true, false)) {
                int[] n = new int[5];
                Set<String> sources = new TreeSet<>();
                for (Answer answer : counted(answers, zone, dates, latest, n)) {
                    n[
                            answer.score() == null || answer.score() == 7 || answer.score() == 8
                                    ? 1
                                    : answer.score() > 8 ? 0 : 2]++;
                    sources.add(answer.source());
                }
                String policy = latest ? "latest_per_person" : "all_responses";
                state.put(
                        name + " " + window + " " + policy,
                        n[0] + "/" + n[1] + "/" + n[2] + " unscored " + n[3] + " excluded " + n[4] + " since "
                                + (partial ? complete : null));
                if (latest == law.latest()) {
                    boolean main = window.equals(law.windows().get(0));
                    figures(
                            words,
                            main ? "" : window + ".",
                            n,
                            window.replace('_', ' ') + (partial ? ", since " + complete : ""));
                    if (main) {
                        words.put("sources", sources.isEmpty() ? null : String.join(", ", sources));
                        String health = health(answers, n, zone, today, window);
                        state.put(name + " health", health);
                        words.put(
                                "health",
                                health.substring(0, 1).toUpperCase(Locale.ROOT)
                                        + health.substring(1, health.indexOf(':')));
                        words.put("health_reason", health.substring(health.indexOf(':') + 2));
                    }
                }
            }
        }
        state.put(name, words.toString());
    }

    private List<Answer> counted(List<Answer> answers, ZoneId zone, LocalDate[] dates, boolean latest, int[] n) {
        List<Answer> counted = new ArrayList<>();
        Map<String, Answer> newest = new HashMap<>();
        for (Answer answer : answers) {
            LocalDate date = LocalDate.ofInstant(answer.at(), zone);
            if (dates[0] != null && (date.isBefore(dates[0]) || date.isAfter(dates[1]))) {
                continue;
            }
            if (!usable(answer)) {
                n[4]++;
            } else if (answer.score() == null && !law.noScore()) {
                n[3]++;
            } else {
                counted.add(answer);
                Answer before = newest.get(answer.who());
                if (before == null || before.score() == null || answer.score() != null) {
                    newest.put(answer.who(), answer);
                }
            }
        }
        return latest ? new ArrayList<>(newest.values()) : counted;
    }

    private void figures(Map<String, String> words, String prefix, int[] n, String window) {
        double all = n[0] + n[1] + n[2];
        double wide = all + 3;
        double mean = (n[0] - n[2]) / wide;
        double half = 1.96 * Math.sqrt(((n[0] + n[2] + 1.5) / wide - mean * mean) / wide);
        double plain = 100 * (n[0] - n[2]) / all;
        words.put(prefix + "promoters", "" + n[0]);
        words.put(prefix + "passives", "" + n[1]);
        words.put(prefix + "detractors", "" + n[2]);
        words.put(prefix + "responses", "" + (int) all);
        words.put(
                prefix + "nps",
                all == 0
                        ? null
                        : BigDecimal.valueOf(100L * (n[0] - n[2]))
                                .divide(BigDecimal.valueOf((long) all), 1, RoundingMode.HALF_UP)
                                .toString());
        words.put(
                prefix + "interval_low", all == 0 ? null : round(Math.min(plain, Math.max(-100, 100 * (mean - half)))));
        words.put(
                prefix + "interval_high", all == 0 ? null : round(Math.max(plain, Math.min(100, 100 * (mean + half)))));
        words.put(prefix + "sample", all == 0 ? "No responses" : all < 5 ? "Indicative" : "Sufficient");
        words.put(prefix + "window", window);
    }

    private static String round(double number) {
        return BigDecimal.valueOf(number).setScale(1, RoundingMode.HALF_UP).toString();
    }

    private String health(List<Answer> answers, int[] n, ZoneId zone, LocalDate today, String window) {
        Map<String, Answer> newest = new HashMap<>();
        Answer last = null;
        for (Answer answer : answers) {
            if (counts(answer)) {
                newest.put(answer.who(), answer);
                last = answer;
            }
        }
        if (last == null) {
            return "unknown: no scored answer";
        }
        LocalDate date = LocalDate.ofInstant(last.at(), zone);
        if (date.plusDays(law.staleDays()).isBefore(today)) {
            return "unknown: no answer since " + date;
        }
        for (String role : List.of("sponsor", "key contact")) {
            for (Answer answer : newest.values()) {
                String theirs = answer.contact() == null
                        ? null
                        : world.contacts.get(answer.contact()).role();
                if (answer.score() <= 6 && theirs != null && theirs.strip().equalsIgnoreCase(role)) {
                    return "poor: " + role + " is a detractor";
                }
            }
        }
        int all = n[0] + n[1] + n[2];
        int points = 100 * (n[0] - n[2]);
        String reason = all == 1
                ? n[0] == 1 ? "1 promoter" : n[2] == 1 ? "1 detractor" : "1 passive"
                : all == 0
                        ? "no answer in the window " + window
                        : "NPS " + BigDecimal.valueOf(points).divide(BigDecimal.valueOf(all), 1, RoundingMode.HALF_UP)
                                + " from " + all + " answers";
        return (all == 0
                        ? "unknown"
                        : points < law.poor() * all ? "poor" : points >= law.good() * all ? "good" : "average")
                + ": " + reason;
    }

    private void contact(Op.Contact contact, List<Answer> answers) {
        String name = "contact " + contact.id();
        List<Answer> counted = answers.stream().filter(this::counts).toList();
        Map<String, String> words = new TreeMap<>();
        if (contact.deleted()) {
            return;
        }
        if (answers.isEmpty()) {
            silent.add(name);
        }
        if (!counted.isEmpty()) {
            Answer last = counted.get(counted.size() - 1);
            Integer before =
                    counted.size() == 1 ? null : counted.get(counted.size() - 2).score();
            words.put("score", "" + last.score());
            words.put("category", last.score() > 8 ? "Promoter" : last.score() > 6 ? "Passive" : "Detractor");
            words.put("answered_at", "" + last.at());
            words.put("comment", (String) last.told().get("comment"));
            words.put("previous_score", "" + before);
            words.put("change", before == null ? null : "" + (last.score() - before));
            words.put("responses", "" + counted.size());
            words.put("source", last.source());
        }
        state.put(name, words.toString());
    }

    private void response(Answer answer) {
        boolean nowhere = answer.contact() == null && answer.account() == null;
        String name = "response " + answer.source() + ":" + answer.id();
        if (nowhere) {
            silent.add(name);
        }
        state.put(
                name,
                answer.contact() + "|" + answer.account() + "|" + answer.score() + "|"
                        + (nowhere ? null : counts(answer)) + "|"
                        + answer.told().get("comment") + "|" + answer.at() + "|" + answer.metric());
    }

    private ZoneId zone(String own) {
        return own == null || own.equals("Mars/Olympus") ? law.zone() : ZoneId.of(own);
    }

    /** First and last local date, both inside; null for no bound. */
    private LocalDate[] dates(String window, LocalDate today) {
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
        LocalDate first = start(today, window);
        LocalDate last = today;
        while (!begins(last.plusDays(1), window)) {
            last = last.plusDays(1);
        }
        return words[0].equals("this")
                ? new LocalDate[] {first, last}
                : new LocalDate[] {start(first.minusDays(1), window), first.minusDays(1)};
    }

    private LocalDate start(LocalDate date, String window) {
        LocalDate first = date;
        while (!begins(first, window)) {
            first = first.minusDays(1);
        }
        return first;
    }

    private boolean begins(LocalDate date, String window) {
        int month = date.getMonthValue() - (window.contains("fiscal") ? law.fiscalMonth() : 1) + 12;
        int every =
                window.endsWith("month") ? 1 : window.endsWith("quarter") ? 3 : window.endsWith("half_year") ? 6 : 12;
        return window.endsWith("week")
                ? date.getDayOfWeek() == DayOfWeek.MONDAY
                : date.getDayOfMonth() == 1 && month % every == 0;
    }
}
