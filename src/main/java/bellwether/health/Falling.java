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
        Rollups.Detail after = Rollups.detail(judged, rules, RECENT, rules.policy(), today, null);
        Rollups.Detail before = Rollups.detail(judged, rules, RECENT, rules.policy(), today.minusDays(DAYS), null);
        Change change = Change.adjusted(before.rollup().tally(), after.rollup().tally());
        Set<String> both = people(after);
        both.retainAll(people(before));
        return new Falling(
                change,
                Change.adjusted(tally(before, both), tally(after, both)),
                change != null && change.falling(rules.minNFlag()));
    }

    private static Set<String> people(Rollups.Detail detail) {
        return detail.counted().stream()
                .filter(answer -> answer.score() != null)
                .map(Answer::person)
                .collect(Collectors.toSet());
    }

    private static Tally tally(Rollups.Detail detail, Set<String> people) {
        return Tally.of(detail.counted().stream()
                .filter(answer -> answer.score() != null && people.contains(answer.person()))
                .map(Answer::score)
                .toList());
    }
}
