package bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Respondent;
import bellwether.nps.Send;
import bellwether.nps.Surveyed;
import bellwether.source.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When a contact was asked, by all that the tools say, is known wherever the contact goes, and nothing else is done for it. */
abstract class SurveyedContract extends LedgerFixture {
    private static final Instant MONDAY = START.minus(Duration.ofDays(6));
    private static final Instant TUESDAY = START.minus(Duration.ofDays(5));
    private static final Instant NEXT_YEAR = START.plus(Duration.ofDays(365));

    private final Map<String, Surveyed> seen = new TreeMap<>();

    @Test
    void whoWasAskedAndNeverAnsweredIsTold() {
        contact("Ada", "A1");
        contact("Bob", "A1");
        sent("s1", "ada", MONDAY, Send.Status.SENT);
        assertThat(stale("account")).isZero();
        assertThat(stale("contact")).isEqualTo(1);
        assertThat(refreshed()).isEqualTo(1);
        assertThat(seen).isEqualTo(Map.of("Ada", at(MONDAY)));
        sent("s1", "ada", MONDAY, Send.Status.DELIVERED);
        sent("s1", "ada", MONDAY, Send.Status.DELIVERED);
        assertThat(refreshed()).as("nothing new").isZero();
        sent("s2", "ada", TUESDAY, Send.Status.SENT);
        refreshed();
        assertThat(seen).containsEntry("Ada", at(TUESDAY));
        sent("s2", "ada", TUESDAY, Send.Status.BOUNCED);
        refreshed();
        assertThat(seen).as("it did not arrive").containsEntry("Ada", at(MONDAY));
        sent("s1", "bob", MONDAY, Send.Status.SENT);
        refreshed();
        assertThat(seen).as("it was somebody else").isEqualTo(Map.of("Ada", Surveyed.UNKNOWN, "Bob", at(MONDAY)));
    }

    @Test
    void whoAnsweredIsToldWithTheAccount() {
        contact("Ada", "A1");
        accept(answer("1", "ada", 9, TUESDAY).build());
        refreshed();
        sent("s1", "ada", MONDAY, Send.Status.SENT);
        assertThat(stale("account")).isEqualTo(1);
        assertThat(stale("contact")).isZero();
        refreshed();
        assertThat(seen).isEqualTo(Map.of("Ada", at(MONDAY)));
    }

    @Test
    void whatAToolTellsOfAPersonIsTakenOverAndTheLatestTimeStays() {
        contact("Ada", "A1");
        told("ada", new Surveyed(TUESDAY, NEXT_YEAR, "left the panel"));
        refreshed();
        assertThat(seen).containsEntry("Ada", new Surveyed(TUESDAY, NEXT_YEAR, "left the panel"));
        told("ada", null);
        assertThat(refreshed()).as("a copy that says nothing of it").isZero();
        told("ada", new Surveyed(TUESDAY, NEXT_YEAR, "left the panel"));
        assertThat(refreshed()).as("nothing new").isZero();
        told("ada", new Surveyed(MONDAY, null, null));
        refreshed();
        assertThat(seen).containsEntry("Ada", at(TUESDAY));
        told("ada", new Surveyed(null, null, null));
        assertThat(refreshed()).as("nothing is no time").isZero();
        sent("s1", "ada", TUESDAY.plusSeconds(1), Send.Status.OPENED);
        refreshed();
        assertThat(seen).containsEntry("Ada", at(TUESDAY.plusSeconds(1)));
    }

    @Test
    void severalToolsSayTheLatestTimeAndEveryReason() {
        contact("Ada", "A1");
        told("ada", new Surveyed(MONDAY, NEXT_YEAR, "complained"));
        deliver(
                "other",
                new Respondent(
                        "other",
                        "7",
                        "ADA@acme.test",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new Surveyed(TUESDAY, START, "bounced")));
        refreshed();
        assertThat(seen).containsEntry("Ada", new Surveyed(TUESDAY, NEXT_YEAR, "bounced; complained"));
    }

