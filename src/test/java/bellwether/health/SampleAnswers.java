package bellwether.health;

import bellwether.nps.Metric;
import java.time.Instant;

/** SampleAnswers for tests: scored NPS answers of one survey unless changed. */
final class SampleAnswers {
    private SampleAnswers() {}

    /** At noon UTC where only a date is given. */
    static Answer answer(int id, String person, Integer score, String answeredAt) {
        return new Answer(
                id,
                person,
                null,
                Metric.NPS,
                score,
                Instant.parse(answeredAt.length() == 10 ? answeredAt + "T12:00:00Z" : answeredAt),
                false,
                null,
                "wootric",
                Integer.toString(id),
                "nps",
                null,
                false,
                null,
                null);
    }

    static Answer role(Answer answer, String role) {
        return copy(
                answer,
                answer.metric(),
                answer.updatedAt(),
                answer.survey(),
                role,
                answer.commented(),
                answer.excluded());
    }

    static Answer metric(Answer answer, Metric metric) {
        return copy(
                answer,
                metric,
                answer.updatedAt(),
                answer.survey(),
                answer.role(),
                answer.commented(),
                answer.excluded());
    }

    static Answer survey(Answer answer, String survey) {
        return copy(
                answer,
                answer.metric(),
                answer.updatedAt(),
                survey,
                answer.role(),
                answer.commented(),
                answer.excluded());
    }

    static Answer updated(Answer answer, String updatedAt) {
        return copy(
                answer,
                answer.metric(),
                Instant.parse(updatedAt),
                answer.survey(),
                answer.role(),
                answer.commented(),
                answer.excluded());
    }

    static Answer commented(Answer answer) {
        return copy(
                answer, answer.metric(), answer.updatedAt(), answer.survey(), answer.role(), true, answer.excluded());
    }

    static Answer excluded(Answer answer, Reason reason) {
        return copy(
                answer,
                answer.metric(),
                answer.updatedAt(),
                answer.survey(),
                answer.role(),
                answer.commented(),
                reason);
    }

    private static Answer copy(
            Answer answer,
            Metric metric,
            Instant updatedAt,
            String survey,
            String role,
            boolean commented,
            Reason excluded) {
        return new Answer(
                answer.id(),
                answer.person(),
                answer.contact(),
                metric,
                answer.score(),
                answer.answeredAt(),
                answer.dateOnly(),
                updatedAt,
                answer.source(),
                answer.responseId(),
                survey,
                role,
                commented,
                excluded,
                answer.countsFrom());
    }
}
