package bellwether.contract;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.mapping.Configuration;
import bellwether.mapping.Secret;
import bellwether.nps.Response;
import bellwether.source.Connection;
import bellwether.source.HttpCaller;
import bellwether.source.Position;
import bellwether.source.Puller;
import bellwether.source.Run;
import bellwether.source.Step;
import bellwether.source.TestConnections;
import bellwether.source.Tool;
import bellwether.source.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which question holds the score, in the shipped tools whose surveys have several: told by its id, found by its type, or by its title. */
class QuestionChoiceTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:30:00Z");
    private static final String TYPEFORM = """
            {"items":[{"token":"t","response_id":"t","submitted_at":"2026-11-20T12:00:00Z","answers":[
              {"field":{"id":"q1","ref":"one","type":"%s"},"number":3},
              {"field":{"id":"q2","ref":"two","type":"%s"},"number":9}]}]}""";
    private static final String SURVICATE = """
            {"pagination_data":{"has_more":false},"data":[{"uuid":"a","collected_at":"2026-11-20T12:00:00.000000Z","respondent":{"uuid":"b"},
              "answers":[{"question_id":1,"question_type":"rating","answer":{"content":"3"}},
                         {"question_id":2,"question_type":"%s","answer":{"content":"9"}}]}]}""";
    private static final String SURVEYMONKEY = """
            {"links":{},"data":[{"id":"r","survey_id":"5","response_status":"completed","date_created":"2026-11-20T12:00:00+00:00",
              "date_modified":"2026-11-20T12:00:00+00:00","pages":[{"questions":[
                {"id":"1","answers":[{"choice_id":"803"}]},{"id":"2","answers":[{"choice_id":"909"}]}]}]}]}""";

    private ContractServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ContractServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void typeformById() {
        assertThat(typeform("nps", "opinion_scale", Map.of("score_question", "q2")))
                .isEqualTo(9);
        assertThat(typeform("nps", "opinion_scale", Map.of("score_question", "two")))
                .isEqualTo(9);
        assertThat(typeform("nps", "nps", Map.of("score_question", "other, q1")))
                .isEqualTo(3);
    }

    @Test
    void typeformByType() {
        assertThat(typeform("opinion_scale", "nps", Map.of())).isEqualTo(9);
        assertThat(typeform("rating", "number", Map.of())).isNull();
    }

    @Test
    void typeformByTitle() {
        assertThat(typeform("opinion_scale", "opinion_scale", Map.of())).isEqualTo(9);
    }

    private Integer typeform(String first, String second, Map<String, String> settings) {
        return score("typeform", TYPEFORM.formatted(first, second), """
                {"fields":[{"id":"q1","ref":"one","type":"%s","title":"How was lunch?"},
                           {"id":"q2","ref":"two","type":"%s","title":"Would you RECOMMEND us?"}]}""".formatted(first, second), settings);
    }

    @Test
    void survicateById() {
        assertThat(survicate("nps", Map.of("score_question", "1"))).isEqualTo(3);
    }

    @Test
    void survicateByType() {
        assertThat(survicate("nps", Map.of())).isEqualTo(9);
    }

    @Test
    void survicateByTitle() {
        assertThat(survicate("scale", Map.of())).isEqualTo(9);
    }

    private Integer survicate(String second, Map<String, String> settings) {
        return score("survicate", SURVICATE.formatted(second), """
                {"data":[{"id":1,"type":"rating","question":"How was lunch?"},
                         {"id":2,"type":"%s","question":"Would you recommend us?"}]}""".formatted(second), settings);
    }

    @Test
    void surveymonkeyByIdAndByTitle() {
        String questions = """
                {"pages":[{"questions":[
                  {"id":"1","family":"matrix","headings":[{"heading":"How was lunch?"}],"answers":{"choices":[{"id":"803","weight":3}]}},
                  {"id":"2","family":"matrix","headings":[{"heading":"Would you recommend us?"}],"answers":{"choices":[{"id":"909","weight":9}]}}]}]}""";
        assertThat(score("surveymonkey", SURVEYMONKEY, questions, Map.of("score_question", "1")))
                .isEqualTo(3);
        assertThat(score("surveymonkey", SURVEYMONKEY, questions, Map.of())).isEqualTo(9);
    }

    /** The score of the only response, which is never lost. */
    private Integer score(String name, String rows, String questions, Map<String, String> settings) {
        Tool tool = Tools.load(new Configuration(Path.of("."), variable -> null), name)
                .value();
        Map<String, Secret> values = new HashMap<>();
        settings.forEach((key, value) -> values.put(key, new Secret(value)));
        Connection connection = TestConnections.connection(tool, server.base(), values, null, 1, List.of());
        server.serve(List.of(), request -> {
            boolean list = request.path().contains("responses");
            boolean first = !request.query().containsKey("before");
            return ContractServer.Reply.of(200, list ? first ? rows : "{\"items\":[]}" : questions);
        });
        Position position = Position.open(name, Position.BACKFILL, NOW.minusSeconds(864_000), NOW)
                .of("5");
        Step step = new Puller(connection, new HttpCaller(server.base()), new Run(), Clock.fixed(NOW, ZoneOffset.UTC))
                .next(position);
        assertThat(step).as(String.valueOf(step)).isInstanceOf(Step.Page.class);
        List<Response> responses = ((Step.Page) step).responses();
        assertThat(responses).hasSize(1);
        return responses.get(0).score();
    }
}
