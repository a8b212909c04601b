package bellwether.health;

import bellwether.nps.Rollup;
import bellwether.nps.Surveyed;
import bellwether.store.Subject;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a CRM can be told of an account and a contact, by our words. Nothing in it is relative to now: dates, not ages. */
final class Words {
    /** Everything but the figures of further windows. */
    static Map<String, Object> account(AccountState state, Warning warning, Rules rules, LocalDate today) {
        Rollups.Detail main = state.rollups().main(rules);
        Map<String, Object> words = figures(main, rules, today);
        words.put("sources", sources(main.counted()));
        health(words, "", state.relationship().health(), state.relationship().reason());
        state.named()
                .forEach((name, satisfaction) ->
                        health(words, name + "_", satisfaction.health(), satisfaction.reason()));
        if (state.composite() != null) {
            health(
                    words,
                    "composite_",
                    state.composite().health(),
                    state.composite().reason());
            words.put("health_score", state.composite().score());
            words.put("health_completeness", state.composite().completeness());
        }
        words.put("falling", state.falling().falling());
        words.put("sponsor_nps", state.gap().sponsors().nps());
        words.put("user_nps", state.gap().users().nps());
        words.put("sponsor_user_gap", state.gap().gap());
        words.put("sponsor_user_gap_sample", rules.sample(state.gap().n()));
        warning(words, warning);
        return words;
    }

    /** The figures of one window. */
    static Map<String, Object> figures(Rollups.Detail detail, Rules rules, LocalDate today) {
        Rollup rollup = detail.rollup();
        Map<String, Object> words = new HashMap<>();
        words.put("promoters", rollup.basis().promoters());
        words.put("passives", rollup.basis().passives());
        words.put("detractors", rollup.basis().detractors());
        words.put("responses", rollup.n());
        words.put("nps", rollup.nps());
        words.put("interval_low", rollup.n() == 0 ? null : rollup.interval().lowRounded(1));
        words.put("interval_high", rollup.n() == 0 ? null : rollup.interval().highRounded(1));
        words.put("sample", rules.sample(rollup.n()));
        String title = detail.window().title(today);
        words.put("window", rollup.partialSince() == null ? title : title + ", since " + rollup.partialSince());
        return words;
    }

    /** Nothing but when they were asked of a person none of whose answers counts. */
    static Map<String, Object> contact(
            PersonState person, Warning warning, Surveyed surveyed, Map<Long, Subject.Answer> answers) {
        Map<String, Object> words = new HashMap<>();
        said(words, "last_surveyed_at", surveyed.lastAt());
        said(words, "do_not_survey_until", surveyed.notUntil());
        said(words, "excluded_reason", surveyed.excludedReason());
        if (person == null) {
            return words;
        }
        words.put("score", person.score());
        words.put("category", person.category().label());
        words.put("answered_at", person.latestAt());
        words.put("comment", answers.get(person.latest().id()).comment());
        words.put(
                "previous_score",
                person.previous() == null ? null : person.previous().score());
        words.put("change", person.change());
        String move = PersonEvents.move(person);
        words.put("category_change", move == null ? null : capital(move));
        words.put("first_answered_at", person.firstAt());
        words.put("responses", person.count());
        words.put("source", person.latest().source());
        warning(words, warning);
        return words;
    }

    private static void said(Map<String, Object> words, String word, Object value) {
        if (value != null) {
            words.put(word, value);
        }
    }

    private static void health(Map<String, Object> words, String prefix, Health health, String reason) {
        words.put(prefix + "health", health.word());
        words.put(prefix + "health_reason", reason);
    }

    private static void warning(Map<String, Object> words, Warning warning) {
        words.put("warning", warning == null ? null : warning.word());
        words.put("warning_reason", warning == null ? null : warning.reason());
        words.put("warning_at", warning == null ? null : warning.at());
    }

    private static String sources(List<Answer> counted) {
        Set<String> sources = new TreeSet<>();
        counted.forEach(a -> sources.add(a.source()));
        return sources.isEmpty() ? null : String.join(", ", sources);
    }

    /** {@code promoter_to_passive} as "Promoter to passive". */
    static String capital(String rule) {
        String text = rule.replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private Words() {}
}
