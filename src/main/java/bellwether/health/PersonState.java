package bellwether.health;

import bellwether.nps.Category;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where one person stands, over all their answers that count, whatever the window.
 *
 * @param previous the answer before the latest; null for a first-time respondent
 * @param count of answers that count
 * @param commented the latest of these with a comment; null if none has
 */
public record PersonState(String person, Answer first, Answer previous, Answer latest, int count, Answer commented) {
    /** One state per person with at least one answer that counts. */
    public static Map<String, PersonState> of(List<Answer> answers, Rules rules) {
        return judged(Judged.all(answers, rules));
    }

    static Map<String, PersonState> judged(Collection<Judged> judged) {
        Map<String, PersonState> people = new LinkedHashMap<>();
        for (Judged one : judged) {
            if (one.counts()) {
                people.compute(one.answer().person(), (person, known) -> after(known, one.answer()));
            }
        }
        return people;
    }

    public int score() {
        return latest.score();
    }

    public Category category() {
        return latest.category();
    }

    /** Latest minus previous score, −10 to 10; null for a first-time respondent. */
    public Integer change() {
        return previous == null ? null : latest.score() - previous.score();
    }

    /** Categories moved up (positive) or down, −2 to 2; null for a first-time respondent. */
    public Integer bandChange() {
        return previous == null ? null : category().band() - previous.category().band();
    }

    public Instant firstAt() {
        return first.answeredAt();
    }

    public Instant latestAt() {
        return latest.answeredAt();
    }

    /** The state after one more answer; {@code known} is null before the first. */
    static PersonState after(PersonState known, Answer next) {
        return known == null ? first(next) : known.then(next);
    }

    private static PersonState first(Answer answer) {
        return new PersonState(answer.person(), answer, null, answer, 1, answer.commented() ? answer : null);
    }

    private PersonState then(Answer next) {
        return new PersonState(person, first, latest, next, count + 1, next.commented() ? next : commented);
    }
}
