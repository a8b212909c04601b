package bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.match.Key;
import bellwether.match.Matcher;
import bellwether.source.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While a connection's backfill runs its accounts stay as they are. */
@Timeout(60)
abstract class HeldContract extends LedgerFixture {
    private final Held held = new Held(Map.of("wootric", "wootric"));
    private final Position begun =
            Position.open("wootric", Position.BACKFILL, START.minus(Duration.ofDays(180)), START.minusSeconds(60));
    private final Position ended =
            new Position("wootric", "", Position.BACKFILL, begun.to(), begun.from(), begun.to(), null, null, null, 2);

    @BeforeEach
    void people() {
        contact("Ada", "A1");
    }

    @Test
    void anAccountIsToldOfNothingBeforeItsBackfillHasEnded() {
        page(ledger, begun, "1");
        assertThat(refreshed()).isZero();
        page(ledger, ended, "3");
        assertThat(refreshed()).isEqualTo(1);
    }

    @Test
    void whatANoticeBringsBeforeTheBackfillHasBegunWaitsForItsEnd() {
        accept(answer("0", "ada", 2, START.minus(Duration.ofDays(1))).build());
        assertThat(refreshed()).isZero();
        page(ledger, Position.open("wootric", Position.PERSONS, START.minus(Duration.ofDays(180)), START));
        assertThat(refreshed()).as("people are read first").isZero();
        page(ledger, begun, "1");
        assertThat(refreshed()).isZero();
        page(ledger, ended, "3");
        assertThat(refreshed()).isEqualTo(1);
    }

    /** Else a CRM would be told that nobody answered, and of a health that changes with what was answered long ago. */
    @Test
    void theFirstWordOfAnAccountThatNobodyAnsweredForWaitsForTheEndOfEveryBackfill() {
        new Refresh(store, clock, List.of()).rules("rules", Set.of("revenue"));
        page(ledger, begun);
        assertThat(refreshed()).isZero();
        page(ledger, ended);
        assertThat(refreshed()).isEqualTo(3);

        page(ledger, begun);
        new Refresh(store, clock, List.of()).all("test");
        assertThat(refreshed()).as("who was told of before goes on").isEqualTo(3);
        page(ledger, begun, "1");
        assertThat(refreshed()).isZero();
    }

    @Test
    void ofAConnectionThatIsPausedWhatThereIsCounts() {
        page(ledger, begun, "1");
        var pauses = new Pauses(store, clock);
        pauses.pause("wootric", "TOKEN_REFUSED", "It was refused.");
        assertThat(refreshed()).isEqualTo(1);
        pauses.resume("wootric");
        page(ledger, begun, "3");
        assertThat(refreshed()).isZero();
    }

    @Test
    void aFirstPageThatIsBeingWrittenWhileARefreshBeginsIsSeen() throws InterruptedException {
        accept(answer("0", "ada", 9, START.minus(Duration.ofDays(1))).build());
        var writing = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var slow = new Ledger(store, clock, new Matcher(List.of(Key.EMAIL)), List.of(new Slow(writing, goOn)));
        var page = CompletableFuture.runAsync(() -> page(slow, begun, "1"));
        writing.await();
        var refreshed = new int[] {-1};
        var refresh = new Thread(() -> refreshed[0] = refreshed());
        refresh.start();
        await().until(() -> refresh.getState() == Thread.State.TIMED_WAITING || !refresh.isAlive());
        goOn.countDown();
        page.join();
        refresh.join();

        assertThat(refreshed[0]).as("accounts refreshed with half a history").isZero();
        assertThat(one("SELECT stale FROM account WHERE remote_id = 'A1'")).isPositive();
    }

    @Test
    void whoComesWithAPageThatIsBeingWrittenWhenTheDirectoryIsReadIsMatched() throws InterruptedException {
        contact("Bo", "A2");
        accept(answer("0", "ada", 9, START.minus(Duration.ofDays(1))).build());
        store.change(h -> h.execute("UPDATE setting SET value = 'reading' WHERE name = 'directory'"));
        var writing = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var slow = new Ledger(store, clock, new Matcher(List.of(Key.EMAIL)), List.of(new Slow(writing, goOn)));
        var page = CompletableFuture.runAsync(() -> page(slow, ended, "1", "2"));
        writing.await();
        var people = new Thread(() -> ledger.people().complete());
        people.start();
        people.join(500);
        goOn.countDown();
        page.join();
        people.join();

        assertThat(one("SELECT count(*) FROM respondent WHERE status <> 'matched'"))
                .isZero();
        assertThat(refreshed()).isEqualTo(2);
    }

    private int refreshed() {
        return new Refresh(store, clock, List.of())
                .next(
                        10,
                        held,
                        subject ->
                                new State(List.of(), List.of(), List.of(), null, List.of(), Set.of(), Set.of(), null));
    }

    /** A page of the backfill with answers, an odd one by Ada, an even one by Bo, and the position behind it. */
    private static void page(Ledger ledger, Position position, String... ids) {
        ledger.inbox()
                .accept(new Delivery(
                        "wootric",
                        Delivery.NO_RUN,
                        "wootric",
                        true,
                        Stream.of(ids)
                                .map(id -> answer(id, by(id), 9, START.minus(Duration.ofDays(90)))
                                        .build())
                                .toList(),
                        Stream.of(ids).map(id -> person(by(id))).toList(),
                        List.of(),
                        List.of(position)));
    }

    private static String by(String id) {
        return Integer.parseInt(id) % 2 == 1 ? "ada" : "bo";
    }

    /** A CRM whose wish is composed slowly, so that a page's transaction stays open. */
    private record Slow(CountDownLatch writing, CountDownLatch goOn) implements Projection {
        @Override
        public String crm() {
            return "crm";
        }

        @Override
        public Act signal(Event event) {
            return null;
        }

        @Override
        public String response(Facts facts) {
            writing.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return facts.key();
        }
    }
}
