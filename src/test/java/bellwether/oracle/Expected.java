package bellwether.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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

    /** What has happened by now of which an answer is the reason, as told by somebody who looks for the first time, by key. */
    public final Map<String, String> events = new TreeMap<>();

    private final Law law;
    private final World world;

    public Expected(Law law, List<Op> ops) {
        this(law, ops, null);
    }

    /** @param held the source of which nobody looks at what happened, nor at anything else of whom it has an answer of; null for none */
    public Expected(Law law, List<Op> ops, String held) {
        this.law = law;
        this.world = new World(law, ops);
        for (Op.Account account : world.accounts.values()) {
            Naive theirs = naive(a -> account.id().equals(a.account()));
            theirs.answers.forEach(answer -> response(answer, theirs.counted.contains(answer)));
            Signs signs = signs(theirs, zone(account));
            if (!world.has(held, Answer::account, account.id())) {
                happened(account.id(), signs);
            }
            if (!account.deleted()) {
                account("account " + account.id(), signs);
            }
        }
        for (Op.Contact contact : world.contacts.values()) {
            Naive theirs = naive(a -> contact.id().equals(a.contact()));
            theirs.answers.stream()
                    .filter(answer -> answer.account() == null)
                    .forEach(answer -> response(answer, theirs.counted.contains(answer)));
            Op.Account home =
                    contact.account() == null || world.alone(contact) ? null : world.accounts.get(contact.account());
            Signs signs = signs(theirs, home == null ? law.zone() : zone(home));
            if (!contact.deleted()) {
                contact("contact " + contact.id(), signs);
                boolean looked = world.alone(contact)
                        ? !world.has(held, Answer::contact, contact.id())
                        : !world.has(held, Answer::account, contact.account());
                if (looked && !theirs.counted.isEmpty()) {
                    signs.milestones(contact.id(), theirs.counted).forEach(this::happened);
                }
                if (looked && world.alone(contact)) {
                    signs.people().values().forEach(answers -> signs.events(answers)
                            .forEach(this::happened));
                }
            }
        }
        state.put("company", Whole.of(law, world));
        naive(a -> a.account() == null && a.contact() == null).answers.forEach(answer -> response(answer, null));
    }

    private Naive naive(Predicate<Answer> theirs) {
        return new Naive(law, world.answers.stream().filter(theirs).toList());
    }

    private ZoneId zone(Op.Account account) {
        return account.zone() == null || account.zone().equals(Law.NO_ZONE) ? law.zone() : ZoneId.of(account.zone());
    }

    private Signs signs(Naive naive, ZoneId zone) {
        // the first day of which everything is known
        LocalDate since = world.since == null
                ? null
                : LocalDate.ofInstant(world.since.minusMillis(1), zone).plusDays(1);
        return new Signs(naive, law, zone, LocalDate.ofInstant(world.now, zone), since);
    }

    private void happened(String account, Signs signs) {
        signs.people().values().forEach(answers -> signs.events(answers).forEach(this::happened));
        Signs.Event five = signs.fivePromoters(account);
        if (five != null) {
            happened(five);
        }
    }

    private void happened(Signs.Event event) {
        boolean old = event.at().isBefore(world.now.minus(Duration.ofDays(7)));
        if (world.read) {
            events.putIfAbsent(
                    event.key(), event.rule() + " " + event.value() + " at " + event.at() + (old ? ", too old" : ""));
        }
    }

    private static void warning(Map<String, String> words, Signs.Event warning) {
        words.put("warning", warning == null ? null : capital(warning.rule()));
        words.put("warning_reason", warning == null ? null : warning.reason());
        words.put("warning_at", warning == null ? null : warning.at().toString());
    }

    private static String capital(String rule) {
        return rule.substring(0, 1).toUpperCase(Locale.ROOT) + rule.substring(1).replace('_', ' ');
    }

    private void account(String name, Signs signs) {
        Naive naive = signs.naive();
        ZoneId zone = signs.zone();
        LocalDate today = signs.today();
        LocalDate since = signs.since();
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
                        words.putAll(signs.gap(count.answers()));
                    }
                }
            }
        }
        words.put("falling", "" + signs.falling());
        if (!signs.falling()) {
            warning(
                    words,
                    signs.people().values().stream()
                            .map(signs::warning)
                            .filter(Objects::nonNull)
                            .max(Signs.Event.BY_TIME)
                            .orElse(null));
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

    private void contact(String name, Signs signs) {
        Naive naive = signs.naive();
        List<Answer> counted = naive.counted;
        Map<String, String> words = new TreeMap<>();
        if (naive.answers.isEmpty()) {
            silent.add(name);
        }
        if (!counted.isEmpty()) {
            Answer last = counted.get(counted.size() - 1);
            Answer former = counted.size() == 1 ? null : counted.get(counted.size() - 2);
            Integer before = former == null ? null : former.score();
            boolean moved = former != null && former.band() != last.band();
            words.put(
                    "category_change",
                    moved ? former.category() + " to " + last.category().toLowerCase(Locale.ROOT) : null);
            words.put("first_answered_at", "" + counted.get(0).at());
            warning(words, signs.warning(counted));
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
