package bellwether.oracle;

import bellwether.oracle.World.Answer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Every figure worked out anew from all that happened, with plain loops. */
public final class Naive {
    /** What must be held of each thing, in words. */
    public final Map<String, String> state = new TreeMap<>();

    /** Things that nothing was ever said of: nothing need be held either. */
    public final Set<String> silent = new HashSet<>();

    private final Law law;
    private final World world;

    public Naive(Law law, List<Op> ops) {
        this.law = law;
        this.world = new World(law.surveys(), ops);
        for (Op.Account account : world.accounts.values()) {
            Ballot theirs = ballot(a -> account.id().equals(a.account()));
            theirs.answers.forEach(answer -> response(answer, theirs.counts(answer)));
            if (!account.deleted()) {
                account(account, "account " + account.id(), theirs);
            }
        }
        for (Op.Contact contact : world.contacts.values()) {
            Ballot theirs = ballot(a -> contact.id().equals(a.contact()));
            theirs.answers.forEach(answer -> response(answer, theirs.counts(answer)));
            if (!contact.deleted()) {
                contact("contact " + contact.id(), theirs);
            }
        }
        ballot(a -> a.account() == null && a.contact() == null).answers.forEach(answer -> response(answer, null));
    }

    private Ballot ballot(Predicate<Answer> theirs) {
        return new Ballot(law, world.answers.stream().filter(theirs).toList());
    }

    private void account(Op.Account account, String name, Ballot ballot) {
        ZoneId zone =
                account.zone() == null || account.zone().equals(Law.NO_ZONE) ? law.zone() : ZoneId.of(account.zone());
        LocalDate today = LocalDate.ofInstant(world.now, zone);
        // the first day of which everything is known
        LocalDate since = world.since == null
                ? null
                : LocalDate.ofInstant(world.since.minusMillis(1), zone).plusDays(1);
        Map<String, String> words = new TreeMap<>();
        if (ballot.answers.isEmpty()) {
            silent.add(name);
        }
        for (String window : law.windows()) {
            LocalDate[] dates = Days.of(window, today, law.fiscalMonth());
            boolean partial = since != null && (dates[0] == null || dates[0].isBefore(since));
            for (boolean latest : List.of(true, false)) {
                int[] n = new int[3];
                int[] out = new int[2];
                int scored = 0;
                Set<String> sources = new TreeSet<>();
                for (Answer answer : ballot.counted(zone, dates, latest, out)) {
                    int score = answer.score() == null ? 7 : answer.score();
                    n[score > 8 ? 0 : score > 6 ? 1 : 2]++;
                    sources.add(answer.source());
                    scored += answer.score() == null ? 0 : 1;
                }
                state.put(
                        name + " " + window + (latest ? " latest_per_person" : " all_responses"),
                        n[0] + "/" + n[1] + "/" + n[2] + " unscored " + out[0] + " excluded " + out[1] + " since "
                                + (partial ? since : null));
                if (latest == law.latest()) {
                    boolean main = window.equals(law.windows().get(0));
                    String prefix = main ? "" : window + ".";
                    figures(words, prefix, n);
                    words.put(prefix + "window", window.replace('_', ' ') + (partial ? ", since " + since : ""));
                    if (main) {
                        String health = ballot.health(world, n, scored, zone, today);
                        state.put(name + " health", health);
                        words.put(
                                "health",
                                health.substring(0, 1).toUpperCase(Locale.ROOT)
                                        + health.substring(1, health.indexOf(':')));
                        words.put("health_reason", health.substring(health.indexOf(':') + 2));
                        words.put("sources", sources.isEmpty() ? null : String.join(", ", sources));
                    }
                }
            }
        }
        state.put(name, words.toString());
    }

    private static void figures(Map<String, String> words, String prefix, int[] n) {
        int all = n[0] + n[1] + n[2];
        double mean = (n[0] - n[2]) / (all + 3.0);
        double half = 1.96 * Math.sqrt(((n[0] + n[2] + 1.5) / (all + 3.0) - mean * mean) / (all + 3.0));
        double plain = 100.0 * (n[0] - n[2]) / all;
        words.put(prefix + "promoters", "" + n[0]);
        words.put(prefix + "passives", "" + n[1]);
        words.put(prefix + "detractors", "" + n[2]);
        words.put(prefix + "responses", "" + all);
        words.put(prefix + "nps", all == 0 ? null : Ballot.nps(n));
        words.put(prefix + "interval_low", all == 0 ? null : shown(Math.min(plain, 100 * (mean - half))));
        words.put(prefix + "interval_high", all == 0 ? null : shown(Math.max(plain, 100 * (mean + half))));
        words.put(prefix + "sample", all == 0 ? "No responses" : all < 5 ? "Indicative" : "Sufficient");
    }

    private static String shown(double bound) {
        double clipped = Math.max(-100, Math.min(100, bound));
        return BigDecimal.valueOf(clipped).setScale(1, RoundingMode.HALF_UP).toString();
    }

    private void contact(String name, Ballot ballot) {
        List<Answer> counted = ballot.counted();
        Map<String, String> words = new TreeMap<>();
        if (ballot.answers.isEmpty()) {
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

    private void response(Answer answer, Boolean counts) {
        String name = "response " + answer.source() + ":" + answer.id();
        if (counts == null) {
            silent.add(name);
        }
        state.put(
                name,
                answer.contact() + "|" + answer.account() + "|" + answer.score() + "|" + counts + "|"
                        + answer.told().get("comment") + "|" + answer.at() + "|" + answer.metric());
    }
}
