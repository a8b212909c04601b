package bellwether.source;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.daemon.Wiring;
import bellwether.mapping.Configuration;
import bellwether.mapping.Secret;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped {@code limesurvey.yaml} against what was recorded from a LimeSurvey 6.14.0. */
class LimeSurveyRecordingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T06:10:30Z");
    private static int runs;

    private final Run run = new Run();
    private RecordedLimeSurvey server;
    private Wiring wiring;

    @BeforeEach
    void start() throws Exception {
        server = new RecordedLimeSurvey();
        wiring = new Wiring();
    }

    @AfterEach
    void stop() {
        wiring.close();
        server.close();
    }

    @Test
    void readsWhatWasPutIn() throws IOException {
        go("admin", "ADMIN-PASSWORD", NOW);

        assertThat(run.stops).isEmpty();
        assertThat(told("517423")).isEqualTo(expected("initial", true));
        assertThat(told("628534")).isEqualTo(expected("anonymous", true));
        assertThat(aside())
                .isEqualTo(Map.of(
                        "517423:30", "SCORE_OUT_OF_RANGE",
                        "628534:2", "SCORE_NOT_INTEGER",
                        // "1980-01-01": completed, in a survey that keeps no dates
                        "628534:6", "DATE_MISSING",
                        "628534:7", "DATE_MISSING"));
        assertThat(run.positions).containsKeys("517423 backfill", "628534 backfill", "846756 backfill", "backfill");
        assertThat(run.positions).doesNotContainKey("739645 backfill");
        assertThat(run.positions.values()).noneMatch(Position::open);
        assertThat(server.asked).contains("export_responses 846756").doesNotContain("export_responses 739645");
        assertThat(run.respondents.get("rAeaTtEF9zITEYy").email()).isEqualTo("George.Smith@Example.ORG");
        assertThat(run.respondents.get("HgXQzoOy4ByT5lg").email())
                .as("several addresses joined with ;")
                .isEqualTo("hector@example.org");
    }

    @Test
    void findsEditsAndLateAnswersThatIdsHide() throws IOException {
        go("admin", "ADMIN-PASSWORD", NOW);
        assertThat(run.positions.get("517423 backfill").bookmark().own()).isEqualTo("31");
        run.responses.clear();
        server.later = true;
        go("admin", "ADMIN-PASSWORD", NOW.plusSeconds(600));

        assertThat(told("517423")).isEqualTo(expected("final", true));
        assertThat(ids("517423")).contains("3", "13", "31", "32", "33").doesNotContain("6", "15");
        assertThat(run.positions.get("517423 incremental").bookmark().own()).isEqualTo("33");
    }

    @Test
    void whoMayNotReadParticipantsGetsAnswersWithoutPeople() throws IOException {
        go("analyst", "ANALYST-PASSWORD", NOW);
        assertThat(run.stops).isEmpty();
        assertThat(run.respondents).isEmpty();
        assertThat(told("517423")).isEqualTo(expected("initial", false));
    }

    @Test
    void aSessionThatHasEndedIsOpenedAgainOnce() throws IOException {
        server.instead("export_responses", "expired_session_export", 1);
        go("admin", "ADMIN-PASSWORD", NOW);
        assertThat(run.stops).isEmpty();
        assertThat(told("517423")).isEqualTo(expected("initial", true));
        assertThat(logins()).isEqualTo(2);
    }

    /** Nearly all of them were answered with status 200. */
    @ParameterizedTest
    @CsvSource({
        "get_session_key,  get_session_key_bad_password,             Pause, CREDENTIALS_REFUSED",
        "get_session_key,  get_session_key_locked_out_good_password, Pause, CREDENTIALS_REFUSED",
        "get_session_key,  interface_off,                            Wait,  UNUSABLE_ANSWER",
        "get_session_key,  interface_set_to_xml,                     Wait,  UNUSABLE_ANSWER",
        "get_session_key,  url_get_format_path,                      Pause, CREDENTIALS_REFUSED",
        "list_surveys,     list_surveys_viewer_none,                 Pause, REQUEST_REFUSED",
        "list_surveys,     malformed_json,                           Wait,  TOOL_UNWELL",
        "list_surveys,     unknown_method,                           Wait,  SERVER_ERROR",
        "export_responses, invalid_session_export,                   Pause, CREDENTIALS_REFUSED",
        "export_responses, export_json_language_unknown,             Pause, REQUEST_REFUSED",
        "export_responses, export_json_fields_empty_list,            Wait,  UNUSABLE_ANSWER",
        "export_responses, export_json_format_unknown,               Wait,  TOOL_UNWELL",
        "export_responses, export_by_token_anonymous_survey,         Wait,  TOOL_UNWELL"
    })
    void everyShapeOfErrorIsJudgedRight(String method, String exchange, String step, String code) {
        server.instead(method, exchange, 1000);
        go("admin", "ADMIN-PASSWORD", NOW);
        assertThat(run.responses).isEmpty();
        assertThat(run.stops).hasSize(1);
        Step stop = run.stops.get(0);
        assertThat(stop.getClass().getSimpleName()).as(stop.toString()).isEqualTo(step);
        assertThat(
                        stop instanceof Step.Pause pause
                                ? pause.fault().code()
                                : ((Step.Wait) stop).fault().code())
                .isEqualTo(code);
        assertThat(stop.position().coveredUntil()).isEqualTo(stop.position().from());
        assertThat(stop.toString()).doesNotContain("ADMIN-PASSWORD");
        if (code.equals("CREDENTIALS_REFUSED"))
            assertThat(logins()).as("three bad log-ins lock the address out").isLessThanOrEqualTo(2);
    }

    @Test
    void oneSurveyThatIsRefusedIsLeftOut() {
        server.instead("export_responses", "export_no_permission_viewer", 1);
        go("admin", "ADMIN-PASSWORD", NOW);
        assertThat(run.stops).hasSize(1).first().isInstanceOf(Step.Skip.class);
        assertThat(ids("517423")).isEmpty();
        assertThat(ids("628534")).isNotEmpty();
    }

    private void go(String user, String password, Instant now) {
        Tool tool = Tools.load(new Configuration(Path.of("."), variable -> null), "limesurvey")
                .value();
        Map<String, Secret> values = new HashMap<>();
        tool.settings().forEach((key, setting) -> {
            if (setting.fallback() != null) values.put(key, new Secret(setting.fallback()));
        });
        values.put("user", new Secret(user));
        values.put("password", new Secret(password));
        values.put("zone", new Secret("Europe/Berlin"));
        Connection connection =
                TestConnections.connection("limesurvey-" + ++runs, tool, server.base(), values, null, 6, List.of());
        run.go(connection, wiring.add(connection), Clock.fixed(now, ZoneOffset.UTC), ZoneOffset.UTC);
    }

    private long logins() {
        return server.asked.stream().filter("get_session_key"::equals).count();
    }

    private Stream<Response> of(String survey) {
        return run.responses.stream()
                .filter(response -> survey.equals(response.key().parent()));
    }

    private List<String> ids(String survey) {
        return of(survey).map(response -> response.key().id()).toList();
    }

    private Map<String, String> aside() {
        return run.setAside.stream()
                .collect(Collectors.toMap(SetAside::id, aside -> aside.fault().code()));
    }

    private Map<Integer, String> told(String survey) {
        Map<Integer, String> told = new TreeMap<>();
        of(survey).forEach(response -> {
            Respondent person = run.respondents.get(response.respondent());
            told.put(
                    Integer.valueOf(response.key().id()),
                    line(
                            response.score(),
                            response.comment(),
                            response.answeredAt(),
                            person == null ? null : person.email()));
        });
        return told;
    }

    /** What was put in: completed, with a usable score or none, at a known time. */
    private static Map<Integer, String> expected(String part, boolean people) throws IOException {
        Map<Integer, String> expected = new TreeMap<>();
        for (JsonNode one : RecordedLimeSurvey.expected(part)) {
            boolean fit = one.path("score").isNull()
                    || one.path("score").isInt() && one.path("score").asInt() <= 10;
            if (!one.path("completed").asBoolean()
                    || !fit
                    || one.path("answered_at_utc").isMissingNode()) continue;
            String comment =
                    one.path("comment").isNull() ? null : one.path("comment").asText();
            expected.put(
                    one.path("id").asInt(),
                    line(
                            one.path("score").isNull()
                                    ? null
                                    : one.path("score").asInt(),
                            comment == null || comment.isBlank() ? null : comment,
                            Instant.parse(one.path("answered_at_utc").asText()),
                            !people || one.path("email").isNull()
                                    ? null
                                    : one.path("email").asText()));
        }
        return expected;
    }

    private static String line(Integer score, String comment, Instant at, String email) {
        return score + " " + comment + " " + at + " " + email;
    }
}
