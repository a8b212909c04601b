package bellwether.store;

import bellwether.match.Matcher;
import bellwether.nps.AcceptPartial;
import bellwether.nps.AttributeBy;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts together what accepts responses and people over one store: the same matcher and the same projections for both. */
public final class Ledger {
    private final Store store;
    private final Clock clock;
    private final Responses responses;
    private final Inbox inbox;
    private final People people;
    private final Vanished vanished;

    /** A ledger whose responses count for their contact's account now. */
    public Ledger(Store store, Clock clock, Matcher matcher, List<Projection> projections) {
        this(store, clock, matcher, projections, AttributeBy.NOW, Map.of());
    }

    /**
     * Responses placed by another rule before follow this one.
     *
     * @param acceptPartial of sources whose answers do not count at once where they are not completed: from when they do
     */
    public Ledger(
            Store store,
            Clock clock,
            Matcher matcher,
            List<Projection> projections,
            AttributeBy attributeBy,
            Map<String, AcceptPartial> acceptPartial) {
        this.store = store;
        this.clock = clock;
        this.responses = new Responses(projections);
        store.change(Matching::prepare);
        var placement = new Placement(attributeBy);
        placement.settle(store, responses, clock.millis());
        var matching = new Matching(matcher, placement, responses);
        this.inbox = new Inbox(store, clock, matching, placement, responses, acceptPartial);
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

    /** Declares which surveys of a source ask what; whatever follows from the source's responses is stale if that has changed. */
    public void declare(String source, Surveys surveys) {
        inbox.declare(source, surveys);
        long now = clock.millis();
        String progress = "declared." + source;
        long id = store.write(h -> {
            long known = Sources.id(h, source);
            if (Sources.declare(h, known, surveys, now)) {
                Settings.write(h, progress, "0");
            }
            return known;
        });
        // In pieces, and after a crash on from where it was.
        while (store.write(h -> {
            Optional<Long> after = Settings.read(h, progress).map(Long::valueOf);
            List<Long> some = after.isEmpty() ? List.of() : Sources.responses(h, id, after.get(), 1000);
            if (some.isEmpty()) {
                Settings.remove(h, progress);
                return false;
            }
            Stale.responses(h, some);
            responses.owe(h, some, now);
            Settings.write(h, progress, Long.toString(some.get(some.size() - 1)));
            return true;
        })) {}
    }
}
