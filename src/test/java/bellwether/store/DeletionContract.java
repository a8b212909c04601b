package bellwether.store;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a response that a tool does not show any more is believed to be deleted. */
abstract class DeletionContract extends LedgerFixture {
    private static final Instant FROM = START.minus(Duration.ofDays(2));

    @Test
    void whatTwoCompleteReadsDoNotFindIsDeletedAndMayComeBack() {
        contact("Ada", "A1");
        Response gone = answer("1", "ada", 3, FROM.plusSeconds(10))
                .comment("never again")
                .build();
        Response stays = answer("2", "ada", 9, FROM.plusSeconds(20)).build();
        accept(gone, stays);

        assertThat(later(stays).changed()).isZero();
        assertThat(one("SELECT count(*) FROM response WHERE deleted = 1")).isZero();
        long stale = one("SELECT stale FROM account WHERE remote_id = 'A1'");

        assertThat(later(stays).changed()).isEqualTo(1);
        assertThat(text("SELECT remote_id FROM response WHERE deleted = 1")).isEqualTo("1");
        assertThat(one("SELECT version FROM response WHERE remote_id = '1'")).isEqualTo(2);
        assertThat(one("SELECT stale FROM account WHERE remote_id = 'A1'")).isEqualTo(stale + 1);
        assertThat(wanted("1")).endsWith("|3|false");
        assertThat(wanted("2")).endsWith("|9|true");

        assertThat(later(stays).changed()).isZero();
        assertThat(one("SELECT count(*) FROM response_version")).isEqualTo(3);

        assertThat(later(gone, stays).changed()).isEqualTo(1);
        assertThat(one("SELECT deleted FROM response WHERE remote_id = '1'")).isZero();
        assertThat(one("SELECT version FROM response WHERE remote_id = '1'")).isEqualTo(3);
        assertThat(text("SELECT comment FROM response_text WHERE version = 3")).isEqualTo("never again");
        assertThat(wanted("1")).endsWith("|3|true");
    }

    @Test
    void twoReadsWithOneInBetweenThatFoundItAreNoTwoReads() {
        Response a = answer("1", "ada", 3, FROM.plusSeconds(10)).build();
        Response b = answer("2", "ada", 9, FROM.plusSeconds(20)).build();
        accept(a, b);
        later(b);
        later(a, b);
        later(b);
        assertThat(one("SELECT count(*) FROM response WHERE deleted = 1")).isZero();
    }

    @Test
    void anEmptyListIsNeverBelieved() {
        List<Response> all = answers(3);
        accept(all.toArray(Response[]::new));
        for (int hour = 0; hour < 5; hour++) {
            assertThat(later().changed()).isZero();
        }
        assertThat(one("SELECT count(*) FROM response WHERE deleted = 1")).isZero();
        assertThat(ledger.vanished().question("wootric"))
                .hasValue(new Vanished.Question(
                        3, FROM.plusSeconds(0), FROM.plusSeconds(2), START.plus(Duration.ofHours(1))));

        later(all.toArray(Response[]::new));
        assertThat(ledger.vanished().question("wootric")).isEmpty();
        assertThat(one("SELECT count(*) FROM absence")).isZero();
    }

