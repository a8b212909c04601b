package bellwether.source;

import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.Send;
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
     * @param skipped rows that the tool's file does not take
     * @param windowDone true if everything before {@code position.coveredUntil} is now read
     */
    record Page(
            List<Response> responses,
            List<Respondent> respondents,
            List<Send> sends,
            List<SetAside> setAside,
            int repeated,
            int skipped,
            Position position,
            boolean windowDone)
            implements Step {}

    /** Not before the instant; the position says so too. */
    record Wait(Instant until, Fault.Transient fault, Position position) implements Step {
        /** True if nothing is wrong: the tool is still busy with what it was asked for. */
        public boolean patient() {
            return fault.code().equals(Faults.EXPORT_RUNNING);
        }
    }

    /** Nothing more from this connection until a person has acted. */
    record Pause(Fault.Config fault, Position position) implements Step {}

    /** Nothing from this parent, which the tool refuses or does not know; the others go on. */
    record Skip(Fault fault, Position position) implements Step {}

    /** The scan is read to its end. */
    record Done(Position position) implements Step {}
}