    @Test
    void whoWaitsIsToldAsSoonAsTheContactAppearsWhereverItMoves() {
        sent("s1", "ada", MONDAY, Send.Status.SENT);
        assertThat(refreshed()).isZero();
        contact("Ada", "A1");
        refreshed();
        assertThat(seen).isEqualTo(Map.of("Ada", at(MONDAY)));

        contact("Ada", "A2");
        assertThat(refreshed()).isPositive();
        sent("s2", "ada", TUESDAY, Send.Status.SENT);
        refreshed();
        assertThat(seen).isEqualTo(Map.of("Ada", at(TUESDAY)));

        contact("Ada", "A2", "End User", "other@acme.test");
        contact("Bob", null, "End User", "ada@acme.test");
        refreshed();
        assertThat(seen).as("by the earlier match, whatever the address").isEqualTo(Map.of("Ada", at(TUESDAY)));
        merge("Ada", "Bob");
        refreshed();
        assertThat(seen).containsEntry("Bob", at(TUESDAY));
    }

    @Test
    void allOfThemAreToldAnewWhenTheRulesChange() {
        contact("Ada", "A1");
        contact("Bob", "A1");
        sent("s1", "ada", MONDAY, Send.Status.SENT);
        refreshed();
        new Refresh(store, clock, List.of()).rules("new", Set.of());
        assertThat(stale("contact")).isEqualTo(1);
    }

    @Test
    void nobodyIsToldWhileTheBackfillRuns() {
        contact("Ada", "A1");
        sent("s1", "ada", MONDAY, Send.Status.SENT);
        Position begun = Position.open("wootric", Position.BACKFILL, MONDAY, START);
        store.change(h -> Positions.write(h, begun, 0));
        assertThat(refreshed(new Held(Map.of("wootric", "wootric")))).isZero();
        assertThat(refreshed()).isEqualTo(1);
    }

    @Test
    void whoAnsweredAnotherToolIsNotHeldBackByOneThatOnlyKnowsThem() {
        contact("Ada", null);
        accept(answer("1", "ada", 9, TUESDAY).build());
        var known = new Respondent("other", "7", "ada@acme.test", null, null, null, null, null, null);
        deliver("other", known, new Send("other", "s1", "7", "5", "email", MONDAY, Send.Status.SENT));
        assertThat(refreshed(new Held(Map.of("other", "other")))).isEqualTo(1);
        assertThat(seen).isEqualTo(Map.of("Ada", at(MONDAY)));
    }

    private static Surveyed at(Instant at) {
        return new Surveyed(at, null, null);
    }

    private void sent(String id, String person, Instant at, Send.Status status) {
        deliver("wootric", person(person), new Send("wootric", id, person, "31", "email", at, status));
    }

    private void told(String person, Surveyed surveyed) {
        deliver(
                "wootric",
                new Respondent("wootric", person, person + "@acme.test", null, null, null, null, null, null, surveyed));
    }

    private void deliver(String source, Respondent person, Send... sends) {
        ledger.inbox()
                .accept(new Delivery(
                        source,
                        Delivery.NO_RUN,
                        source,
                        false,
                        List.of(),
                        List.of(person),
                        List.of(sends),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    private void merge(String gone, String left) {
        ledger.people()
                .contacts(
                        List.of(new People.Contact(gone, null, null, null, List.of(), true, left, START, Map.of())),
                        List.of());
    }

    private long stale(String table) {
        return one("SELECT count(*) FROM " + table + " WHERE stale > 0");
    }

    private int refreshed() {
        return refreshed(new Held(Map.of()));
    }

    /** Refreshes all that is stale and notes what was seen of each contact. */
    private int refreshed(Held held) {
        var refresh = new Refresh(store, clock, List.of());
        int all = 0;
        int some;
        do {
            some = refresh.next(10, held, this::state);
            all += some;
        } while (some > 0);
        return all;
    }

    private State state(Subject subject) {
        subject.contacts().forEach(contact -> seen.put(contact.remoteId(), contact.surveyed()));
        List<State.Wish> wishes = Stream.of(subject)
                .flatMap(s -> s.contacts().stream())
                .map(c -> new State.Wish("crm", "contact", c.id(), "" + c.surveyed()))
                .toList();
        return new State(List.of(), List.of(), List.of(), null, wishes, Set.of(), Set.of(), null);
    }
}
