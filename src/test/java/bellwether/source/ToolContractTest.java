package bellwether.source;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.mapping.Word;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.QueryParameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every tool inherits from its two files: its contract is served over HTTP and must give exactly what it says. */
class ToolContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "canary-5c1d";
    private static WireMockServer server;

    static Stream<String> tools() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("mappings/tools"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted().toList().stream();
        }
    }

    @BeforeAll
    static void start() {
        server =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void reset() {
        server.resetAll();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void asksExactlyWhatTheContractSaysAndReadsExactlyThat(String tool) {
        Contract contract = Contract.load(tool);
        Run run = new Run();
        serve(contract);

        run(contract, run);

        assertThat(run.stops).isEmpty();
        assertThat(asked())
                .containsExactlyElementsOf(contract.exchanges().stream()
                        .map(ToolContractTest::text)
                        .toList());
        assertThat(run.responses.stream().map(ToolContractTest::json))
                .containsExactlyElementsOf(contract.expected().responses());
        assertThat(run.respondents.values().stream().map(ToolContractTest::json))
                .containsExactlyInAnyOrderElementsOf(contract.expected().respondents());
        assertThat(run.setAside.stream().map(ToolContractTest::json))
                .containsExactlyElementsOf(contract.expected().setAside());
        assertThat(run.positions.values().stream().map(ToolContractTest::json))
                .containsExactlyElementsOf(contract.expected().positions());
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theSamePagesAgainGiveTheSame(String tool) {
        Contract contract = Contract.load(tool);
        serve(contract);
        Run first = new Run();
        Run second = new Run();

        run(contract, first);
        run(contract, second);

        assertThat(second.responses).isNotEmpty().isEqualTo(first.responses);
        assertThat(second.positions).isEqualTo(first.positions);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void anEmptyFirstPageIsTheEndAndNoError(String tool) {
        Contract contract = Contract.load(tool);
        server.stubFor(any(anyUrl()).willReturn(okJson("[]")));
        Run run = new Run();

        run(contract, run);

        assertThat(run.stops).isEmpty();
        assertThat(run.responses).isEmpty();
        assertThat(run.positions.values()).isNotEmpty().noneMatch(Position::open);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void whatIsNoListIsNeverAnEmptyPage(String tool) {
        Contract contract = Contract.load(tool);
        for (String body :
                List.of("<html><body>Back soon</body></html>", "", "{\"error\":\"none\"}", "null", "[{\"id\":1", "7")) {
            Run run = new Run();
            server.stubFor(any(anyUrl()).willReturn(aResponse().withBody(body)));

            run(contract, run);

            Step.Wait wait = (Step.Wait) run.stops.get(0);
            assertThat(wait.fault().code()).isEqualTo("ANSWER_NOT_A_LIST");
            assertThat(wait.position().coveredUntil()).isEqualTo(wait.position().from());
            assertThat(run.pages).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void refusalPausesAndHaltWaitsAsTold(String tool) {
        Contract contract = Contract.load(tool);
        Instant reset = Instant.parse(contract.now()).plusSeconds(42);
        for (int status : List.of(400, 401, 403, 404)) {
            server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));
            Run run = new Run();
            run(contract, run);
            assertThat(run.stops).hasSize(1).first().isInstanceOf(Step.Pause.class);
        }
        server.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(429).withHeader("X-Rate-Limit-Reset", "" + reset.getEpochSecond())));
        Run run = new Run();
        run(contract, run);
        assertThat(run.stops).hasSize(1);
        assertThat(((Step.Wait) run.stops.get(0)).until()).isEqualTo(reset);
        assertThat(Plan.of(
                        connection(contract),
                        List.copyOf(run.positions.values()),
                        reset.minusSeconds(1),
                        ZoneOffset.UTC))
                .isEqualTo(new Plan(List.of(), reset));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aBrokenRecordIsSetAsideAndItsNeighboursLive(String tool) {
        Contract contract = Contract.load(tool);
        Set<String> whole = Set.copyOf(
                read(contract).responses.stream().map(r -> r.key().id()).toList());
        Map<String, String> broken = Map.of(
                "score=-1",
                "SCORE_OUT_OF_RANGE",
                "score=6.5",
                "SCORE_NOT_INTEGER",
                "score=true",
                "SCORE_NOT_INTEGER",
                "score=\"nine\"",
                "SCORE_NOT_INTEGER",
                "answered_at=\"yesterday\"",
                "DATE_UNREADABLE",
                "answered_at=4102444800",
                "DATE_IN_FUTURE",
                "answered_at=null",
                "DATE_MISSING",
                "id=null",
                "ID_MISSING");
        Connection connection = connection(contract);
        String victim = contract.expected().responses().get(0).path("id").asText();
        broken.forEach((change, code) -> {
            String[] parts = change.split("=");
            Contract changed = contract.mapEvery(
                    connection.tool().responses().path(),
                    row -> row.path(path(connection, "id")).asText().equals(victim),
                    path(connection, parts[0]),
                    parts[1]);
            reset();
            Run run = read(changed);

            assertThat(run.setAside)
                    .as(change)
                    .extracting(aside -> aside.fault().code())
                    .contains(code);
            assertThat(run.responses.stream().map(r -> r.key().id()))
                    .as(change)
                    .containsExactlyInAnyOrderElementsOf(
                            whole.stream().filter(id -> !id.equals(victim)).toList());
            assertThat(run.positions.values()).as(change).noneMatch(Position::open);
        });
    }

    @ParameterizedTest
    @MethodSource("tools")
    void noFaultHoldsASecretAnEmailOrAComment(String tool) {
        Contract contract = Contract.load(tool);
        Run run = read(contract);
        String told = run.setAside + " "
                + run.setAside.stream().map(SetAside::fault).toList() + run.stops + connection(contract);
        List<String> hidden = new ArrayList<>(List.of(SECRET));
        contract.expected()
                .responses()
                .forEach(response -> hidden.add(response.path("comment").asText(SECRET)));
        contract.expected()
                .respondents()
                .forEach(person -> hidden.add(person.path("email").asText(SECRET)));

        assertThat(told).isNotEmpty();
        hidden.forEach(text -> assertThat(told).doesNotContain(text));
    }

    private static Run read(Contract contract) {
        Run run = new Run();
        serve(contract);
        run(contract, run);
        return run;
    }

    /** Where a tool keeps one of our words; contracts use plain paths. */
    private static String path(Connection connection, String word) {
        return connection
                .tool()
                .responses()
                .map()
                .get(Word.valueOf(word.toUpperCase(Locale.ROOT)))
                .paths()
                .get(0);
    }

    private static Connection connection(Contract contract) {
        JsonNode settings = contract.settings();
        return TestConnections.connection(
                contract.tool(),
                settings.path("page_size").asInt(50),
                settings.path("backfill_months").asInt(6),
                List.of());
    }

    private static void run(Contract contract, Run run) {
        Clock clock = Clock.fixed(Instant.parse(contract.now()), ZoneOffset.UTC);
        run.go(connection(contract), new HttpCaller(server.baseUrl()), clock, ZoneId.of(contract.zone()));
    }

    private static void serve(Contract contract) {
        server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(500)));
        for (Contract.Exchange exchange : contract.exchanges()) {
            MappingBuilder stub = get(urlPathEqualTo(exchange.path()));
            if (exchange.query() != null)
                exchange.query().forEach((name, value) -> stub.withQueryParam(name, equalTo(value)));
            server.stubFor(stub.willReturn(aResponse()
                    .withStatus(exchange.status() == null ? 200 : exchange.status())
                    .withHeader("Content-Type", "application/json; charset=utf-8")
                    .withBody(exchange.answer().toString())));
        }
    }

    private static List<String> asked() {
        List<String> asked = new ArrayList<>();
        server.getAllServeEvents().forEach(event -> {
            Map<String, String> query = new TreeMap<>();
            for (QueryParameter parameter : event.getRequest().getQueryParams().values()) {
                query.put(parameter.key(), parameter.firstValue());
            }
            String path = event.getRequest().getUrl().replaceAll("\\?.*", "");
            asked.add(0, path + " " + query);
        });
        return asked;
    }

    private static String text(Contract.Exchange exchange) {
        return exchange.path() + " " + new TreeMap<>(exchange.query() == null ? Map.of() : exchange.query());
    }

    private static JsonNode json(Response response) {
        ObjectNode node = JSON.createObjectNode().put("id", response.key().id());
        for (Response.Field field : response.present()) {
            Object value = response.value(field);
            if (value != null) node.set(field.name().toLowerCase(Locale.ROOT), JSON.valueToTree(plain(value)));
        }
        return node;
    }

    private static JsonNode json(Respondent person) {
        ObjectNode node = JSON.createObjectNode().put("id", person.id());
        if (person.email() != null) node.put("email", person.email());
        if (person.phone() != null) node.put("phone", person.phone());
        if (person.externalId() != null) node.put("external_id", person.externalId());
        if (person.updatedAt() != null)
            node.put("updated_at", person.updatedAt().toString());
        if (!person.properties().isEmpty()) node.set("properties", JSON.valueToTree(person.properties()));
        return node;
    }

    private static JsonNode json(SetAside aside) {
        return JSON.createObjectNode()
                .put("kind", aside.kind())
                .put("id", aside.id())
                .put("code", aside.fault().code());
    }

    private static JsonNode json(Position position) {
        return JSON.createObjectNode()
                .put("scan", position.scan())
                .put("from", position.from().toString())
                .put("covered_until", position.coveredUntil().toString())
                .put("seen", (int) position.seen());
    }

    private static Object plain(Object value) {
        return value instanceof Instant instant ? instant.toString() : value;
    }
}
