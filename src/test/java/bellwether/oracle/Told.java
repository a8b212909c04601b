package bellwether.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a CRM is told of an account or a contact, word by word. */
final class Told {
    private final Map<String, String> words = new TreeMap<>();

    private void say(String word, Object value) {
        words.put(word, value == null ? null : value.toString());
    }

    /** Where an account stands; {@code fall} is null if it does not fall. */
    void account(Standing standing, Signs signs, Said fall) {
        LocalDate today = signs.today();
        String main = standing.law().windows().get(0);
        for (String window : standing.law().windows()) {
            String prefix = window.equals(main) ? "" : window + ".";
            LocalDate partial = signs.partialSince(window);
            figures(prefix, standing.count(window, today));
            say(prefix + "window", window.replace('_', ' ') + (partial == null ? "" : ", since " + partial));
        }
        List<Answer> counted = standing.count(main, today).answers();
        sources(counted);
        words.putAll(Gap.of(counted));
        for (String name : standing.names()) {
            if (!name.equals(Standing.FALLING)) {
                String said = standing.on(name, today);
                String word = name.replace("relationship_", "");
                say(word, said.substring(0, said.indexOf(':')));
                say(word + "_reason", said.substring(said.indexOf(':') + 2));
            }
        }
        if (standing.weighed() != null) {
            say("health_score", standing.weighing(today).score());
            say("health_completeness", standing.weighing(today).known());
        }
        say("falling", fall != null);
        Stream<Signs.Event> falls = Stream.ofNullable(fall)
                .map(now -> new Signs.Event(null, now.name(), null, now.reason(), now.since(), null));
        warning(Stream.concat(signs.warnings(), falls).max(Signs.Event.BY_TIME).orElse(null));
    }

    private void warning(Signs.Event warning) {
        say("warning", warning == null ? null : capital(warning.rule()));
        say("warning_reason", warning == null ? null : warning.reason());
        say("warning_at", warning == null ? null : warning.at());
    }

    private void sources(List<Answer> counted) {
        Set<String> sources = counted.stream().map(Answer::source).collect(Collectors.toCollection(TreeSet::new));
        say("sources", sources.isEmpty() ? null : String.join(", ", sources));
    }

    /** The figures of a window, after a prefix. */
    private void figures(String prefix, Naive.Count count) {
        double[] interval = count.interval();
        say(prefix + "promoters", count.promoters());
        say(prefix + "passives", count.passives());
        say(prefix + "detractors", count.detractors());
        say(prefix + "responses", count.n());
        say(prefix + "nps", count.nps());
        say(prefix + "interval_low", interval == null ? null : shown(interval[0]));
        say(prefix + "interval_high", interval == null ? null : shown(interval[1]));
        say(prefix + "sample", count.n() == 0 ? "No responses" : count.n() < 5 ? "Indicative" : "Sufficient");
    }

    private static BigDecimal shown(double bound) {
        return BigDecimal.valueOf(bound).setScale(1, RoundingMode.HALF_UP);
    }

    /** Where a contact stands by the answers that count, earliest first. */
    void contact(List<Answer> counted, Signs.Event warning) {
        Answer last = counted.get(counted.size() - 1);
        Answer former = counted.size() == 1 ? null : counted.get(counted.size() - 2);
        boolean moved = former != null && former.band() != last.band();
        say(
                "category_change",
                moved ? former.category() + " to " + last.category().toLowerCase(Locale.ROOT) : null);
        say("first_answered_at", counted.get(0).at());
        warning(warning);
        say("score", last.score());
        say("category", last.category());
        say("answered_at", last.at());
        say("comment", last.comment());
        say("previous_score", former == null ? null : former.score());
        say("change", former == null ? null : last.score() - former.score());
        say("responses", counted.size());
        say("source", last.source());
    }

    private static String capital(String rule) {
        return rule.substring(0, 1).toUpperCase(Locale.ROOT) + rule.substring(1).replace('_', ' ');
    }

    @Override
    public String toString() {
        return words.toString();
    }
}
