package bellwether.source;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Fault;
import bellwether.nps.Response;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:30Z");
    private static final Instant TO = Instant.parse("2026-11-22T09:59:30Z");
    private static final Instant FROM = Instant.parse("2026-05-22T00:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final Run run = new Run();
    private ListServer tool;

    @BeforeEach
    void start() throws IOException {
        tool = new ListServer();
        tool.people.put(1L, new ListServer.Person(1, FROM, "ada@acme.test"));
    }

    @AfterEach
    void stop() {
        tool.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11, 101, 299, 300, 301, 910})
    void readsEveryRowOnceWhateverTheCount(int rows) {
        for (int i = 0; i < rows; i++) tool.add(i + 1, FROM.plusSeconds(60L * i));

        backfill(10);

        assertThat(ids()).containsExactlyElementsOf(tool.ids());
        assertThat(run.stops).isEmpty();
        assertThat(position().coveredUntil()).isEqualTo(TO);
        assertThat(position().open()).isFalse();
    }

    @Test
    void neverAsksBeyondTheLastPageAndBeginsANewWindowThere() {
        for (int i = 0; i < 650; i++) tool.add(i + 1, FROM.plusSeconds(60L * i));

        backfill(10);

        assertThat(ids()).containsExactlyElementsOf(tool.ids());
        assertThat(tool.asked).noneMatch(request -> request.contains("page=31"));
        // The window after page 30 begins a row before its last, in case just that one is dated oddly; they are
        // recognised.
        assertThat(tool.asked)
                .anyMatch(request -> request.contains(
                        "created[gte]=" + FROM.plusSeconds(60L * 298).getEpochSecond()));
        assertThat(run.repeated).isEqualTo(4);
    }

    @Test
    void tiesOverThePageEdgeAndOverTheWindowEdgeAreReadOnce() {
        for (int i = 0; i < 700; i++) tool.add(i + 1, FROM.plusSeconds(i / 130));

        backfill(10);

        assertThat(ids()).containsExactlyElementsOf(tool.ids());
        assertThat(run.stops).isEmpty();
    }

    @Test
    void aSecondFullerThanAllPagesStopsLoudlyAndLosesNothingSilently() {
        tool.add(1, FROM);
        for (int i = 0; i < 400; i++) tool.add(i + 2, FROM.plusSeconds(5));
        tool.add(900, FROM.plusSeconds(9));

        backfill(10);

        assertThat(run.stops).hasSize(1);
        Step.Pause pause = (Step.Pause) run.stops.get(0);
        assertThat(pause.fault().code()).isEqualTo("WINDOW_STUCK");
        assertThat(pause.fault().message()).contains("2026-05-22T00:00:05Z");
        assertThat(pause.position().coveredUntil()).isEqualTo(FROM.plusSeconds(5));
    }

    @Test
    void aSecondThatJustFitsIsRead() {
        for (int i = 0; i < 299; i++) tool.add(i + 1, FROM.plusSeconds(5));
        tool.add(900, FROM.plusSeconds(9));

        backfill(10);

        assertThat(ids()).containsExactlyElementsOf(tool.ids());
        assertThat(run.stops).isEmpty();
    }

    @Test
    void rowsThatArriveWhilePagesAreReadAreNotLost() {
        for (int i = 0; i < 200; i++) tool.add(2 * i + 2, FROM.plusSeconds(60L * i));
        Random random = new Random(7);
        tool.before = number -> {
            if (number % 4 == 0 && number < 40) tool.add(1001 + 2L * number, FROM.plusSeconds(random.nextInt(12_000)));
        };

        backfill(10);

        assertThat(new HashSet<>(ids()))
                .containsAll(tool.ids().stream()
                        .filter(id -> Long.parseLong(id) <= 400)
                        .toList());
        assertThat(position().open()).isFalse();
    }

    @Test
    void aListOutOfOrderIsReadAgainAndThenPauses() {
        for (int i = 0; i < 20; i++) tool.add(i + 1, FROM.plusSeconds(60L * i));
        tool.lie = page -> {
            java.util.Collections.reverse(page);
            return page;
        };

        backfill(10);

        assertThat(run.responses).isEmpty();
        assertThat(run.stops).hasSize(4);
        assertThat(run.stops.get(0)).isInstanceOf(Step.Wait.class);
        assertThat(((Step.Pause) run.stops.get(3)).fault().code()).isEqualTo("ROWS_OUT_OF_ORDER");
        assertThat(position().coveredUntil()).isEqualTo(FROM);
    }

    @Test
    void aDisorderThatPassesCostsARestartOnly() {
        for (int i = 0; i < 30; i++) tool.add(i + 1, FROM.plusSeconds(60L * i));
        int[] page = {0};
        tool.lie = rows -> {
            if (++page[0] == 2) java.util.Collections.reverse(rows);
            return rows;
        };

        backfill(10);

        assertThat(new HashSet<>(ids())).containsExactlyInAnyOrderElementsOf(tool.ids());
        assertThat(run.stops).hasSize(1);
        assertThat(position().open()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 155, 299, 300, 301, 650})
    void oneRowWithAnOddDateLosesNoOther(long odd) {
        for (int i = 0; i < 650; i++) tool.add(i + 1, FROM.plusSeconds(60L * i));
        String told = tool.items.get((int) odd - 1).json();
        for (Instant shown : List.of(FROM.plusSeconds(9_000_000), FROM.minusSeconds(9_000_000))) {
            String lie = new ListServer.Item(odd, shown, 1, "9").json();
            tool.lie = page ->
                    page.stream().map(row -> row.equals(told) ? lie : row).toList();
            run.responses.clear();

            backfill(10);

            assertThat(run.stops).isEmpty();
            assertThat(new HashSet<>(ids())).containsExactlyInAnyOrderElementsOf(tool.ids());
        }
    }

    @Test
    void aToolThatIgnoresTheFilterIsNotBelieved() {
        for (int i = 1; i <= 5; i++) tool.add(i, FROM.minusSeconds(10 - i));
        tool.add(6, FROM.plusSeconds(1));
        tool.ignoresFilter = true;

        backfill(10);

        assertThat(((Step.Pause) run.stops.get(run.stops.size() - 1)).fault().code())
                .isEqualTo("ROW_OUTSIDE_WINDOW");
        assertThat(run.responses).isEmpty();
    }

    @Test
    void aToolThatRepeatsAPageForEverIsNotBelieved() {
        List<String> first = IntStream.range(0, 10)
                .mapToObj(i -> new ListServer.Item(i + 1, FROM.plusSeconds(7), 1, "9").json())
                .toList();
        tool.lie = page -> first;

        backfill(10);

        assertThat(((Step.Pause) run.stops.get(run.stops.size() - 1)).fault().code())
                .isEqualTo("PAGE_REPEATED");
    }

    @Test
    void aPageSizeAboveTheToolsOwnIsCutSoThatNoPageLooksLikeTheLast() {
        for (int i = 0; i < 120; i++) tool.add(i + 1, FROM.plusSeconds(60L * i));

        backfill(500);

        assertThat(ids()).containsExactlyElementsOf(tool.ids());
        assertThat(tool.asked.get(0)).contains("per_page=50");
    }

    @Test
    void peopleMetBeforeAStopAreKeptAndNotAskedForAgain() {
        for (int i = 0; i < 5; i++) {
            tool.items.add(new ListServer.Item(i + 1, FROM.plusSeconds(i), 100 + i, "7"));
            tool.people.put(100L + i, new ListServer.Person(100 + i, FROM, i + "@acme.test"));
        }
        tool.refuse = path -> path.equals("/end_users/103") ? 503 : null;

        backfill(10);

        assertThat(run.respondents).containsOnlyKeys("100", "101", "102");
        assertThat(run.responses).isEmpty();
        assertThat(position().notBefore()).isEqualTo(NOW.plusSeconds(60));

        tool.refuse = path -> null;
        run.stops.clear();
        Clock later = Clock.offset(CLOCK, java.time.Duration.ofSeconds(61));
        run.read(
                new Puller(TestConnections.connection(10), new HttpCaller(tool.base()), run, later), position(), later);

        assertThat(ids()).containsExactlyElementsOf(tool.ids());
        assertThat(tool.asked("/end_users/100")).isEqualTo(1);
        assertThat(tool.asked("/end_users/104")).isEqualTo(1);
    }

    @Test
    void whoAnswersOnSeveralPagesIsAskedForOnceThoughNoneOfThemIsStoredYet() {
        tool.people.put(100L, new ListServer.Person(100, FROM, "bo@acme.test"));
        for (int i = 0; i < 3; i++) tool.items.add(new ListServer.Item(i + 1, FROM.plusSeconds(90L * i), 100, "7"));
        KnownRespondents nobody = (source, ids) -> Map.of();

        run.read(
                new Puller(TestConnections.connection(1), new HttpCaller(tool.base()), nobody, CLOCK),
                Position.open("wootric", Position.BACKFILL, FROM, TO),
                CLOCK);

        assertThat(ids()).containsExactly("1", "2", "3");
        assertThat(tool.asked("/end_users/100")).isEqualTo(1);
        assertThat(run.respondents.get("100").email()).isEqualTo("bo@acme.test");
    }

    @Test
    void aDeletedPersonIsKnownByTheIdAlone() {
        tool.items.add(new ListServer.Item(1, FROM, 404, "7"));
        tool.items.add(new ListServer.Item(2, FROM.plusSeconds(90), 404, "7"));

        backfill(1);

        assertThat(ids()).containsExactly("1", "2");
        assertThat(run.respondents.get("404").email()).isNull();
        assertThat(tool.asked("/end_users/404")).isEqualTo(1);
    }

    @Test
    void peopleWhoMoveWhileTheirListIsReadAreNotLost() {
        for (int i = 0; i < 100; i++)
            tool.people.put(1000L + i, new ListServer.Person(1000 + i, FROM.plusSeconds(i), i + "@a.test"));
        tool.before = number -> {
            // Whoever is edited moves out of the window, and everybody behind moves up by one.
            if (number > 1 && number < 6)
                tool.people.put(1000L + number, new ListServer.Person(1000 + number, NOW, "moved@a.test"));
        };

        scan(Position.open("wootric", Position.PERSONS, Instant.EPOCH, TO), 10);

        assertThat(run.stops).isEmpty();
        assertThat(run.respondents.keySet()).contains("1099").hasSize(101);
    }

    @Test
    void aFaultOfTheToolWaitsAndKeepsThePage() {
        for (int i = 0; i < 30; i++) tool.add(i + 1, FROM.plusSeconds(60L * i));
        tool.before = number -> tool.refuse = path -> number == 3 ? 503 : null;

        backfill(10);

        Step.Wait wait = (Step.Wait) run.stops.get(0);
        assertThat(wait.fault()).isInstanceOf(Fault.Transient.class);
        assertThat(wait.position().token()).contains("\"page\":\"2\"");
        assertThat(wait.position().notBefore()).isEqualTo(NOW.plusSeconds(60));
        assertThat(new Puller(TestConnections.connection(10), new HttpCaller("http://127.0.0.1:1"), run, CLOCK)
                        .next(wait.position()))
                .isInstanceOf(Step.Wait.class);
    }

    @Test
    void aBoundarySurvivesTheStore() {
        Boundary boundary = new Boundary(TO, java.util.Set.of("90210", "90211"));

        assertThat(Boundary.of(boundary.text())).isEqualTo(boundary);
        assertThat(Boundary.of(null)).isNull();
    }

    private void backfill(int pageSize) {
        scan(Position.open("wootric", Position.BACKFILL, FROM, TO), pageSize);
    }

    private void scan(Position position, int pageSize) {
        run.read(
                new Puller(TestConnections.connection(pageSize), new HttpCaller(tool.base()), run, CLOCK),
                position,
                CLOCK);
    }

    private Position position() {
        return run.positions.get(Position.BACKFILL);
    }

    private List<String> ids() {
        return run.responses.stream().map(Response::key).map(key -> key.id()).toList();
    }
}
