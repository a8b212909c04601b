package bellwether.source;

import bellwether.nps.Respondent;
import java.util.Collection;
import java.util.Map;

/** What the store knows of a tool's people. */
public interface KnownRespondents {
    /** Those of the ids that are known, by id; a person the tool has deleted is known too. */
    Map<String, Respondent> known(String source, Collection<String> ids);
}
