package bellwether;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.http.Answer;
import bellwether.http.Auth;
import bellwether.http.Caller;
import bellwether.http.Limits;
import bellwether.http.Request;
import bellwether.http.Secret;
import bellwether.http.Wire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTest {
    static Auth oauth(Stub stub) {
        return new Auth.ClientCredentials(
                stub.address().resolve("/oauth/token"),
                new Secret("tool.client_id", "the-id"),
                new Secret("tool.client_secret", "canary-secret"),
                Map.of());
    }

    @Test
    void readsWithAToken() throws Exception {
        try (Stub stub = new Stub(seen -> seen.path().equals("/oauth/token")
                        ? Stub.Say.json(200, "{\"access_token\":\"T1\",\"expires_in\":7200}")
                        : Stub.Say.json(200, "[{\"id\":1,\"score\":9.10}]"));
                Wiring wiring = new Wiring()) {
            Caller caller = wiring.add(Wire.tool("tool", stub.address().resolve("/v1"), oauth(stub), Limits.NONE)
                    .overriding(Wiring.QUICK));
            Answer answer = caller.call(Request.read(
                    "/responses",
                    List.of(
                            new Request.Parameter("created[gte]", "1+2&3%é "),
                            new Request.Parameter("a[]", "x"),
                            new Request.Parameter("a[]", "y"))));
            assertThat(answer).isInstanceOfSatisfying(Answer.Ok.class, ok -> {
                assertThat(ok.json().get(0).get("score").decimalValue()).hasToString("9.10");
                assertThat(ok.headers()).containsEntry("content-type", "application/json");
            });
            assertThat(stub.seen("/v1/responses")).singleElement().satisfies(seen -> {
                assertThat(seen.header("authorization")).isEqualTo("Bearer T1");
                assertThat(seen.rawQuery()).isEqualTo("created%5Bgte%5D=1%2B2%263%25%C3%A9%20&a%5B%5D=x&a%5B%5D=y");
            });
            assertThat(stub.seen("/oauth/token")).singleElement().satisfies(seen -> assertThat(seen.body())
                    .isEqualTo("grant_type=client_credentials&client_id=the-id&client_secret=canary-secret"));
        }
    }
}
