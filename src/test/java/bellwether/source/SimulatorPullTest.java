package bellwether.source;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Response;
import bellwether.simulator.Company;
import bellwether.simulator.WootricSimulator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole of a made-up company through the shipped tool, over HTTP, against a tool that refuses what the vendor refuses. */
class SimulatorPullTest {
    private static final Instant ANCHOR = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant FIRST = ANCHOR.plusSeconds(120);
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private final Company company = Company.of(7, 20, 300, 3_000, ANCHOR).withFlaws();
    private final Connection connection = TestConnections.connection("wootric", 50, 6, TestConnections.TIERS);
    private final Run run = new Run();
    private WootricSimulator tool;

    @BeforeEach
    void start() {
        tool = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(0));
    }

    @AfterEach
    void stop() {
        tool.close();
    }

    @Test
    void everythingOfSixMonthsIsReadOnceAndTheBadRowsAreSetAside() throws Exception {
        go(FIRST);

        Instant start = Instant.parse("2026-05-21T22:00:00Z");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < company.responseCount(); i++) {
            Company.Response row = company.response(i);
            if (!row.created().isBefore(start)) expected.add(Integer.toString(row.id()));
        }
        List<String> found = new ArrayList<>(ids(run.responses));
        run.setAside.forEach(aside -> found.add(aside.id()));
        assertThat(run.stops).isEmpty();
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(run.setAside.stream().map(aside -> aside.fault().code()).sorted())
                .containsExactly(
                        "DATE_IN_FUTURE",
                        "DATE_MISSING",
                        "DATE_UNREADABLE",
                        "SCORE_NOT_INTEGER",
                        "SCORE_NOT_INTEGER",
                        "SCORE_NOT_INTEGER",
                        "SCORE_OUT_OF_RANGE");
        assertThat(run.positions.values()).noneMatch(Position::open);
        assertThat(tool.calls().get("GET /v1/responses")).isLessThanOrEqualTo(expected.size() / 50 + 4);
    }

    @Test
    void everyPersonWhoAnsweredIsKnownByTheEmailTheToolHas() throws Exception {
        go(FIRST);

        Map<String, String> emails = new HashMap<>();
        for (int i = 0; i < company.endUserCount(); i++) {
            Company.EndUser person = company.endUser(i);
            emails.put(Integer.toString(person.id()), person.deleted() ? null : person.email());
        }
        assertThat(run.responses).isNotEmpty().allSatisfy(response -> {
            if (response.respondent() == null) return;
            assertThat(run.respondents).containsKey(response.respondent());
            assertThat(run.respondents.get(response.respondent()).email()).isEqualTo(emails.get(response.respondent()));
        });
    }

    @Test
    void whatIsNewIsReadOnceAndEditsAreFoundByReadingAgain() throws Exception {
        company.grow(FIRST.minusSeconds(60), 1, 0, 0);
        go(FIRST);
        Company.Growth growth = company.grow(FIRST.plusSeconds(60), 40, 25, 0);
        run.responses.clear();
        tool.clearCalls();

        go(FIRST.plus(Duration.ofMinutes(10)));

        assertThat(ids(run.responses))
                .doesNotHaveDuplicates()
                .containsAll(growth.added().stream()
                        .map(row -> Integer.toString(row.id()))
                        .toList());
        run.responses.clear();

        go(FIRST.plus(Duration.ofDays(7)).plusSeconds(1));

        Map<String, Response> read = new HashMap<>();
        run.responses.forEach(response -> read.put(response.key().id(), response));
        Instant start = Instant.parse("2026-05-21T22:00:00Z");
        Map<Integer, Company.Response> edited = new HashMap<>();
        growth.edited().forEach(row -> edited.put(row.id(), row));
        edited.values().removeIf(row -> row.created().isBefore(start));
        assertThat(edited).isNotEmpty();
        edited.forEach((id, row) -> {
            Response copy = read.get(Integer.toString(id));
            assertThat(copy).as("response " + id).isNotNull();
            assertThat(copy.updatedAt()).isEqualTo(row.updated());
            assertThat(copy.score()).isEqualTo(row.score());
        });
        assertThat(new TreeSet<>(run.positions.keySet()))
                .containsExactly("backfill", "incremental", "persons", "rescan:all");
    }

    @Test
    void nothingNewCostsOneCallForAnswersAndOneForPeople() throws Exception {
        go(FIRST);
        go(FIRST.plus(Duration.ofMinutes(20)));
        tool.clearCalls();

        go(FIRST.plus(Duration.ofMinutes(40)));

        assertThat(tool.calls().get("GET /v1/responses")).isEqualTo(1);
        assertThat(tool.calls().get("GET /v1/end_users")).isEqualTo(1);
    }

    private void go(Instant now) throws IOException, InterruptedException {
        run.go(connection, new HttpCaller(tool.baseUrl() + "/v1", token()), Clock.fixed(now, ZoneOffset.UTC), ZONE);
    }

    private String token() throws IOException, InterruptedException {
        HttpRequest login = HttpRequest.newBuilder(URI.create(tool.baseUrl() + "/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=demo-client&client_secret=demo-secret"))
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(login, HttpResponse.BodyHandlers.ofByteArray());
        return new ObjectMapper().readTree(answer.body()).path("access_token").asText();
    }

    private static List<String> ids(List<Response> responses) {
        return responses.stream().map(response -> response.key().id()).toList();
    }
}
