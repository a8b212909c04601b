package bellwether.health;

import bellwether.nps.Change;
import bellwether.nps.Tally;
import bellwether.nps.Window;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether an account's NPS falls: the trailing 90 days against the 90 before, under the default policy.
 *
 * @param change null unless both have answers
 * @param sameWho the same over people who answered in both, which tells a fall from a change of respondents; null if there are none
 * @param falling true only with enough answers on both sides and a fall beyond chance
 */
public record Falling(Change change, Change sameWho, boolean falling) {
    static final int DAYS = 90;
    private static final Window RECENT = new Window.TrailingDays(DAYS);

    /** Over all current responses of one account; {@code today} in the zone of the rules. */
    public static Falling of(List<Answer> answers, Rules rules, LocalDate today) {
        return judged(Judged.all(answers, rules), rules, today);
    }

    static Falling judged(List<Judged> judged, Rules rules, LocalDate today) {
        List<Answer> after = recent(judged, rules, today);
        List<Answer> before = recent(judged, rules, today.minusDays(DAYS));
        Set<String> both = people(after);
        both.retainAll(people(before));
        return new Falling(
                Change.adjusted(Answers.tally(before), Answers.tally(after)),
                Change.adjusted(tally(before, both), tally(after, both)),
                falls(before, after, rules));
    }

    /** Only whether it falls: asked of many earlier days, most of which have too few answers. */
    static boolean falls(List<Judged> judged, Rules rules, LocalDate today) {
        List<Answer> after = recent(judged, rules, today);
        return after.size() >= rules.minNFlag() && falls(recent(judged, rules, today.minusDays(DAYS)), after, rules);
    }

    private static boolean falls(List<Answer> before, List<Answer> after, Rules rules) {
        Change change = Change.adjusted(Answers.tally(before), Answers.tally(after));
        return change != null && change.falling(rules.minNFlag());
    }

    private static List<Answer> recent(List<Judged> judged, Rules rules, LocalDate today) {
        return Rollups.counted(judged, rules, RECENT.dates(today).in(rules.zone()), rules.policy()).stream()
                .filter(answer -> answer.score() != null)
                .toList();
    }

    private static Set<String> people(List<Answer> answers) {
        return answers.stream().map(Answer::person).collect(Collectors.toSet());
    }

    private static Tally tally(List<Answer> answers, Set<String> people) {
        return Answers.tally(answers.stream()
                .filter(answer -> people.contains(answer.person()))
                .toList());
    }
}
