package bellwether.bench;

import bellwether.health.Fields;
import bellwether.health.Refresher;
import bellwether.health.Rules;
import bellwether.match.Key;
import bellwether.match.Matcher;
import bellwether.nps.Metric;
import bellwether.nps.Nps;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.store.Delivery;
import bellwether.store.Held;
import bellwether.store.Ledger;
import bellwether.store.People;
import bellwether.store.Refresh;
import bellwether.store.Runs;
import bellwether.store.Store;
import bellwether.store.Surveys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A ledger of a chosen size, made by what the daemon itself accepts with; every figure in it follows from an answer's number. */
final class BigLedger implements AutoCloseable {
    static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final Instant START = Instant.parse("2026-11-10T12:00:00Z");
    private static final int PAGE = 1000;

    final int size;
    private final int each;
    private final int people;
    private final Store store;
    private final Ledger ledger;
    private final Refresh refresh;
    private final Refresher refresher;
    private final long run;
    private Instant now = START;
    private int edits;

    /**
     * @param size how many responses
     * @param each how many of them are of one account
     * @param people how many contacts of an account gave them
     */
    BigLedger(Store store, int size, int each, int people) {
        this.store = store;
        this.size = size;
        this.each = each;
        this.people = people;
        Clock clock = clock();
        ledger = new Ledger(store, clock, new Matcher(List.of(Key.CRM_ID, Key.PERSON, Key.EMAIL)), List.of());
        refresh = new Refresh(store, clock, List.of());
        refresher =
                new Refresher(refresh, new Held(Map.of()), Rules.defaults(ZONE), Map.of(), List.of(new Words()), clock);
        ledger.declare("tool", new Surveys(Map.of("31", Metric.NPS), null));
        run = new Runs(store, clock).begin("tool", "pull", "schedule");
    }

    private Clock clock() {
        return new Clock() {
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
        };
    }

    /** A CRM that takes every word as it is. */
    private record Words() implements Fields {
        @Override
        public String crm() {
            return "crm";
        }

        @Override
        public boolean wants(String kind) {
            return true;
        }

        @Override
        public String contact(Map<String, Object> words) {
            return new TreeMap<>(words).toString();
        }

        @Override
        public String account(Map<String, Object> words, Map<String, Map<String, Object>> byWindow) {
            Map<String, Object> shown = new TreeMap<>(words);
            shown.replaceAll((word, value) -> value instanceof Nps nps ? nps.display() : value);
            return shown.toString();
        }
    }

    /** Accounts, contacts, responses, none refreshed yet. */
    void fill() {
        int accounts = size / each;
        pages(accounts, numbers -> ledger.people()
                .accounts(numbers.mapToObj(BigLedger::account).toList(), List.of()));
        pages(accounts * people, numbers -> ledger.people()
                .contacts(numbers.mapToObj(this::contact).toList(), List.of()));
        ledger.people().complete();
        pages(
                accounts * people,
                numbers -> accept(List.of(), numbers.mapToObj(BigLedger::person).toList()));
        pages(size, numbers -> accept(numbers.mapToObj(n -> answer(n).build()).toList(), List.of()));
    }

    private interface Page {
        void of(IntStream numbers);
    }

    private static void pages(int count, Page page) {
        for (int from = 0; from < count; from += PAGE) {
            page.of(IntStream.range(from, Math.min(count, from + PAGE)));
        }
    }

    private void accept(List<Response> responses, List<Respondent> respondents) {
        ledger.inbox().accept(new Delivery("tool", run, "tool", false, responses, respondents, List.of(), List.of()));
    }

    private static People.Account account(int n) {
        return new People.Account("A" + n, "Account " + n, null, null, null, false, false, START, Map.of());
    }

    private People.Contact contact(int n) {
        return new People.Contact(
                "C" + n, "A" + n / people, null, null, List.of("p" + n + "@acme.test"), false, START, Map.of());
    }

    private static Respondent person(int n) {
        return new Respondent("tool", "u" + n, "p" + n + "@acme.test", null, null, null, null, null, null);
    }

    private bellwether.nps.ResponseBuilder answer(int n) {
        return Response.of("tool", null, Integer.toString(n))
                .survey("31")
                .respondent("u" + personOf(n))
                .score(scoreOf(n))
                .comment("comment " + n)
                .answeredAt(answeredAt(n))
                .updatedAt(answeredAt(n));
    }

    int accountOf(int n) {
        return n / each;
    }

    int personOf(int n) {
        return n / each * people + n % people;
    }

    static int scoreOf(int n) {
        return (int) (n * 7919L % 11);
    }

    /** Somewhere in the year before. */
    static Instant answeredAt(int n) {
        return START.minusSeconds((n * 104_729L) % Duration.ofDays(365).toSeconds());
    }

    /** Changes one response of each of so many accounts. */
    void edit(int many) {
        edits++;
        List<Response> changed = new ArrayList<>();
        int accounts = size / each;
        for (int i = 0; i < many; i++) {
            int account = (int) ((i * (long) accounts / many + edits) % accounts);
            int n = account * each + (edits * 31 + i) % each;
            changed.add(answer(n)
                    .score((scoreOf(n) + edits) % 11)
                    .updatedAt(START.plusSeconds(edits))
                    .build());
        }
        accept(changed, List.of());
    }

    /** Refreshes until nothing is stale; returns how many accounts. */
    int refresh() {
        int all = 0;
        for (int some = refresher.next(); some > 0; some = refresher.next()) {
            all += some;
        }
        return all;
    }

    void recompute() {
        refresh.all("bench");
    }

    /** A day passes. */
    void tomorrow() {
        now = now.plus(Duration.ofDays(1));
    }

    @Override
    public void close() {
        store.close();
    }
}
