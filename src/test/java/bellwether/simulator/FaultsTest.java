package bellwether.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.simulator.Web.Reply;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest extends SalesforceFixture {
    private static final String ANY = DATA + "/sobjects/";

    @Test
    void theNextCallsAnswerAnotherStatusAndThenAllIsWell() {
        simulator.fail(Fault.status(DATA, 503).retryAfter(7).times(2));
        for (int i = 0; i < 2; i++) {
            Reply faulty = web.get(ANY);
            assertThat(faulty.status()).isEqualTo(503);
            assertThat(faulty.header("Retry-After")).isEqualTo("7");
            assertThat(faulty.json().at("/0/errorCode").asText()).isEqualTo("SERVER_UNAVAILABLE");
        }
        assertThat(web.get(ANY).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500})
    void errorBodiesAreTheVendors(int status) {
        simulator.fail(Fault.status("/services", status));
        Reply faulty = web.get(ANY);
        assertThat(faulty.status()).isEqualTo(status);
        assertThat(faulty.json().at("/0/errorCode").asText()).isNotBlank();
        assertThat(faulty.header("Retry-After")).isNull();
    }

    @Test
    void aFaultWaitsForItsPathItsMethodAndItsTurn() {
        simulator.fail(Fault.status(UPSERT, 500).on("PATCH").after(1));
        assertThat(web.get(ANY).status()).isEqualTo(200);
        assertThat(web.json("PATCH", UPSERT, records(response("w:1", ""))).status())
                .isEqualTo(200);
        assertThat(web.get(UPSERT).status()).isEqualTo(405);
        assertThat(web.json("PATCH", UPSERT, records(response("w:2", ""))).status())
                .isEqualTo(500);
        assertThat(simulator.creations("NPS_Response__c").keySet()).containsExactly("w:1");
    }

    @Test
    void htmlAndNothingComeWithStatus200() {
        simulator.fail(Fault.html(DATA));
        simulator.fail(Fault.empty(DATA));
        Reply html = web.get(ANY);
        assertThat(html.status()).isEqualTo(200);
        assertThat(html.header("Content-Type")).isEqualTo("text/html");
        assertThat(html.body()).startsWith("<!DOCTYPE html>");
        Reply empty = web.get(ANY);
        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.body()).isEmpty();
    }

    @Test
    void jsonIsTruncated() {
        simulator.fail(Fault.truncated(UPSERT));
        Reply cut = web.json("PATCH", UPSERT, records(response("w:1", "")));
        assertThat(cut.status()).isEqualTo(200);
        assertThatThrownBy(() -> new ObjectMapper().readTree(cut.body())).isInstanceOf(JsonProcessingException.class);
        assertThat(simulator.creations("NPS_Response__c")).hasSize(1);
    }

    @Test
    void theConnectionIsDroppedBeforeOrAfterTheWorkIsDone() {
        simulator.fail(Fault.drop(UPSERT));
        simulator.fail(Fault.drop(UPSERT).committed());
        simulator.fail(Fault.cut(UPSERT));
        for (String key : new String[] {"w:before", "w:after", "w:cut"}) {
            assertThatThrownBy(() -> web.tried("PATCH", UPSERT, records(response(key, "")), "application/json"))
                    .isInstanceOf(IOException.class);
        }
        assertThat(simulator.creations("NPS_Response__c").keySet()).containsExactly("w:after", "w:cut");
        assertThat(simulator.statuses())
                .containsEntry("PATCH /composite/sobjects/NPS_Response__c/Response_Id__c 0", 1L);
    }

    @Test
    void aLateAnswerComesAfterTheClientHasGivenUp() throws Exception {
        simulator.fail(Fault.delay(UPSERT, Duration.ofSeconds(30)).committed());
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + UPSERT))
                .timeout(Duration.ofMillis(500))
                .header("Authorization", "Bearer " + web.token())
                .method("PATCH", HttpRequest.BodyPublishers.ofString(records(response("w:late", ""))))
                .build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(simulator.creations("NPS_Response__c").keySet()).containsExactly("w:late");
    }

    @Test
    void aDelayedCallIsDoneLate() {
        List<Call> calls = new CopyOnWriteArrayList<>();
        simulator.onCall(calls::add);
        simulator.fail(Fault.delay(UPSERT, Duration.ofMillis(50)));
        assertThat(upsert(response("w:1", "")).get(0).path("success").asBoolean())
                .isTrue();
        assertThat(calls).extracting(Call::phase).containsExactly(Call.Phase.ARRIVED, Call.Phase.COMMITTED);
    }

    @Test
    void listenersHearOfArrivalBeforeAndOfCommitAfterTheWork() {
        List<String> heard = new CopyOnWriteArrayList<>();
        simulator.onCall(call -> heard.add(call.phase() + " " + call.endpoint() + " " + call.status() + " "
                + simulator.creations("NPS_Response__c").size()));
        upsert(response("w:1", ""));
        String endpoint = "PATCH /composite/sobjects/NPS_Response__c/Response_Id__c";
        assertThat(heard).containsExactly("ARRIVED " + endpoint + " 0 0", "COMMITTED " + endpoint + " 200 1");
    }

    @Test
    void anotherProcessPlansFaultsAndReadsCountersOverHttp() {
        Web outside = Web.stranger(simulator.baseUrl());
        String fault = "{\"path\":\"" + DATA + "\",\"kind\":\"STATUS\",\"status\":429,\"retryAfter\":3,\"times\":5}";
        assertThat(outside.json("POST", "/__simulator/faults", fault).status()).isEqualTo(204);
        assertThat(web.get(ANY).header("Retry-After")).isEqualTo("3");
        assertThat(outside.get("/__simulator/faults").json().at("/0/times").asInt())
                .isEqualTo(4);
        assertThat(outside.send("DELETE", "/__simulator/faults", null, "application/json")
                        .status())
                .isEqualTo(204);
        assertThat(web.get(ANY).status()).isEqualTo(200);
        assertThat(outside.get("/__simulator/calls")
                        .json()
                        .at("/statuses/GET ~1sobjects 0")
                        .asInt())
                .isEqualTo(1);
        assertThat(outside.json("POST", "/__simulator/faults", "{\"kind\":\"STATUS\"}")
                        .status())
                .isEqualTo(400);
        assertThat(outside.json("POST", "/__simulator/faults", "{\"knid\":\"DROP\"}")
                        .status())
                .isEqualTo(400);
        assertThat(outside.get("/__simulator/nothing").status()).isEqualTo(404);
    }

    @Test
    void anotherProcessReadsRecordsAndCreations() {
        Web outside = Web.stranger(simulator.baseUrl());
        upsert(response("w:1", "\"Comment__c\":\"två\\nrader 🙂\""));
        upsert(response("w:1", ""));
        assertThat(outside.get("/__simulator/records/NPS_Response__c")
                        .json()
                        .path("Comment__c")
                        .asText())
                .isEqualTo("två\nrader 🙂");
        assertThat(outside.get("/__simulator/records/Contact").body().split("\n"))
                .hasSize(100);
        assertThat(outside.get("/__simulator/creations/NPS_Response__c").json())
                .isEqualTo(Json.MAPPER.valueToTree(java.util.Map.of("key", "w:1", "created", 1, "updated", 1)));
        assertThat(outside.get("/__simulator/counters")
                        .json()
                        .at("/created/NPS_Response__c")
                        .asInt())
                .isEqualTo(1);
        String edit = "{\"type\":\"Contact\",\"id\":\"" + contact(1) + "\",\"fields\":{\"Title\":\"Key Contact\"}}";
        assertThat(outside.json("POST", "/__simulator/people", edit).status()).isEqualTo(200);
        assertThat(simulator.record("Contact", contact(1))).containsEntry("Title", "Key Contact");
        assertThat(outside.send("DELETE", "/__simulator/tokens", null, "application/json")
                        .status())
                .isEqualTo(204);
        assertThat(web.get(ANY).status()).isEqualTo(401);
    }
}
