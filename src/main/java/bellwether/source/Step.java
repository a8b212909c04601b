package bellwether.source;

import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import java.time.Instant;
import java.util.List;

/** What came of asking for the next page. */
public sealed interface Step {
    /** The position to go on from. */
    Position position();

    /**
     * A page, to be accepted in one transaction with its position. It may hold only people, where a pause came between them and their
     * responses.
     *
     * @param respondents people read, those of this page that were not known among them; a deleted one has nothing but an id
     * @param repeated rows recognised from before, and left out
     * @param windowDone true if everything before {@code position.coveredUntil} is now read
     */
    record Page(
            List<Response> responses,
            List<Respondent> respondents,
            List<SetAside> setAside,
            int repeated,
            Position position,
            boolean windowDone)
            implements Step {}

    /** Not before the instant; the position says so too. */
    record Wait(Instant until, Fault.Transient fault, Position position) implements Step {}

    /** Nothing more from this connection until a person has acted. */
    record Pause(Fault.Config fault, Position position) implements Step {}

    /** The scan is read to its end. */
    record Done(Position position) implements Step {}
}
