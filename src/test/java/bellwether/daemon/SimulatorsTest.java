package bellwether.daemon;

import static bellwether.daemon.CallTest.failed;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.crm.SalesforceOrg;
import bellwether.http.Answer;
import bellwether.http.Auth;
import bellwether.http.Caller;
import bellwether.http.Limits;
import bellwether.http.Request;
import bellwether.http.Secret;
import bellwether.http.Wire;
import bellwether.nps.Fault.Config;
import bellwether.nps.Fault.Transient;
import bellwether.simulator.Company;
import bellwether.simulator.Fault;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Both wires against the simulators, faults included. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatorsTest {
    private static final String COLLECTION = "/composite/sobjects";
    private static final String DATA = "/services/data/v66.0";

    private final Company company = Company.of(42, 20, 100, 300, Instant.parse("2026-11-01T00:00:00Z"));
    private WootricSimulator wootric;
    private SalesforceSimulator salesforce;
    private Wiring wiring;
    private Caller tool;
    private Caller crm;

    @BeforeAll
    void start() throws Exception {
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(0));
        salesforce = SalesforceSimulator.start(
                company, SalesforceSimulator.Options.standard().newLoginEndsOthers(true));
        wiring = new Wiring();
        Auth oauth = new Auth.ClientCredentials(
                URI.create(wootric.baseUrl() + "/oauth/token"),
                new Secret("wootric.client_id", "demo-client"),
                new Secret("wootric.client_secret", "demo-secret"),
                Map.of());
        Limits limits = Limits.NONE.obeying("X-Rate-Limit-Remaining", "X-Rate-Limit-Reset", Limits.Reset.UNIX_SECONDS);
        tool = wiring.add(Wire.tool("wootric", URI.create(wootric.baseUrl() + "/v1"), oauth, limits)
                .overriding(Wiring.QUICK));
        crm = wiring.add(SalesforceOrg.of(
                        "salesforce",
                        URI.create(salesforce.baseUrl()),
                        new Secret("salesforce.client_id", "demo-client"),
                        new Secret("salesforce.client_secret", "demo-secret"))
                .overriding(Wiring.QUICK));
    }

    @BeforeEach
    void count() {
        wootric.clearCalls();
        salesforce.clearCalls();
    }

    @AfterEach
    void calm() {
        wootric.clearFaults();
        salesforce.clearFaults();
    }

    @AfterAll
    void stop() {
        wiring.close();
        wootric.close();
        salesforce.close();
    }

    private static Request page(int number) {
        return Request.read(
                "/responses",
                List.of(new Request.Parameter("page", "" + number), new Request.Parameter("per_page", "50")));
    }

    private static JsonNode ok(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Ok.class);
        return ((Answer.Ok) answer).json();
    }

    private Request update(String... contacts) {
        StringBuilder rows = new StringBuilder();
        for (String id : contacts) {
            rows.append(rows.isEmpty() ? "" : ",")
                    .append("{\"attributes\":{\"type\":\"Contact\"},\"id\":\"" + id + "\",\"NPS_Score__c\":7}");
        }
        return SalesforceWireTest.patch(COLLECTION, "{\"allOrNone\":false,\"records\":[" + rows + "]}");
    }

    @Test
    void wootricPagesAndRefusals() {
        assertThat(ok(tool.call(page(1)))).hasSize(50);
        assertThat(failed(tool.call(page(31)))).isInstanceOf(Config.class);
        wootric.expireTokens();
        assertThat(ok(tool.call(page(2)))).hasSize(50);
    }

    @Test
    void wootricFaultsPass() {
        for (Fault fault : List.of(
                Fault.status("/v1/responses", 500),
                Fault.status("/v1/responses", 429).retryAfter(1),
                Fault.html("/v1/responses"),
                Fault.empty("/v1/responses"),
                Fault.truncated("/v1/responses"),
                Fault.cut("/v1/responses"),
                Fault.drop("/v1/responses"))) {
            wootric.clearCalls();
            wootric.fail(fault);
            assertThat(ok(tool.call(page(1)))).as(fault.kind().name()).hasSize(50);
            assertThat(wootric.calls().get("GET /v1/responses"))
                    .as(fault.kind().name())
                    .isEqualTo(2);
        }
    }

    @Test
    void salesforceQueriesByPages() {
        JsonNode page = ok(crm.call(SalesforceWireTest.query("SELECT Id, Email FROM Contact ORDER BY Id LIMIT 2000")));
        assertThat(page.get("records")).hasSize(100);
        assertThat(ok(crm.call(Request.read("/sobjects/Contact/describe", List.of())))
                        .get("name")
                        .asText())
                .isEqualTo("Contact");
    }

    @Test
    void salesforceRowsFailAlone() {
        String good = company.contact(1).id();
        String bad = company.contact(2).id();
        salesforce.failRow(bad, "UNABLE_TO_LOCK_ROW", 1);
        JsonNode results = ok(crm.call(update(good, bad)));
        assertThat(results.at("/0/success").asBoolean()).isTrue();
        assertThat(results.at("/1/errors/0/statusCode").asText()).isEqualTo("UNABLE_TO_LOCK_ROW");
    }

    @Test
    void salesforceFaultsPassAndNothingIsDoubled() {
        String path = DATA + COLLECTION;
        int key = 0;
        for (Fault fault : List.of(
                Fault.status(path, 503).committed(),
                Fault.html(path).committed(),
                Fault.empty(path).committed(),
                Fault.truncated(path),
                Fault.cut(path),
                Fault.drop(path).committed())) {
            salesforce.fail(fault);
            JsonNode results = ok(crm.call(SalesforceWireTest.patch(
                    COLLECTION + "/NPS_Response__c/Response_Id__c",
                    "{\"allOrNone\":false,\"records\":[{\"attributes\":{\"type\":\"NPS_Response__c\"},\"Response_Id__c\":\"k"
                            + key++ + "\"}]}")));
            assertThat(results.at("/0/success").asBoolean())
                    .as(fault.kind() + " " + results)
                    .isTrue();
            // what was committed before the answer was lost is found again, not created twice
            assertThat(results.at("/0/created").asBoolean())
                    .as(fault.kind().name())
                    .isFalse();
        }
    }

    @Test
    void salesforceLogsInOnceForEightThreads() throws Exception {
        ok(crm.call(update(company.contact(3).id())));
        salesforce.clearCalls();
        salesforce.expireTokens();
        assertThat(CallTest.atOnce(8, () -> crm.call(update(company.contact(3).id()))))
                .allMatch(Answer.Ok.class::isInstance);
        assertThat(salesforce.calls().get("POST /services/oauth2/token")).isEqualTo(1);
    }

    @Test
    void aUsedUpSalesforceQuotaEndsTheCall() throws Exception {
        try (SalesforceSimulator small = SalesforceSimulator.start(
                        company, SalesforceSimulator.Options.standard().callsPerDay(2));
                Wiring own = new Wiring()) {
            Caller caller = own.add(SalesforceOrg.of(
                    "small",
                    URI.create(small.baseUrl()),
                    new Secret("id", "demo-client"),
                    new Secret("secret", "demo-secret")));
            Request read = SalesforceWireTest.query("SELECT Id FROM Contact LIMIT 1");
            assertThat(caller.call(read)).isInstanceOfSatisfying(Answer.Ok.class, ok -> assertThat(ok.headers())
                    .containsEntry("sforce-limit-info", "api-usage=1/2"));
            ok(caller.call(read));
            assertThat(failed(caller.call(read)))
                    .isInstanceOfSatisfying(
                            Transient.class, fault -> assertThat(fault.code()).isEqualTo("QUOTA"));
        }
    }
}
