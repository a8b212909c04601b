package bellwether.health;

import bellwether.store.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers that may be one and the same. Which of them counts may change, as when a later one is completed, an earlier one arrives late or
 * one is deleted; what was told of one has been told of all. Those that do not count are among them, as they may have counted before.
 */
final class Alike {
    private final Subject subject;
    private final Rules rules;
    private final Instant now;
    private Map<Judged.Same, List<Answer>> answers;

    /** Nothing is gone through before somebody asks, which is only where something is to be told. */
    Alike(Subject subject, Rules rules, Instant now) {
        this.subject = subject;
        this.rules = rules;
        this.now = now;
    }

    /** All others that an answer may be the same as. */
    List<Answer> to(Answer answer) {
        if (answers == null) {
            answers = grouped();
        }
        return answers.getOrDefault(Judged.Same.of(answer, rules), List.of()).stream()
                .filter(other -> other.id() != answer.id() && Judged.repeats(other, answer, rules))
                .toList();
    }

    private Map<Judged.Same, List<Answer>> grouped() {
        Map<Judged.Same, List<Answer>> grouped = new HashMap<>();
        if (!rules.duplicateWithin().isZero()) {
            for (Subject.Answer one : subject.answers()) {
                Answer answer = Answers.answer(one, rules, now);
                grouped.computeIfAbsent(Judged.Same.of(answer, rules), same -> new ArrayList<>(1))
                        .add(answer);
            }
        }
        return grouped;
    }
}
