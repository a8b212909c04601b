package bellwether.contract;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.http.Reply;
import bellwether.source.Payload;
import bellwether.source.Payloads;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is unpacked, shortened and packed again is read as before. */
class PackingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> payloads() {
        return Stream.of("json", "ndjson", "csv").flatMap(as -> Stream.of(
                        List.<String>of(),
                        List.of("zip"),
                        List.of("gzip"),
                        List.of("base64"),
                        List.of("base64", "gzip"))
                .flatMap(unpack -> Stream.of(null, "result", "deep.result")
                        .filter(at ->
                                at == null || unpack.isEmpty() || unpack.get(0).equals("base64"))
                        .map(at -> Arguments.of(new Payload(at, unpack, as)))));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aPackedAnswerIsTheSameWhenItWasUnpacked(Payload payload) throws IOException {
        JsonNode rows = JSON.readTree("[{\"id\":\"1\",\"text\":\"Größe, \\\"大\\\"\"},{\"id\":\"2\",\"text\":\"\"}]");
        JsonNode inside = payload.as().equals("json") ? JSON.createObjectNode().set("rows", rows) : rows;
        JsonNode tree = payload.at() == null
                ? inside
                : payload.at().equals("result")
                        ? JSON.createObjectNode().set("result", inside)
                        : JSON.createObjectNode()
                                .set("deep", JSON.createObjectNode().set("result", inside));

        Taken taken = again(new Taken(200, null, tree, payload));

        assertThat(taken.tree()).isEqualTo(tree);
        assertThat(taken.rows("rows")).isEqualTo(rows);
        assertThat(Payloads.rows(taken.answer(), "rows", payload)).isEqualTo(rows);
        taken.rows("rows").remove(1);
        taken.rows("rows").remove(0);
        assertThat(Payloads.rows(taken.answer(), "rows", payload)).isEmpty();
    }

    private static Taken again(Taken taken) throws IOException {
        byte[] body = ContractAnswers.body(taken.exchange("GET", "/", Map.of(), null), "");
        return Taken.of(new Reply(200, Map.of(), body), taken.payload());
    }
}
