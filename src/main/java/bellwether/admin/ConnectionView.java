package bellwether.admin;

import bellwether.source.Position;
import bellwether.store.UndeclaredSurveys;
import bellwether.store.Vanished;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A connection as people see it. What is null does not concern a connection of its kind, or is not known yet.
 *
 * @param declaration the file in {@code mappings/} that says how it is spoken to
 * @param lagSeconds age of the instant up to which everything is read
 * @param dataSince from when on there are responses
 * @param targets what it should hold, by kind and status; {@code acts} what is done once, the same way
 * @param vanished responses that the tool shows no more, too many to believe it: {@code approve} removes them
 * @param attention sentences, one for everything that waits for a person
 */
public record ConnectionView(
        String name,
        String kind,
        String declaration,
        String source,
        boolean directory,
        String state,
        Instant until,
        State.Trouble fault,
        List<Scan> positions,
        Long lagSeconds,
        Instant dataSince,
        Instant backfillRequestedSince,
        RunView lastRun,
        long openDeadLetters,
        Vanished.Question vanished,
        List<UndeclaredSurveys.Seen> undeclaredSurveys,
        List<String> surveysWithoutScores,
        String push,
        Map<String, Map<String, Long>> targets,
        Map<String, Map<String, Long>> acts,
        Long heldRows,
        List<String> missingFields,
        Long accountsToRefresh,
        List<String> attention) {
    /** How far one scan is, of one survey where the tool is read survey by survey. */
    public record Scan(
            String survey,
            String scan,
            double progress,
            Instant from,
            Instant coveredUntil,
            Instant to,
            Instant notBefore,
            long seen) {
        static Scan of(Position p) {
            String survey = p.parent().isEmpty() ? null : p.parent();
            return new Scan(
                    survey, p.scan(), p.progress(), p.from(), p.coveredUntil(), p.to(), p.notBefore(), p.seen());
        }
    }
}
