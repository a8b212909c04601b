package bellwether.store;

import bellwether.nps.Rollup;
import bellwether.nps.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a refreshed subject's state is, a pure function of the subject, the rules and the time.
 *
 * @param rollups of the account; empty for a lone contact
 * @param signals of the account
 * @param events what has ever happened by these answers and rules; recorded is what is new of it
 * @param actFrom an event from before this instant is recorded as old, so that nobody acts on it; null: none is old
 * @param wishes what each CRM should hold of the account and its contacts
 * @param duplicates responses (our keys) suspected to be duplicates, not counted
 * @param awaited responses (our keys) not counted as long as they are not completed
 * @param nextChangeAt the earliest instant at which anything of this changes without new data, or null
 */
public record State(
        List<Rollup> rollups,
        List<Signal> signals,
        List<Event> events,
        Instant actFrom,
        List<Wish> wishes,
        Set<Long> duplicates,
        Set<Long> awaited,
        Instant nextChangeAt) {
    /** What one CRM should hold of one object; content is a JSON object in its field names. */
    public record Wish(String crm, String kind, long subject, String content) {}
}
