package bellwether.store;

import bellwether.match.Key;
import bellwether.match.Matcher;
import bellwether.nps.AttributeBy;
import bellwether.nps.Metric;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.ResponseBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A ledger on one of the engines, with a clock that a test moves, and short words for what happens to it. */
abstract class LedgerFixture {
    static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    final Hand clock = new Hand();
    Store store;
    Ledger ledger;

    /** A clock moved by hand. */
    static final class Hand extends Clock {
        Instant now = START;

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    abstract Store open();

    @BeforeEach
    void openLedger() {
        store = open();
        ledger = ledger(AttributeBy.NOW);
        ledger.declare("wootric", new Surveys(Map.of("31", Metric.NPS, "77", Metric.CSAT), null));
        ledger.people().accounts(List.of(account("A1"), account("A2"), account("A3")), List.of());
        ledger.people().complete();
    }

    Ledger ledger(AttributeBy attributeBy) {
        return new Ledger(
                store,
                clock,
                new Matcher(List.of(Key.CRM_ID, Key.PERSON, Key.EMAIL)),
                List.of(new CountedOnly()),
                attributeBy,
                Map.of());
    }

    @AfterEach
    void closeLedger() {
        store.close();
    }

    static People.Account account(String id) {
        return new People.Account(id, "Account " + id, "owner", "1000", null, false, false, START, Map.of());
    }

    /** A contact whose e-mail address is its id at acme.test. */
    void contact(String id, String account) {
        contact(id, account, "End User", id.toLowerCase(java.util.Locale.ROOT) + "@acme.test");
    }

    void contact(String id, String account, String role, String... emails) {
        ledger.people()
                .contacts(
                        List.of(new People.Contact(
                                id, account, "Name " + id, role, List.of(emails), false, null, Map.of())),
                        List.of());
    }

    /** A person of the tool, with the address of the contact of that id. */
    static Respondent person(String id) {
        return new Respondent("wootric", id, id + "@acme.test", null, null, null, null, null, null);
    }

    static ResponseBuilder answer(String id, String person, Integer score, Instant at) {
        return Response.of("wootric", null, id)
                .survey("31")
                .respondent(person)
                .score(score)
                .answeredAt(at)
                .updatedAt(at);
    }

    /** Accepts responses as a webhook would bring them, with the people who gave them. */
    Inbox.Receipt accept(Response... responses) {
        return deliver(List.of(responses), List.of(), List.of());
    }

    /** A complete read of [from, until), by one delivery, that shows these responses. */
    Inbox.Receipt read(Instant from, Instant until, Response... shown) {
        return deliver(List.of(shown), List.of(), List.of(new Delivery.Reading("", "rescan:2d", from, until, true)));
    }

    Inbox.Receipt deliver(List<Response> responses, List<DeadLetters.Letter> letters, List<Delivery.Reading> readings) {
        List<Respondent> people = new ArrayList<>();
        responses.stream()
                .map(Response::respondent)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .forEach(id -> people.add(person(id)));
        return ledger.inbox()
                .accept(new Delivery(
                        "wootric",
                        Delivery.NO_RUN,
                        "wootric",
                        false,
                        responses,
                        people,
                        List.of(),
                        letters,
                        List.of(),
                        readings));
    }

    long one(String sql) {
        return store.read(h -> h.createQuery(sql).mapTo(Long.class).one());
    }

    String text(String sql) {
        return store.read(h -> h.createQuery(sql).mapTo(String.class).one());
    }

    private static final class CountedOnly implements Projection {
        @Override
        public String crm() {
            return "crm";
        }

        @Override
        public Act signal(Event event) {
            return null;
        }

        @Override
        public String response(Facts f) {
            return f.key() + "|" + f.contact() + "|" + f.account() + "|" + f.score() + "|" + f.counted();
        }
    }
}
