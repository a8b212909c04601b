package bellwether.http;

import bellwether.nps.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What came back from a declared API, after retries, already sorted by who must act. */
public sealed interface Answer {
    /**
     * A usable answer.
     *
     * @param status HTTP status, 2xx
     * @param headers by lower-case name, first value
     * @param body as received
     * @param json the parsed body, or null if the declaration does not expect JSON
     */
    record Ok(int status, Map<String, String> headers, byte[] body, JsonNode json) implements Answer {}

    /** No usable answer; the fault's kind says what happens next. */
    record Failed(Fault fault) implements Answer {}
}
