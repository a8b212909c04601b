package bellwether.contract;

import bellwether.source.Run;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** A contract as its file has it. */
final class ContractText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Contract contract;
    private final String docs;

    /** @param docs the vendor's page, or null */
    ContractText(Contract contract, String docs) {
        this.contract = contract;
        this.docs = docs;
    }

    /** @param answers one for each request */
    ObjectNode of(List<ContractAnswers.Asked> asked, List<Contract.Exchange> answers, Run run) {
        ObjectNode file = JSON.createObjectNode().put("tool", contract.tool());
        ArrayNode evidence = file.putArray("evidence");
        evidence.add(fact("requests and answers of a live account, values replaced", "observed"));
        evidence.add(fact("the end of a list that was cut short: its last page without rows", "assumed"));
        file.put("now", contract.now()).put("zone", contract.zone());
        file.set("settings", contract.settings());
        ArrayNode exchanges = file.putArray("exchanges");
        for (int i = 0; i < answers.size(); i++) exchanges.add(exchange(asked.get(i), answers.get(i)));
        ObjectNode expected = file.putObject("expected");
        expected.set("responses", told(run.responses(), Told::json));
        put(expected, "respondents", told(run.respondents(), Told::json));
        put(expected, "sends", told(run.sends(), Told::json));
        if (run.skipped() > 0) expected.put("skipped", run.skipped());
        put(expected, "refused", JSON.valueToTree(run.refused()));
        put(expected, "set_aside", told(run.setAside(), Told::json));
        expected.set("positions", told(run.positions(), Told::json));
        return file;
    }

    private ObjectNode fact(String of, String shape) {
        return JSON.createObjectNode()
                .put("of", of)
                .put("shape", shape)
                .put("page", docs == null ? "bellwether record" : docs)
                .put("read", contract.now().substring(0, 10));
    }

    private static ObjectNode exchange(ContractAnswers.Asked asked, Contract.Exchange answer) {
        ObjectNode exchange = JSON.createObjectNode();
        if (!asked.method().equals("GET")) exchange.put("method", asked.method());
        exchange.put("path", asked.path());
        if (!asked.query().isEmpty()) {
            ObjectNode query = exchange.putObject("query");
            new TreeMap<>(asked.query())
                    .forEach((name, values) -> query.set(
                            name,
                            values.size() == 1
                                    ? JsonNodeFactory.instance.textNode(values.get(0))
                                    : JSON.valueToTree(values)));
        }
        if (asked.body() != null) exchange.set("body", asked.body());
        if (answer.status() != 200) exchange.put("status", answer.status());
        if (!answer.headers().isEmpty()) exchange.set("headers", JSON.valueToTree(answer.headers()));
        if (answer.packed() != null) {
            ObjectNode packed = exchange.putObject("packed");
            if (answer.packed().at() != null) packed.put("at", answer.packed().at());
            packed.put("as", answer.packed().as());
        }
        if (answer.answer() != null) exchange.set("answer", answer.answer());
        if (answer.answerText() != null) exchange.put("answer_text", answer.answerText());
        if (answer.answerBase64() != null) exchange.put("answer_base64", answer.answerBase64());
        return exchange;
    }

    private static void put(ObjectNode expected, String name, JsonNode list) {
        if (!list.isEmpty()) expected.set(name, list);
    }

    private static <T> ArrayNode told(Collection<T> values, Function<T, JsonNode> words) {
        ArrayNode list = JSON.createArrayNode();
        values.forEach(value -> list.add(words.apply(value)));
        return list;
    }
}
