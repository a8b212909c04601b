package bellwether.http;

import bellwether.nps.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;

/** What came back from a declared API, after retries, already sorted by who must act. */
public sealed interface Answer {
    /**
     * A usable answer.
     *
     * @param status HTTP status; 2xx unless the tool's file says that it means an empty list
     * @param headers by lower-case name, first value
     * @param body as received; empty if it lies in a file
     * @param json the parsed body, or null if the request does not expect JSON
     * @param file where a download too large for memory lies, to be deleted by whoever asked, or null
     * @param empty true if the tool's file says that this answer means an empty list: the end of the data, whatever stands in it
     */
    record Ok(int status, Map<String, String> headers, byte[] body, JsonNode json, Path file, boolean empty)
            implements Answer {
        public Ok(int status, Map<String, String> headers, byte[] body, JsonNode json) {
            this(status, headers, body, json, null, false);
        }
    }

    /** No usable answer; the fault's kind says what happens next. */
    record Failed(Fault fault) implements Answer {}
}
