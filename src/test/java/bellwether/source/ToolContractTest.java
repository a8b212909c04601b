package bellwether.source;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.mapping.Configuration;
import bellwether.mapping.Secret;
import bellwether.mapping.Surveys;
import bellwether.mapping.Tier;
import bellwether.mapping.ToolSettings;
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
import java.util.Map;
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

    private static Connection connection(Contract contract) {
        JsonNode s = contract.settings();
        Tool tool = Tools.load(new Configuration(Path.of("."), name -> null), contract.tool())
                .value();
        ToolSettings settings = new ToolSettings(
                contract.tool(),
                contract.tool(),
                null,
                null,
                null,
                null,
                "id",
                new Secret(SECRET),
                null,
                s.path("backfill_months").asInt(6),
                List.<Tier>of(),
                s.path("page_size").asInt(50),
                Surveys.NONE,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Connection(settings, tool);
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
            if (value != null)
                node.set(field.name().toLowerCase(java.util.Locale.ROOT), JSON.valueToTree(plain(value)));
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
