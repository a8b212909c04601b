package bellwether.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** One HTTP answer of a simulator. */
record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {
    static final byte[] NOTHING = {};
    static final String JSON = "application/json;charset=UTF-8";

    static Answer json(int status, Object value) {
        return json(status, Json.bytes(value));
    }

    static Answer json(int status, byte[] body) {
        return new Answer(status, JSON, body, Map.of());
    }

    static Answer empty(int status) {
        return new Answer(status, null, NOTHING, Map.of());
    }

    static Answer lines(byte[] body) {
        return new Answer(200, "application/x-ndjson", body, Map.of());
    }

    Answer with(String header, Object value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, String.valueOf(value));
        return new Answer(status, contentType, body, more);
    }
}
