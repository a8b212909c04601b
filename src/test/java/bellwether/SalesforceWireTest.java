package bellwether;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.crm.SalesforceOrg;
import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.http.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SalesforceWireTest {
    static final String DATA = "/services/data/v66.0";

    static String token(Stub.Seen seen, String token) {
        String here = "http://" + seen.header("host");
        return """
                {"access_token":"%s","instance_url":"%s","id":"%s/id/00D000000000001AAA/005000000000001AAA","token_type":"Bearer"}""".formatted(token, here, here);
    }

    /** Logs everybody in with one token and lets the rest answer. */
    static Stub org(Function<Stub.Seen, Stub.Say> rest) {
        return new Stub(seen -> switch (seen.path()) {
            case "/services/oauth2/token" -> Stub.Say.json(200, token(seen, "T1"));
            case "/services/oauth2/revoke" -> Stub.Say.json(200, "");
            default -> rest.apply(seen);
        });
    }

    static SalesforceOrg settings(Stub stub) {
        return SalesforceOrg.of(
                        "acme",
                        stub.address(),
                        new Secret("acme.client_id", "the-id"),
                        new Secret("acme.client_secret", "canary-secret"))
                .overriding(Wiring.QUICK);
    }

    static Request patch(String path, String body) {
        return new Request(
                "PATCH", path, List.of(), Map.of(), "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    static Request query(String soql) {
        return Request.read("/query", List.of(new Request.Parameter("q", soql)));
    }

    @Test
    void readsAndWrites() throws Exception {
        try (Stub stub = org(seen -> switch (seen.path()) {
                    case DATA + "/query" ->
                        Stub.Say.json(
                                        200,
                                        "{\"done\":false,\"nextRecordsUrl\":\"" + DATA
                                                + "/query/01g-2000\",\"records\":[]}")
                                .with("Sforce-Limit-Info", "api-usage=12/15000");
                    case DATA + "/query/01g-2000" -> Stub.Say.json(200, "{\"done\":true,\"records\":[]}");
                    case DATA + "/composite/sobjects", DATA + "/composite/sobjects/NPS_Response__c/Response_Id__c" ->
                        Stub.Say.json(
                                200,
                                "[{\"id\":\"003000000000001AAA\",\"success\":true,\"errors\":[]},{\"success\":false,\"errors\":[{\"statusCode\":\"UNABLE_TO_LOCK_ROW\",\"message\":\"m\",\"fields\":[]}]}]");
                    case DATA + "/sobjects/Contact/describe" -> Stub.Say.json(200, "{\"name\":\"Contact\"}");
                    default -> Stub.Say.json(404, "[{\"errorCode\":\"NOT_FOUND\",\"message\":\"no\"}]");
                });
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(settings(stub));
            Answer first = caller.call(query("SELECT Id FROM Contact WHERE Email = 'a+b@x.io'"));
            assertThat(first).isInstanceOfSatisfying(Answer.Ok.class, ok -> {
                assertThat(ok.headers()).containsEntry("sforce-limit-info", "api-usage=12/15000");
                assertThat(ok.json().get("done").asBoolean()).isFalse();
            });
            assertThat(stub.seen(DATA + "/query").get(0).rawQuery())
                    .isEqualTo("q=SELECT%20Id%20FROM%20Contact%20WHERE%20Email%20%3D%20%27a%2Bb%40x.io%27");
            assertThat(caller.call(Request.read(DATA + "/query/01g-2000", List.of())))
                    .isInstanceOf(Answer.Ok.class);
            assertThat(caller.call(Request.read("/sobjects/Contact/describe", List.of())))
                    .isInstanceOf(Answer.Ok.class);
            String rows = "{\"allOrNone\":false,\"records\":[{\"attributes\":{\"type\":\"Contact\"},\"id\":\"003\"}]}";
            for (String path : List.of("/composite/sobjects", "/composite/sobjects/NPS_Response__c/Response_Id__c")) {
                assertThat(caller.call(patch(path, rows))).isInstanceOfSatisfying(Answer.Ok.class, ok -> assertThat(
                                ok.json().at("/1/errors/0/statusCode").asText())
                        .isEqualTo("UNABLE_TO_LOCK_ROW"));
                assertThat(stub.seen(DATA + path)).singleElement().satisfies(seen -> {
                    assertThat(seen.method()).isEqualTo("PATCH");
                    assertThat(seen.body()).isEqualTo(rows);
                    assertThat(seen.header("authorization")).isEqualTo("Bearer T1");
                });
            }
            assertThat(stub.seen("/services/oauth2/token")).hasSize(1);
        }
    }
}
