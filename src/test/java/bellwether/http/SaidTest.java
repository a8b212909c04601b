package bellwether.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SaidTest {
    private final Said said = new Said(List.of(new Secret("tool.key", "k3y-canary")));

    private String by(String type, String body) {
        return said.by(new Reply(400, Map.of("content-type", type), body.getBytes(StandardCharsets.UTF_8)), null);
    }

    @Test
    void takesTheVendorsWordsFromTheUsualPlaces() {
        assertThat(by("application/json", "{\"message\":\"no such field\"}")).isEqualTo("no such field");
        assertThat(by(
                        "application/json",
                        "[{\"errorCode\":\"INVALID_FIELD\",\"message\":\"No column NPS__c\",\"fields\":[]}]"))
                .isEqualTo("INVALID_FIELD: No column NPS__c");
        assertThat(by("application/json", "{\"error\":{\"code\":7,\"message\":\"x\"}}"))
                .isEqualTo("7: x");
        assertThat(by("application/json", "{\"errors\":[\"first\",\"second\"]}"))
                .isEqualTo("first");
        assertThat(by("text/plain", "slow\ndown")).isEqualTo("slow down");
        assertThat(by("text/html", "<h1>Oops</h1>")).isEmpty();
        assertThat(by("application/json", "")).isEmpty();
    }

    @Test
    void repeatsNoAddressNoSecretAndNoNovel() {
        assertThat(by("text/plain", "bad: 'Ann.Lee+x@mail.example' k3y-canary /users/ann%40x.io?"))
                .isEqualTo("bad: '<e-mail>' *** <e-mail>");
        assertThat(by("application/json", "{\"message\":\"" + "x".repeat(5_000) + "\"}"))
                .hasSize(201)
                .endsWith("…");
    }

    @Test
    void quotesNothingOfWhatWasWritten() {
        String comment = "The support was slow, and then it was slower still.";
        byte[] sent = ("{\"records\":[{\"Id\":\"003\",\"Comment__c\":\"" + comment + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        Request request = new Request("PATCH", "/x", List.of(), Map.of(), "application/json", sent);
        for (String quoted : List.of(comment, comment.substring(0, 30))) {
            byte[] answer = ("{\"message\":\"003: too long: " + quoted + "\"}").getBytes(StandardCharsets.UTF_8);
            assertThat(said.by(new Reply(400, Map.of(), answer), request)).isEqualTo("003: too long: …");
        }
    }
}
