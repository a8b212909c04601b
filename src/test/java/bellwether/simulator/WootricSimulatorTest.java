package bellwether.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.StillClock;
import bellwether.simulator.Company.EndUser;
import bellwether.simulator.Company.Response;
import bellwether.simulator.Web.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WootricSimulatorTest {
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z");

    private final StillClock clock = new StillClock(CompanyTest.ANCHOR);
    private final Company company = Company.of(42, 40, 600, 3_000, CompanyTest.ANCHOR);
    private final List<Response> responses = CompanyTest.responses(company);
    private final WootricSimulator simulator = WootricSimulator.start(
            company, WootricSimulator.Options.standard().clock(clock).callsPerMinute(0));
    private final Web web = Web.wootric(simulator);

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void pageThirtyIsServedAndPageThirtyOneIsAnError() {
        assertThat(ids(web.get("/v1/responses?page=30&per_page=50"))).hasSize(50);
        Reply refused = web.get("/v1/responses?page=31");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors/0/message").asText()).contains("page");
    }

    @Test
    void twentyFiveRowsAPageUnlessToldAndFiftyAtMost() {
        assertThat(ids(web.get("/v1/responses"))).hasSize(25);
        assertThat(ids(web.get("/v1/responses?per_page=50"))).hasSize(50);
        assertThat(web.get("/v1/responses?per_page=51").status()).isEqualTo(400);
    }

    @Test
    void newestFirstUnlessToldOtherwise() {
        List<Integer> newest = responses.subList(2_975, 3_000).stream()
                .map(Response::id)
                .sorted(Comparator.reverseOrder())
                .toList();
        assertThat(ids(web.get("/v1/responses"))).isEqualTo(newest);
        assertThat(ids(web.get("/v1/responses?sort_order=asc&sort_key=created_at")))
                .isEqualTo(responses.subList(0, 25).stream().map(Response::id).toList());
        List<Response> byUpdate = responses.stream()
                .sorted(Comparator.comparing(Response::updated).thenComparing(Response::id))
                .toList();
        assertThat(ids(web.get("/v1/responses?sort_order=asc&sort_key=updated_at")))
                .isEqualTo(byUpdate.subList(0, 25).stream().map(Response::id).toList());
    }

    @Test
    void aTokenIsRefusedAfterTwoHours() {
        clock.advance(Duration.ofSeconds(7_199));
        assertThat(web.get("/v1/responses").status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        Reply refused = web.get("/v1/responses");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().isObject()).isTrue();
        assertThat(Web.wootric(simulator).get("/v1/responses").status()).isEqualTo(200);
    }

    @Test
    void loginNeedsTheRightSecretAndCallsNeedAToken() {
        Web stranger = Web.stranger(simulator.baseUrl());
        assertThat(stranger.get("/v1/responses").status()).isEqualTo(401);
        assertThat(stranger.get("/v1/end_users").status()).isEqualTo(401);
        Reply wrong =
                stranger.form("/oauth/token", "grant_type=client_credentials&client_id=demo-client&client_secret=no");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().path("error").asText()).isEqualTo("invalid_client");
        Reply right = stranger.form(
                "/oauth/token", "grant_type=client_credentials&client_id=demo-client&client_secret=demo-secret");
        assertThat(right.json().path("expires_in").asInt()).isEqualTo(7_200);
        assertThat(right.json().path("token_type").asText()).isEqualTo("bearer");
        assertThat(right.json().has("refresh_token")).isFalse();
    }

    @Test
    void theHundredAndFirstCallOfAMinuteIsRefusedWithHeadersAndNoRetryAfter() {
        try (WootricSimulator limited = WootricSimulator.start(
                company, WootricSimulator.Options.standard().clock(clock))) {
            Web caller = Web.wootric(limited);
            Reply first = caller.get("/v1/responses?per_page=1");
            assertThat(first.header("X-Rate-Limit-Limit")).isEqualTo("100");
            assertThat(first.header("X-Rate-Limit-Remaining")).isEqualTo("99");
            long reset = CompanyTest.ANCHOR.getEpochSecond() + 60;
            assertThat(first.header("X-Rate-Limit-Reset")).isEqualTo(String.valueOf(reset));
            for (int i = 0; i < 99; i++) {
                assertThat(caller.get("/v1/responses?per_page=1").status()).isEqualTo(200);
            }
            Reply refused = caller.get("/v1/responses?per_page=1");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("X-Rate-Limit-Remaining")).isEqualTo("0");
            assertThat(refused.header("X-Rate-Limit-Reset")).isEqualTo(String.valueOf(reset));
            assertThat(refused.header("Retry-After")).isNull();
            assertThat(caller.get("/v1/end_users?per_page=1").status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(60));
            assertThat(caller.get("/v1/responses?per_page=1").status()).isEqualTo(200);
            assertThat(limited.statuses())
                    .containsEntry("GET /v1/responses 429", 1L)
                    .containsEntry("GET /v1/responses 200", 101L);
        }
    }

    @Test
    void aResponseCarriesNoEmailButLeadsToItsEndUser() {
        Reply page = web.get("/v1/responses?per_page=50");
        assertThat(page.body())
                .doesNotContain("email")
                .doesNotContain(".test\",\"")
                .doesNotContain("@");
        JsonNode row = page.json().get(0);
        EndUser user =
                company.endUser(Company.endUserIndex(row.path("end_user_id").asInt()));
        JsonNode shown = web.get("/v1/end_users/" + user.id()).json();
        assertThat(shown.path("email").asText(null)).isEqualTo(user.email());
        assertThat(row.path("end_user").path("properties").path("plan").asText())
                .isEqualTo(user.properties().get("plan"));
    }

    @Test
    void responsesKnowNoUpdateFilterAndIgnoreIt() {
        long now = CompanyTest.ANCHOR.getEpochSecond();
        assertThat(web.get("/v1/responses?updated[gte]=" + now).body())
                .isEqualTo(web.get("/v1/responses").body());
    }

    @Test
    void endUsersCanBeFilteredByUpdate() {
        List<EndUser> users = endUsers();
        long from = users.stream()
                .mapToLong(u -> u.updated().getEpochSecond())
                .sorted()
                .skip(users.size() - 40)
                .findFirst()
                .orElseThrow();
        List<Integer> expected = users.stream()
                .filter(u -> u.updated().getEpochSecond() >= from && !u.deleted())
                .map(EndUser::id)
                .toList();
        assertThat(expected).hasSizeBetween(2, 49);
        assertThat(ids(web.get("/v1/end_users?per_page=50&sort_order=asc&sort_key=id&updated[gte]=" + from)))
                .isEqualTo(expected);
    }

    @Test
    void aPersonSaysWhenTheyWereLastAskedWhetherTheyAnsweredOrNot() {
        Map<Integer, Instant> answered = new HashMap<>();
        responses.stream()
                .filter(r -> r.endUserId() != null && r.flaw() == null)
                .forEach(r -> answered.merge(r.endUserId(), r.created(), (a, b) -> a.isAfter(b) ? a : b));
        Map<Integer, Instant> sent = new HashMap<>();
        simulator.sent().stream()
                .filter(s -> !s.status().equals("bounced"))
                .forEach(s -> sent.merge(s.endUserId(), s.sentAt(), (a, b) -> a.isAfter(b) ? a : b));
        assertThat(endUsers().stream().filter(u -> !answered.containsKey(u.id())))
                .anyMatch(u -> u.lastSurveyed() != null);
        Company quiet = Company.of(42, 40, 600, 3, CompanyTest.ANCHOR);
        assertThat(IntStream.range(0, quiet.endUserCount())
                        .filter(i -> quiet.endUser(i).lastSurveyed() != null)
                        .count())
                .isBetween(3L, 9L);
        for (EndUser user : endUsers()) {
            if (answered.containsKey(user.id())) {
                assertThat(user.lastSurveyed()).isAfter(answered.get(user.id()).minus(Duration.ofHours(61)));
            }
            if (sent.containsKey(user.id())) {
                assertThat(user.lastSurveyed()).isAfterOrEqualTo(sent.get(user.id()));
            }
            if (user.lastSurveyed() != null) {
                assertThat(user.updated()).isAfterOrEqualTo(user.lastSurveyed());
            }
        }
        EndUser one = endUsers().stream()
                .filter(u -> u.lastSurveyed() != null && !u.deleted() && u.id() % 8 != 0)
                .findFirst()
                .orElseThrow();
        String shown = web.get("/v1/end_users/" + one.id())
                .json()
                .path("last_surveyed")
                .asText();
        assertThat(OffsetDateTime.parse(shown, SHOWN).toInstant()).isEqualTo(one.lastSurveyed());
    }

    @Test
    void whoAnswersNowIsAmongThePeopleChangedNow() {
        web.get("/v1/end_users?sort_key=updated_at");
        clock.advance(Duration.ofHours(1));
        List<Response> answers = company.grow(clock.instant(), 3, 0, 0).added();
        assertThat(ids(web.get("/v1/end_users?sort_key=updated_at&sort_order=desc&updated[gte]="
                        + clock.instant().getEpochSecond())))
                .containsExactlyInAnyOrderElementsOf(
                        answers.stream().map(Response::endUserId).distinct().toList());
        Response last = answers.get(2);
        assertThat(company.endUser(Company.endUserIndex(last.endUserId())).lastSurveyed())
                .isEqualTo(last.created().minusSeconds(60));
    }

    @Test
    void endUsersAreSortedByEmailUnlessToldOtherwise() {
        List<String> emails = new ArrayList<>();
        web.get("/v1/end_users?sort_order=asc&per_page=50&page=3")
                .json()
                .forEach(u -> emails.add(u.path("email").asText().toLowerCase(java.util.Locale.ROOT)));
        assertThat(emails).hasSize(50).isSorted();
        assertThat(ids(web.get("/v1/end_users?sort_key=created_at&sort_order=asc")))
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=0",
                "page=x",
                "per_page=0",
                "sort_order=up",
                "sort_key=email",
                "created[gte]=yesterday",
                "created[near]=1"
            })
    void whatTheToolDoesNotKnowIsRefused(String parameter) {
        assertThat(web.get("/v1/responses?" + parameter).status()).isEqualTo(400);
    }

    @Test
    void windowsAreInclusiveOrExclusiveAsTheirNamesSay() {
        long burst = burst();
        long size = responses.stream()
                .filter(r -> r.created().getEpochSecond() == burst)
                .count();
        assertThat(size).isGreaterThan(60);
        assertThat(count("created[eq]=" + burst)).isEqualTo(size);
        assertThat(count("created[gte]=" + burst + "&created[lte]=" + burst)).isEqualTo(size);
        assertThat(count("created[gte]=" + burst + "&created[lt]=" + burst)).isZero();
        assertThat(count("created[gt]=" + (burst - 1) + "&created[lt]=" + (burst + 1)))
                .isEqualTo(size);
        assertThat(count("created[gt]=" + burst + "&created[lte]=" + burst)).isZero();
    }

    @Test
    void walkingWindowsUpwardsFindsEveryResponseOnce() {
        List<Integer> found = new ArrayList<>();
        for (int half = 0; half < 3; half++) {
            long from = responses.get(half * 1_000).created().getEpochSecond() + (half == 0 ? 0 : 1);
            long to = half == 2
                    ? Long.MAX_VALUE
                    : responses.get((half + 1) * 1_000).created().getEpochSecond() + 1;
            for (int page = 1; page <= 30; page++) {
                List<Integer> ids = ids(web.get("/v1/responses?per_page=50&sort_order=asc&page=" + page
                        + "&created[gte]=" + from + "&created[lt]=" + to));
                found.addAll(ids);
                if (ids.isEmpty()) {
                    break;
                }
            }
        }
        assertThat(found).isEqualTo(responses.stream().map(Response::id).toList());
    }

    @Test
    void deletedEndUsersAreNotFoundAndNotListed() {
        Company large = Company.of(42, CompanyTest.ANCHOR);
        EndUser gone = IntStream.range(0, large.endUserCount())
                .mapToObj(large::endUser)
                .filter(EndUser::deleted)
                .findFirst()
                .orElseThrow();
        try (WootricSimulator other = WootricSimulator.start(
                large, WootricSimulator.Options.standard().callsPerMinute(0))) {
            Web caller = Web.wootric(other);
            assertThat(caller.get("/v1/end_users/" + gone.id()).status()).isEqualTo(404);
            long second = gone.created().getEpochSecond();
            assertThat(ids(caller.get("/v1/end_users?created[eq]=" + second))).doesNotContain(gone.id());
        }
        assertThat(web.get("/v1/end_users/1").status()).isEqualTo(404);
        assertThat(web.get("/v1/end_users/abc").status()).isEqualTo(404);
    }

    @Test
    void anEndUserIsFoundByEmailInAnyCase() {
        EndUser user = company.endUser(20);
        Reply found = web.get("/v1/end_users/" + Web.encoded(user.email().toUpperCase(java.util.Locale.ROOT))
                + "?lookup_by_email=true");
        assertThat(found.json().path("id").asInt()).isEqualTo(user.id());
        assertThat(web.get("/v1/end_users/nobody%40x.test?lookup_by_email=true").status())
                .isEqualTo(404);
    }

    @Test
    void timesHaveASpaceAndAnOffsetExceptForSomeEndUsers() {
        web.get("/v1/responses?per_page=50").json().forEach(row -> {
            String text = row.path("created_at").asText();
            Response response = responses.get((row.path("id").asInt() - Company.responseId(0)) / 7);
            assertThat(OffsetDateTime.parse(text, SHOWN).toInstant()).isEqualTo(response.created());
        });
        List<String> times = new ArrayList<>();
        web.get("/v1/end_users?per_page=50")
                .json()
                .forEach(u -> times.add(u.path("created_at").asText()));
        assertThat(times)
                .anyMatch(t -> t.matches("\\S+ \\d\\d:\\d\\d:\\d\\d"))
                .anyMatch(t -> t.matches("\\S+ \\S+ [+-]\\d{4}"));
    }

    @Test
    void theTruthIsToldBesideTheApi() {
        String[] lines = Web.stranger(simulator.baseUrl())
                .get("/__simulator/responses")
                .body()
                .split("\n");
        assertThat(lines).hasSize(3_000);
        assertThat(lines[0])
                .contains("\"created_unix\":" + responses.get(0).created().getEpochSecond());
        assertThat(Web.stranger(simulator.baseUrl())
                        .get("/__simulator/end_users")
                        .body()
                        .split("\n"))
                .hasSize(company.endUserCount());
        assertThat(simulator.calls()).doesNotContainKey("GET /__simulator/responses");
    }

    @Test
    void growthIsSeenAtOnceAndCanBeAskedForFromOutside() {
        clock.advance(Duration.ofMinutes(10));
        Reply growth = Web.stranger(simulator.baseUrl())
                .json("POST", "/__simulator/grow", "{\"responses\":2,\"edits\":3,\"contacts\":1}");
        assertThat(growth.json().path("added")).hasSize(2);
        assertThat(growth.json().path("contacts")).hasSize(1);
        assertThat(ids(web.get("/v1/responses?per_page=2")))
                .containsExactly(Company.responseId(3_001), Company.responseId(3_000));
        int edited = growth.json().path("edited").get(0).path("id").asInt();
        JsonNode newest =
                web.get("/v1/responses?sort_key=updated_at&per_page=10").json();
        assertThat(newest).anyMatch(row -> row.path("id").asInt() == edited);
    }

    private List<EndUser> endUsers() {
        return IntStream.range(0, company.endUserCount())
                .mapToObj(company::endUser)
                .toList();
    }

    private long burst() {
        for (int i = 60; i < responses.size(); i++) {
            if (responses.get(i).created().equals(responses.get(i - 60).created())) {
                return responses.get(i).created().getEpochSecond();
            }
        }
        throw new AssertionError("no burst");
    }

    private long count(String filter) {
        long count = 0;
        for (int page = 1; page <= 30; page++) {
            int size = ids(web.get("/v1/responses?per_page=50&page=" + page + "&" + filter))
                    .size();
            count += size;
            if (size == 0) {
                break;
            }
        }
        return count;
    }

    static List<Integer> ids(Reply reply) {
        assertThat(reply.status()).describedAs(reply.body()).isEqualTo(200);
        List<Integer> ids = new ArrayList<>();
        reply.json().forEach(row -> ids.add(row.path("id").asInt()));
        return ids;
    }
}
