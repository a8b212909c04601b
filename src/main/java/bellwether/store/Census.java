package bellwether.store;

import bellwether.nps.AttributeBy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.function.Function;

/**
 * Looks at the answers to NPS questions of everybody, as they are now or as they were believed to be. Writes nothing.
 */
public final class Census {
    /**
     * One current response to a survey declared as NPS, unless deleted in the tool: without its comment and role.
     *
     * @param account our key of the account it counts for, or null
     */
    public record Given(Subject.Answer answer, Long account) {}

    /** An account as far as figures need to know it; {@code revenue} may be null. */
    public record Account(long id, String remoteId, BigDecimal revenue, boolean churned, boolean deleted) {}

    private final Store store;

    public Census(Store store) {
        this.store = store;
    }

    /** Looks at one consistent state of the store. */
    public <T> T look(Function<Sight, T> work) {
        return store.read(h -> work.apply(new SightNow(h)));
    }

    /**
     * Looks at what was believed at an instant.
     *
     * @param attributeBy whose answer it is when a contact has changed accounts
     * @param validAt the instant it is about: where contacts were, what accounts were, and the last answers
     * @param knownAt whatever was recorded later is left out
     */
    public <T> T look(AttributeBy attributeBy, Instant validAt, Instant knownAt, Function<Sight, T> work) {
        return store.read(
                h -> work.apply(new SightThen(h, attributeBy, validAt.toEpochMilli(), knownAt.toEpochMilli())));
    }
}
