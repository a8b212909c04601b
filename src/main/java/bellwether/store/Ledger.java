package bellwether.store;

import bellwether.match.Matcher;
import bellwether.nps.AttributeBy;
import java.time.Clock;
import java.util.List;

/** Puts together what accepts responses and people over one store: the same matcher and the same projections for both. */
public final class Ledger {
    private final Store store;
    private final Clock clock;
    private final Inbox inbox;
    private final People people;
    private final Vanished vanished;

    /** A ledger whose responses count for their contact's account now. */
    public Ledger(Store store, Clock clock, Matcher matcher, List<Projection> projections) {
        this(store, clock, matcher, projections, AttributeBy.NOW);
    }

    /** Responses placed by another rule before follow this one. */
    public Ledger(Store store, Clock clock, Matcher matcher, List<Projection> projections, AttributeBy attributeBy) {
        this.store = store;
        this.clock = clock;
        var responses = new Responses(projections);
        var placement = new Placement(attributeBy);
        placement.settle(store, responses, clock.millis());
        var matching = new Matching(matcher, placement, responses);
        this.inbox = new Inbox(store, clock, matching, placement, responses);
        this.people = new People(store, clock, matching, responses);
        this.vanished = new Vanished(store, clock, responses);
    }

    public Inbox inbox() {
        return inbox;
    }

    public People people() {
        return people;
    }

    /** What the tools no longer show and a person has not decided about. */
    public Vanished vanished() {
        return vanished;
    }

    /** Declares which surveys of a source ask what; a changed declaration makes every account of the source stale. */
    public void declare(String source, Surveys surveys) {
        inbox.declare(source, surveys);
        long now = clock.millis();
        store.change(h -> {
            long id = Sources.id(h, source);
            if (Sources.declare(h, id, surveys, now)) {
                h.createUpdate(
                                "UPDATE account SET stale = stale + 1 WHERE id IN (SELECT account FROM response WHERE source = :source)")
                        .bind("source", id)
                        .execute();
            }
        });
    }
}
