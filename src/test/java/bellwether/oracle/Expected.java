package bellwether.oracle;

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
import java.util.stream.Collectors;

/** What the ledger must hold after all that happened, in words that can be compared: what {@link Naive} works out, laid out by subject. */
public final class Expected {
    /** What must be held of each thing, in words. */
    public final Map<String, String> state = new TreeMap<>();

    /** Things that nothing was ever said of: nothing need be held either. */
    public final Set<String> silent = new HashSet<>();

    private final Law law;
    private final World world;

    public Expected(Law law, List<Op> ops) {
        this.law = law;
        this.world = new World(law, ops);
        for (Op.Account account : world.accounts.values()) {
            Naive theirs = naive(a -> account.id().equals(a.account()));
            theirs.answers.forEach(answer -> response(answer, theirs.counted.contains(answer)));
            if (!account.deleted()) {
                account(account, "account " + account.id(), theirs);
            }
        }
        for (Op.Contact contact : world.contacts.values()) {
            Naive theirs = naive(a -> contact.id().equals(a.contact()));
            Naive homeless = naive(a -> contact.id().equals(a.contact()) && a.account() == null);
            homeless.answers.forEach(answer -> response(answer, homeless.counted.contains(answer)));
            if (!contact.deleted()) {
                contact("contact " + contact.id(), theirs);
            }
        }
        naive(a -> a.account() == null && a.contact() == null).answers.forEach(answer -> response(answer, null));
    }

    private Naive naive(Predicate<Answer> theirs) {
        return new Naive(law, world.answers.stream().filter(theirs).toList());
    }

    private void account(Op.Account account, String name, Naive naive) {
        ZoneId zone =
                account.zone() == null || account.zone().equals(Law.NO_ZONE) ? law.zone() : ZoneId.of(account.zone());
        LocalDate today = LocalDate.ofInstant(world.now, zone);
        // the first day of which everything is known
        LocalDate since = world.since == null
                ? null
                : LocalDate.ofInstant(world.since.minusMillis(1), zone).plusDays(1);
        Map<String, String> words = new TreeMap<>();
        if (naive.answers.isEmpty()) {
            silent.add(name);
        }
        for (String window : law.windows()) {
            LocalDate[] days = Naive.days(window, today, law.fiscalMonth());
            boolean partial = since != null && (days[0] == null || days[0].isBefore(since));
            for (boolean latest : List.of(true, false)) {
                Naive.Count count = naive.count(days, zone, latest);
                state.put(
                        name + " " + window + (latest ? " latest_per_person" : " all_responses"),
                        count.promoters() + "/" + count.passives() + "/" + count.detractors() + " unscored "
                                + count.unscored() + " excluded " + count.excluded() + " since "
                                + (partial ? since : null));
                if (latest == law.latest()) {
                    boolean main = window.equals(law.windows().get(0));
                    String prefix = main ? "" : window + ".";
                    figures(words, prefix, count);
                    words.put(prefix + "window", window.replace('_', ' ') + (partial ? ", since " + since : ""));
                    if (main) {
                        String[] health = naive.health(count, zone, today).split(": ");
                        state.put(name + " health", health[0].toLowerCase(Locale.ROOT) + ": " + health[1]);
                        words.put("health", health[0]);
                        words.put("health_reason", health[1]);
                        words.put("sources", sources(count));
                    }
                }
            }
        }
        state.put(name, words.toString());
    }

    private static String sources(Naive.Count count) {
        Set<String> sources =
                count.answers().stream().map(Answer::source).collect(Collectors.toCollection(TreeSet::new));
        return sources.isEmpty() ? null : String.join(", ", sources);
    }

    private static void figures(Map<String, String> words, String prefix, Naive.Count count) {
        double[] interval = count.interval();
        words.put(prefix + "promoters", "" + count.promoters());
        words.put(prefix + "passives", "" + count.passives());
        words.put(prefix + "detractors", "" + count.detractors());
        words.put(prefix + "responses", "" + count.n());
        words.put(prefix + "nps", count.nps() == null ? null : count.nps().toString());
        words.put(prefix + "interval_low", interval == null ? null : shown(interval[0]));
        words.put(prefix + "interval_high", interval == null ? null : shown(interval[1]));
        words.put(prefix + "sample", count.n() == 0 ? "No responses" : count.n() < 5 ? "Indicative" : "Sufficient");
    }

    private static String shown(double bound) {
        return BigDecimal.valueOf(bound).setScale(1, RoundingMode.HALF_UP).toString();
    }

    private void contact(String name, Naive naive) {
        List<Answer> counted = naive.counted;
        Map<String, String> words = new TreeMap<>();
        if (naive.answers.isEmpty()) {
            silent.add(name);
        }
        if (!counted.isEmpty()) {
            Answer last = counted.get(counted.size() - 1);
            Integer before =
                    counted.size() == 1 ? null : counted.get(counted.size() - 2).score();
            words.put("score", "" + last.score());
            words.put("category", last.category());
            words.put("answered_at", "" + last.at());
            words.put("comment", last.comment());
            words.put("previous_score", "" + before);
            words.put("change", before == null ? null : "" + (last.score() - before));
            words.put("responses", "" + counted.size());
            words.put("source", last.source());
        }
        state.put(name, words.toString());
    }

    private void response(Answer answer, Boolean counts) {
        String name = "response " + answer.key();
        if (counts == null) {
            silent.add(name);
        }
        state.put(
                name,
                answer.contact() + "|" + answer.account() + "|" + answer.score() + "|" + counts + "|" + answer.comment()
                        + "|" + answer.at() + "|" + answer.metric());
    }
}
