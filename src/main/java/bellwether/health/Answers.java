package bellwether.health;

import bellwether.nps.Category;
import bellwether.nps.Metric;
import bellwether.nps.Tally;
import bellwether.store.Subject;
import java.util.List;

/** Sees stored responses as answers. */
public final class Answers {
    /** The answers of a subject; those deleted in the tool are no answers any more. */
    public static List<Answer> of(Subject subject) {
        return subject.answers().stream()
                .filter(a -> !a.deleted())
                .map(Answers::answer)
                .toList();
    }

    static Answer answer(Subject.Answer a) {
        return new Answer(
                a.id(),
                person(a),
                a.contact(),
                a.metric() == null ? Metric.OTHER : Metric.parse(a.metric()),
                a.score(),
                a.answeredAt(),
                a.dateOnly(),
                a.updatedAt(),
                a.source(),
                a.key(),
                a.survey(),
                a.role(),
                a.comment() != null,
                a.excluded() ? Reason.EXCLUDED_IN_TOOL : a.declared() ? null : Reason.UNDECLARED_SURVEY);
    }

    /** Contact, else normalised e-mail, else the tool's person. */
    private static String person(Subject.Answer a) {
        return a.contact() != null
                ? "contact:" + a.contact()
                : a.email() != null ? "email:" + a.email() : "respondent:" + a.respondent();
    }

    /** What answers that count amount to. */
    static Tally tally(List<Answer> counted) {
        Tally tally = Tally.NONE;
        for (Answer answer : counted) {
            tally = tally.plus(one(answer.score()));
        }
        return tally;
    }

    /** One answer that counts; without a score it is neither for nor against. */
    static Tally one(Integer score) {
        return Tally.NONE.plus(score == null ? Category.PASSIVE : Category.of(score));
    }

    private Answers() {}
}
