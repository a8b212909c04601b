package bellwether.health;

import bellwether.nps.AcceptPartial;
import bellwether.nps.Category;
import bellwether.nps.Metric;
import bellwether.nps.Tally;
import bellwether.store.Subject;
import java.time.Instant;
import java.util.List;

/** Sees stored responses as answers. */
public final class Answers {
    /** The answers of a subject as they are now; those deleted in the tool are no answers any more. */
    public static List<Answer> of(Subject subject, Rules rules, Instant now) {
        return subject.answers().stream()
                .filter(a -> !a.deleted())
                .map(a -> answer(a, rules, now))
                .toList();
    }

    static Answer answer(Subject.Answer a, Rules rules, Instant now) {
        return answer(a, a.excluded(), rules, now);
    }

    /** The same for who may count what the tool itself excludes. */
    static Answer answer(Subject.Answer a, boolean excluded, Rules rules, Instant now) {
        AcceptPartial accepts = a.partial() ? rules.accepts(a.source()) : AcceptPartial.SCORE_ONLY;
        Reason reason = excluded
                ? Reason.EXCLUDED_IN_TOOL
                : !a.declared()
                        ? Reason.UNDECLARED_SURVEY
                        : accepts.counts(a.answeredAt(), now) ? null : Reason.PARTIAL;
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
                reason,
                accepts.from(a.answeredAt()));
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
