package bellwether.store;

import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.Send;
import bellwether.source.Position;
import java.time.Instant;
import java.util.List;

/**
 * What one or several whole pages of one connection brought, accepted in one transaction.
 *
 * @param run the number of the run that read them; an older one than the connection's newest writes nothing
 * @param source the connection's declared source name
 * @param backfill whether they were read by the backfill, so that records can say so
 * @param sends surveys that were sent
 * @param letters records that could not be mapped
 * @param positions where to go on after these pages
 * @param readings of the scans these pages belong to, those from which one can tell what the tool no longer has
 */
public record Delivery(
        String connection,
        long run,
        String source,
        boolean backfill,
        List<Response> responses,
        List<Respondent> respondents,
        List<Send> sends,
        List<DeadLetters.Letter> letters,
        List<Position> positions,
        List<Reading> readings) {
    /** The number of a delivery that belongs to no run, such as records replayed by a person. */
    public static final long NO_RUN = 0;

    /** Without sends, and nothing follows about what is not in it. */
    public Delivery(
            String connection,
            long run,
            String source,
            boolean backfill,
            List<Response> responses,
            List<Respondent> respondents,
            List<DeadLetters.Letter> letters,
            List<Position> positions) {
        this(connection, run, source, backfill, responses, respondents, List.of(), letters, positions, List.of());
    }

    /**
     * A scan that reads everything the tool has of a time, as far as a delivery brings it.
     *
     * @param from with {@code until} the part of that time, by the time of answer, that is now read to its end; empty if they are equal
     * @param last whether the scan is read to its end
     */
    public record Reading(String parent, String scan, Instant from, Instant until, boolean last) {}
}
