package bellwether.match;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What the matcher asks of the directory; each question is asked once for many respondents. Deleted contacts are no candidates; for a
 * merged one stands the contact that is left.
 */
public interface Candidates {
    /** False until the directory has been read to its end once: before that nobody is unknown. */
    boolean complete();

    /** By normalised e-mail address, over all e-mail fields of a contact. */
    Map<String, List<Candidate>> byEmail(Collection<String> emails);

    /** By the CRM's own contact id, as a tool may carry it along. */
    Map<String, Candidate> byRemoteId(Collection<String> remoteIds);

    /** By the contact that each respondent (our key) was matched to before. */
    Map<Long, Candidate> byEarlierMatch(Collection<Long> respondents);
}
