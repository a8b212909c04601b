package bellwether.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.simulator.Web.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SalesforceSessionTest extends SalesforceFixture {
    private static final String ANY = DATA + "/sobjects/";

    @Test
    void aLoginTellsWhereToGoAndWhoOneIs() {
        JsonNode answer = Web.stranger(simulator.baseUrl())
                .form(
                        "/services/oauth2/token",
                        "grant_type=client_credentials&client_id=demo-client&client_secret=demo-secret&format=json")
                .json();
        assertThat(answer.path("instance_url").asText()).isEqualTo(simulator.baseUrl());
        assertThat(answer.path("id").asText()).matches(".*/id/00D\\w{15}/" + simulator.integrationUserId());
        assertThat(answer.path("token_type").asText()).isEqualTo("Bearer");
        assertThat(simulator.logins()).isEqualTo(2);
    }

    @Test
    void aWrongSecretOrGrantIsRefused() {
        Web stranger = Web.stranger(simulator.baseUrl());
        Reply wrong = stranger.form(
                "/services/oauth2/token", "grant_type=client_credentials&client_id=demo-client&client_secret=no");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("error").asText()).isEqualTo("invalid_client");
        Reply password = stranger.form("/services/oauth2/token", "grant_type=password&username=a&password=b");
        assertThat(password.json().path("error").asText()).isEqualTo("unsupported_grant_type");
        assertThat(stranger.get(ANY).json().at("/0/errorCode").asText()).isEqualTo("INVALID_SESSION_ID");
    }

    @Test
    void sessionsEndOnDemandAndWhenRevoked() {
        assertThat(web.get(ANY).status()).isEqualTo(200);
        simulator.expireTokens();
        assertThat(web.get(ANY).status()).isEqualTo(401);
        Web again = Web.salesforce(simulator);
        assertThat(again.get(ANY).status()).isEqualTo(200);
        Web stranger = Web.stranger(simulator.baseUrl());
        assertThat(stranger.get("/services/oauth2/revoke?token=" + Web.encoded(again.token()))
                        .status())
                .isEqualTo(200);
        assertThat(again.get(ANY).status()).isEqualTo(401);
    }

    @Test
    void aNewLoginCanEndTheOthers() {
        try (SalesforceSimulator jealous =
                SalesforceSimulator.start(company, options().newLoginEndsOthers(true))) {
            Web first = Web.salesforce(jealous);
            Web second = Web.salesforce(jealous);
            assertThat(first.get(ANY).status()).isEqualTo(401);
            assertThat(second.get(ANY).status()).isEqualTo(200);
        }
    }

    @Test
    void eachCallCountsOnceAndTheDailyLimitRefuses() {
        simulator.callsPerDay(3);
        assertThat(web.get(ANY).header("Sforce-Limit-Info")).isEqualTo("api-usage=1/3");
        upsert(response("w:1", ""), response("w:2", ""));
        assertThat(web.get(DATA + "/limits")
                        .json()
                        .at("/DailyApiRequests/Remaining")
                        .asInt())
                .isZero();
        Reply refused = web.get(ANY);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().at("/0/errorCode").asText()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
        assertThat(refused.header("Sforce-Limit-Info")).isEqualTo("api-usage=3/3");
        assertThat(refused.header("Retry-After")).isNull();
        clock.advance(Duration.ofHours(24));
        assertThat(web.get(ANY).status()).isEqualTo(200);
    }

    @Test
    void callsAreCountedPerEndpoint() {
        simulator.clearCalls();
        web.query("SELECT Id FROM Contact LIMIT 1");
        upsert(response("w:1", ""));
        update(contactRow(contact(1), "\"NPS_Score__c\":1"));
        web.get(DATA + "/sobjects/Contact/" + contact(1));
        assertThat(simulator.calls().keySet())
                .containsExactlyInAnyOrder(
                        "GET /query",
                        "PATCH /composite/sobjects/NPS_Response__c/Response_Id__c",
                        "PATCH /composite/sobjects",
                        "GET /sobjects/Contact/{id}");
    }

    @Test
    void unknownPathsAndMethodsAreRefused() {
        assertThat(web.get("/services/nothing").status()).isEqualTo(404);
        assertThat(web.get(DATA + "/nothing").status()).isEqualTo(404);
        assertThat(web.json("DELETE", UPDATE, null).status()).isEqualTo(405);
        assertThat(web.json("POST", DATA + "/query", "{}").status()).isEqualTo(405);
    }
}
