package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** What a declared tool answers when it does not do what it is asked: as its file says that it speaks of errors, else a status. */
final class Refusal {
    private final JsonNode errors;

    Refusal(Declaration declaration) {
        this.errors = declaration.tool.path("errors");
    }

    /** To a wrong key, name or password. */
    Answer credentials() {
        return plain(401, "The credentials are not known");
    }

    /** To the key of a session that has ended or never was. */
    Answer session() {
        Answer declared = declared("login", 200, "");
        return declared == null ? plain(401, "The session is not known") : declared;
    }

    /** To a login that fails: where a tool says everything with status 200, this too. */
    Answer login() {
        Answer declared = declared("config", 200, "Invalid user name or password");
        return declared == null ? credentials() : declared;
    }

    /** For a survey without answers, where the tool makes an error of that; else null. */
    Answer empty() {
        return declared("empty", 200, "nothing to tell");
    }

    /** To what is not there. */
    Answer unknown(String what) {
        Answer declared = declared("record", 404, what + " is not known");
        return declared == null ? plain(404, what + " is not known") : declared;
    }

    static Answer plain(int status, String message) {
        return Answer.json(status, Map.of("status", status, "message", message));
    }

    /** An error of a kind that is told in the answer, or null if none is declared. */
    private Answer declared(String kind, int status, String said) {
        for (JsonNode error : errors) {
            if (error.path("kind").asText().equals(kind) && error.has("at")) {
                ObjectNode answer = JsonNodeFactory.instance.objectNode();
                if (error.has("said")) {
                    Places.put(answer, error.get("said").asText(), TextNode.valueOf(said));
                }
                Places.put(answer, error.get("at").asText(), marks(error, said));
                return Answer.json(error.path("status").asInt(200), answer);
            }
            if (error.path("kind").asText().equals(kind) && error.has("status") && !error.has("at")) {
                return plain(error.get("status").asInt(status), said);
            }
        }
        return null;
    }

    /** A value by which the error is known. */
    private static JsonNode marks(JsonNode error, String said) {
        if (error.has("matches")) {
            String first = error.get("matches").asText().split("\\|")[0];
            return TextNode.valueOf(first.replace(".*", said));
        }
        JsonNode equals = error.path("equals");
        return equals.isMissingNode()
                ? TextNode.valueOf(said)
                : equals.isBoolean() ? BooleanNode.valueOf(equals.asBoolean()) : equals;
    }
}
