package bellwether.contract;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.daemon.Wiring;
import bellwether.mapping.Configuration;
import bellwether.mapping.Secret;
import bellwether.nps.Fault;
import bellwether.source.Connection;
import bellwether.source.Course;
import bellwether.source.Position;
import bellwether.source.Run;
import bellwether.source.TestConnections;
import bellwether.source.Tool;
import bellwether.source.Tools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tool that is read survey by survey, with a budget that ends in the middle, surveys that come and go, and one that is refused. */
class SurveysTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Real: a wait is told by the real clock of the calls. */
    private static final Instant NOW = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);

    private final Map<String, Integer> surveys = new TreeMap<>();
    private final List<String> refused = new ArrayList<>();
    private final Run run = new Run();
    private ContractServer server;
    private Wiring wiring;
    private Connection connection;
    private int budget = Integer.MAX_VALUE;

    @BeforeEach
    void start() throws Exception {
        server = new ContractServer();
        server.serve(List.of(), this::answer);
        wiring = new Wiring();
        Tool tool = Tools.load(new Configuration(Path.of("src/test/tools"), variable -> null), "forms")
                .value();
        connection = TestConnections.connection(tool, server.base(), Map.of("key", new Secret("k")), 2, 1, List.of());
    }

    @AfterEach
    void stop() {
        wiring.close();
        server.close();
    }

    @Test
    void aBudgetThatEndsInTheMiddleIsGoneOnWithWhereItEnded() {
        for (int i = 10; i < 20; i++) surveys.put("" + i, 3);
        int rounds = 0;
        do {
            budget = 12;
            run.stops().clear();
            go(NOW.plus(Duration.ofMinutes(2L * rounds)));
        } while (at("", Position.BACKFILL) == null && ++rounds < 20);
        assertThat(rounds).isBetween(4, 10);
        assertThat(run.responses().stream()
                        .map(response ->
                                response.key().parent() + ":" + response.key().id()))
                .doesNotHaveDuplicates()
                .hasSize(30);
        assertThat(at("", Position.BACKFILL).open()).isFalse();
    }

    @Test
    void theBackfillIsOverWhenAllAreAndANewSurveyGetsItsOwn() {
        surveys.put("1", 3);
        surveys.put("2", 3);
        budget = 7;
        go(NOW);
        assertThat(at("", Position.BACKFILL)).isNull();
        budget = Integer.MAX_VALUE;
        go(NOW.plus(Duration.ofMinutes(2)));
        assertThat(at("", Position.BACKFILL).open()).isFalse();
        assertThat(run.responses()).hasSize(6);

        surveys.remove("1");
        surveys.put("3", 3);
        Position kept = at("1", Position.BACKFILL);
        go(NOW.plus(Duration.ofHours(2)));
        assertThat(at("3", Position.BACKFILL).open()).isFalse();
        assertThat(at("1", Position.BACKFILL)).isEqualTo(kept);
        assertThat(server.asked.stream()
                        .filter(a -> a.path().startsWith("/forms/1/"))
                        .count())
                .isPositive();
        assertThat(run.responses().stream().filter(r -> r.survey().equals("3"))).hasSize(3);
    }

    @Test
    void aSurveyThatIsRefusedIsLeftOutAndAllOfThemAreAReasonToStop() {
        surveys.put("1", 3);
        surveys.put("2", 3);
        refused.add("1");
        Course course = go(NOW);
        assertThat(run.responses().stream().map(r -> r.survey())).containsOnly("2");
        assertThat(course.refused()).containsOnlyKeys("1");
        assertThat(course.refusal()).isNull();

        refused.add("2");
        course = go(NOW.plus(Duration.ofHours(2)));
        assertThat(course.refusal()).isInstanceOf(Fault.Config.class);
    }

    /** How far a scan of a survey has come, or of all of them together; null if there is none. */
    private Position at(String survey, String scan) {
        return run.positions().stream()
                .filter(position ->
                        position.parent().equals(survey) && position.scan().equals(scan))
                .findFirst()
                .orElse(null);
    }

    private Course go(Instant now) {
        return run.go(connection, wiring.add(named(now)), Clock.fixed(now, ZoneOffset.UTC), ZoneOffset.UTC);
    }

    /** Each run has a wire of its own. */
    private Connection named(Instant now) {
        return TestConnections.connection(
                "forms-" + now.toEpochMilli(),
                connection.tool(),
                server.base(),
                Map.of("key", new Secret("k")),
                2,
                1,
                List.of());
    }

    private ContractAnswers.Reply answer(ContractAnswers.Asked asked) {
        if (--budget < 0)
            return new ContractAnswers.Reply(429, Map.of("Retry-After", "60"), "{}".getBytes(StandardCharsets.UTF_8));
        String[] path = asked.path().split("/");
        ObjectNode answer = JSON.createObjectNode();
        if (path.length == 2) {
            List<String> ids = new ArrayList<>(surveys.keySet());
            int page = Integer.parseInt(asked.query().get("page").get(0));
            var forms = answer.put("pages", (ids.size() + 1) / 2).putArray("forms");
            ids.stream().skip(page * 2L).limit(2).forEach(id -> forms.addObject()
                    .put("id", id));
            return ok(answer);
        }
        if (refused.contains(path[2])) return ContractAnswers.Reply.of(403, "{}");
        if (path[3].equals("questions")) return ok(answer);
        var items = answer.putArray("items");
        if (path[3].equals("invitations")) return ok(answer);
        int before = asked.query().containsKey("before")
                ? Integer.parseInt(asked.query().get("before").get(0))
                : surveys.get(path[2]) + 1;
        for (int id = before - 1; id >= Math.max(1, before - 2); id--) {
            items.addObject()
                    .put("id", id)
                    .put("token", id)
                    .put("done", NOW.minus(Duration.ofDays(10 - id)).toString())
                    .putArray("answers");
        }
        Instant since =
                Instant.ofEpochSecond(Long.parseLong(asked.query().get("since").get(0)));
        if (since.isAfter(NOW.minus(Duration.ofDays(5)))) items.removeAll();
        return ok(answer);
    }

    private static ContractAnswers.Reply ok(ObjectNode answer) {
        return ContractAnswers.Reply.of(200, answer.toString());
    }
}
