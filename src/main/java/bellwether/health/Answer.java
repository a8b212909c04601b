package bellwether.health;

import bellwether.nps.Category;
import bellwether.nps.Metric;
import java.time.Instant;
import java.util.Comparator;

/**
 * One current response as a rollup sees it.
 *
 * @param id our id of the response
 * @param person contact id, else normalised e-mail, else the source's id of the person: whatever makes two answers one person's
 * @param contact our id of the contact; null if not matched to one
 * @param score null if unscored; 0 to 10 for NPS
 * @param dateOnly true if only the day is known; {@code answeredAt} is then about noon of it
 * @param updatedAt null if the tool does not tell
 * @param source with {@code responseId} the last tie-breaker between answers of one instant
 * @param survey null if the tool has none
 * @param role of the contact; null if not known
 * @param commented true if there is a comment
 * @param excluded why it is out whatever the window, as far as the ledger knows; null if it is not
 * @param countsFrom from when it counts although it is not completed; null where time makes no difference
 */
public record Answer(
        long id,
        String person,
        Long contact,
        Metric metric,
        Integer score,
        Instant answeredAt,
        boolean dateOnly,
        Instant updatedAt,
        String source,
        String responseId,
        String survey,
        String role,
        boolean commented,
        Reason excluded,
        Instant countsFrom) {
    /** The later of two answers is the greater: by time of answer, then of update, then source, then the tool's id as text. */
    public static final Comparator<Answer> BY_TIME = Comparator.comparing(Answer::answeredAt)
            .thenComparing(Answer::updatedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Answer::source)
            .thenComparing(Answer::responseId);

    /** Null if unscored. */
    public Category category() {
        return score == null ? null : Category.of(score);
    }
}