    @Test
    void anEmptyListIsNotBelievedEitherBecauseNoticesComeWhileItIsRead() {
        accept(answers(3).toArray(Response[]::new));
        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofHours(1));
            part(FROM, FROM, false);
            clock.advance(Duration.ofSeconds(1));
            accept(answer("told " + i, "bo", 8, FROM.plusSeconds(10 + i)).build());
            part(FROM, START, true);
        }
        assertThat(one("SELECT count(*) FROM response WHERE deleted = 1")).isZero();
    }

    @Test
    void whatAnyWayBringsAgainIsNotAskedAbout() {
        List<Response> all = answers(3);
        accept(all.toArray(Response[]::new));
        later();
        later();
        accept(all.get(1));
        assertThat(ledger.vanished().question("wootric"))
                .map(Vanished.Question::responses)
                .hasValue(2L);
        accept(all.get(0), all.get(2));
        assertThat(ledger.vanished().question("wootric")).isEmpty();
    }

    @Test
    void moreThanTwoInAHundredAndAtLeastTenAreAskedAbout() {
        List<Response> all = answers(400);
        accept(all.toArray(Response[]::new));
        Response[] left = all.subList(9, 400).toArray(Response[]::new);
        later(left);
        assertThat(later(left).changed()).as("nine of 400").isEqualTo(9);

        left = all.subList(9 + 7, 400).toArray(Response[]::new);
        later(left);
        assertThat(later(left).changed()).as("seven of 391").isEqualTo(7);

        left = all.subList(16 + 10, 400).toArray(Response[]::new);
        later(left);
        assertThat(ledger.vanished().question("wootric")).as("missed once only").isEmpty();
        assertThat(later(left).changed()).as("ten of 384").isZero();
        assertThat(ledger.vanished().question("wootric"))
                .map(Vanished.Question::responses)
                .hasValue(10L);
        assertThat(ledger.vanished().question("other")).isEmpty();

        assertThat(ledger.vanished().approve("wootric", "test")).isEqualTo(10);
        assertThat(ledger.vanished().question("wootric")).isEmpty();
        assertThat(one("SELECT count(*) FROM response WHERE deleted = 1")).isEqualTo(26);
        assertThat(text("SELECT detail FROM audit WHERE action = 'deletion.approve'"))
                .isEqualTo("wootric: 10 responses");
    }

    @Test
    void tenOfAThousandAreNotTooMany() {
        List<Response> all = answers(1000);
        accept(all.toArray(Response[]::new));
        Response[] left = all.subList(10, 1000).toArray(Response[]::new);
        later(left);
        assertThat(later(left).changed()).isEqualTo(10);
    }

    @Test
    void aRecordThatIsSetAsideIsThere() {
        List<Response> all = answers(2);
        accept(all.toArray(Response[]::new));
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofHours(1));
            deliver(
                    all.subList(1, 2),
                    List.of(new DeadLetters.Letter(
                            "wootric", "pull", "response:0", "BAD", "Bad.", "Mend.", "{}", null)),
                    List.of(whole()));
        }
        assertThat(one("SELECT count(*) FROM response WHERE deleted = 1")).isZero();
    }

    @Test
    void aWindowInPiecesIsJudgedPieceByPieceAndNotBeforeItsEnd() {
        List<Response> all = answers(6);
        accept(all.toArray(Response[]::new));
        Instant middle = FROM.plusSeconds(3);
        for (int i = 0; i < 2; i++) {
            clock.advance(Duration.ofHours(1));
            // the page that ends a piece reaches into the next one, which does not bring these rows again
            part(FROM, FROM, false, all.get(0), all.get(1));
            assertThat(one("SELECT count(*) FROM absence WHERE reads > " + i)).isZero();
            part(FROM, middle, false, all.get(3));
            assertThat(one("SELECT count(*) FROM response WHERE deleted = 1")).isEqualTo(i);
            accept(answer("new", "bo", 8, FROM.plusSeconds(5)).build());
            part(middle, START, true, all.get(4), all.get(5));
        }
        assertThat(text("SELECT remote_id FROM response WHERE deleted = 1")).isEqualTo("2");
        assertThat(one("SELECT count(*) FROM seen") + one("SELECT count(*) FROM reading"))
                .isZero();
    }

    @Test
    void whatLiesOutsideTheTimeReadOrInAnotherParentIsNotJudged() {
        Response before = answer("1", "ada", 3, FROM.minusSeconds(1)).build();
        Response after = answer("2", "ada", 4, START.minusSeconds(30)).build();
        Response inside = answer("3", "ada", 5, FROM).build();
        accept(before, after, inside);
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofHours(1));
            deliver(
                    List.of(inside),
                    List.of(),
                    List.of(new Delivery.Reading("", "rescan:2d", FROM, START.minusSeconds(30), true)));
            deliver(List.of(), List.of(), List.of(new Delivery.Reading("77", "rescan:2d", FROM, START, true)));
        }
        assertThat(one("SELECT count(*) FROM response WHERE deleted = 1") + one("SELECT count(*) FROM absence"))
                .isZero();
    }

    private Inbox.Receipt later(Response... shown) {
        clock.advance(Duration.ofHours(1));
        return read(FROM, START, shown);
    }

    private void part(Instant from, Instant until, boolean last, Response... shown) {
        deliver(List.of(shown), List.of(), List.of(new Delivery.Reading("", "rescan:35d", from, until, last)));
    }

    private static Delivery.Reading whole() {
        return new Delivery.Reading("", "rescan:2d", FROM, START, true);
    }

    private static List<Response> answers(int n) {
        List<Response> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            all.add(answer(Integer.toString(i), "ada", i % 11, FROM.plusSeconds(i))
                    .build());
        }
        return all;
    }

    private String wanted(String response) {
        return text(
                "SELECT t.wanted FROM target t JOIN response r ON r.id = t.subject WHERE t.kind = 'response' AND r.remote_id = '"
                        + response + "'");
    }
}
