package bellwether.source;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.JsonPlace;
import bellwether.nps.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The surveys of a connection, as its list of them says in this run, and what they ask, as far as somebody wanted to know. */
final class Parents {
    /** The names by which the answers of a parent can be asked for: a list. */
    static final String FIELDS = "parent.fields";

    private static final String QUESTIONS = "questions";

    private final Connection connection;
    private final Caller caller;
    private final Tool.Parents declared;
    private final Map<String, ObjectNode> words = new LinkedHashMap<>();
    private boolean complete;

    Parents(Connection connection, Caller caller) {
        this.connection = connection;
        this.caller = caller;
        this.declared = connection.tool().parents();
    }

    /** Notes a page of the list; the first one forgets what was read before. */
    void read(JsonNode rows, boolean first) {
        if (first) words.clear();
        complete = false;
        for (JsonNode row : rows) {
            if (!Select.all(declared.select(), row)) continue;
            ObjectNode parent = JsonNodeFactory.instance.objectNode();
            declared.map().forEach((word, place) -> {
                JsonNode value = JsonPlace.of(place).in(row);
                if (value != null && !value.isNull()) parent.set(word, value);
            });
            String id = parent.path("id").asText("").strip();
            if (!id.isEmpty()) words.put(id, parent);
        }
    }

    void complete() {
        complete = true;
    }

    /** In the order of the tool; null while the list is not read to its end. */
    Collection<String> ids() {
        return complete ? List.copyOf(words.keySet()) : null;
    }

    /** What is known of a parent; null for the empty id. */
    JsonNode words(String id) {
        if (id.isEmpty()) return null;
        ObjectNode known = words.get(id);
        return known == null ? JsonNodeFactory.instance.objectNode().put("id", id) : known;
    }

    /** Asks once in a run what a parent asks, if the tool's file needs it; a fault if that cannot be had now. */
    Fault learn(String id) {
        Tool.Questions questions = declared == null ? null : declared.questions();
        if (questions == null || id.isEmpty() || words(id).has(QUESTIONS)) return null;
        ObjectNode parent = (ObjectNode) words(id);
        words.putIfAbsent(id, parent);
        Request request = new Asking(connection)
                .parent(parent)
                .request(questions.method(), questions.path(), Map.of(), questions.body());
        if (request == null) return Faults.unset(questions.path());
        Answer answer = caller.call(request);
        if (answer instanceof Answer.Failed failed) return failed.fault();
        JsonNode json = ((Answer.Ok) answer).json();
        parent.set(QUESTIONS, byId(questions, json));
        if (questions.field() != null) parent.set("fields", fields(questions, json));
        return null;
    }

    private static ArrayNode fields(Tool.Questions declared, JsonNode answer) {
        ArrayNode fields = JsonNodeFactory.instance.arrayNode();
        if (answer == null) return fields;
        for (JsonNode one : JsonPlace.of(declared.list()).all(answer)) {
            String name = Payloads.text(one, declared.field());
            if (name != null) fields.add(name);
        }
        return fields;
    }

    private static ObjectNode byId(Tool.Questions declared, JsonNode answer) {
        ObjectNode byId = JsonNodeFactory.instance.objectNode();
        if (answer == null) return byId;
        for (JsonNode one : JsonPlace.of(declared.list()).all(answer)) {
            String id = Payloads.text(one, declared.id());
            if (id == null) continue;
            ObjectNode question = byId.putObject(id);
            put(question, "type", Payloads.text(one, declared.type()));
            put(question, "title", Payloads.text(one, declared.title()));
            if (declared.choices() == null) continue;
            ObjectNode choices = question.putObject("choices");
            for (JsonNode choice : JsonPlace.of(declared.choices()).all(one)) {
                String key = Payloads.text(choice, declared.choice());
                if (key != null) put(choices, key, Payloads.text(choice, declared.weight()));
            }
        }
        return byId;
    }

    private static void put(ObjectNode node, String name, String value) {
        if (value != null) node.put(name, value);
    }
}
