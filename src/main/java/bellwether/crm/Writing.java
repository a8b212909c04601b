package bellwether.crm;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.CrmMapping;
import bellwether.nps.Fault;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Writes records of one kind in one call, and says what became of each; a call refused as a whole is halved until the culprit is found. */
final class Writing {
    /** What became of one record. */
    sealed interface Result {
        /** The CRM has it, under this id. */
        record Taken(String id) implements Result {}

        /** The CRM does not want it. */
        record Refused(RowFault fault) implements Result {}

        /** There was no usable answer; {@code perhaps} if the record may have been taken all the same. */
        record Unanswered(Fault fault, boolean perhaps) implements Result {}
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Caller caller;

    Writing(Caller caller) {
        this.caller = caller;
    }

    /** One result per record, in their order. */
    List<Result> write(CrmMapping.Kind kind, List<ObjectNode> records) {
        if (records.isEmpty()) {
            return List.of();
        }
        Request request = request(kind, records);
        Answer answer = caller.call(request);
        JsonNode results = answer instanceof Answer.Ok ok ? ok.json() : null;
        if (results != null && results.isArray() && results.size() == records.size()) {
            List<Result> all = new ArrayList<>();
            results.forEach(result -> all.add(
                    result.path("success").asBoolean(false)
                            ? new Result.Taken(result.path("id").asText(null))
                            : new Result.Refused(RowFault.of(kind.object(), result))));
            return all;
        }
        Fault fault = answer instanceof Answer.Failed f ? f.fault() : strange(kind);
        if (!(fault instanceof Fault.Record)
                && !(fault instanceof Fault.Bug && kind.verb() != CrmMapping.Verb.INSERT)) {
            return Collections.nCopies(records.size(), new Result.Unanswered(fault, perhaps(fault)));
        }
        if (records.size() == 1) {
            return List.of(new Result.Refused(new RowFault(fault.code(), fault.message(), fault.advice(), false)));
        }
        List<Result> halves = new ArrayList<>(write(kind, records.subList(0, records.size() / 2)));
        halves.addAll(write(kind, records.subList(records.size() / 2, records.size())));
        return halves;
    }

    /** A refusal is an answer too: only where there is none, or one that came too large to be read, the work may have been done. */
    private static boolean perhaps(Fault fault) {
        if (fault instanceof Fault.Config) {
            return fault.code().equals("ANSWER_TOO_LARGE");
        }
        return fault instanceof Fault.Bug || !fault.step().equals("auth") && !Request.notTaken(fault.code());
    }

    private static Request request(CrmMapping.Kind kind, List<ObjectNode> records) {
        ObjectNode body = JSON.createObjectNode();
        body.put("allOrNone", false);
        ArrayNode all = body.putArray("records");
        records.forEach(all::add);
        String path = kind.verb() == CrmMapping.Verb.UPSERT
                ? "/composite/sobjects/" + kind.object() + "/" + kind.key()
                : "/composite/sobjects";
        String method = kind.verb() == CrmMapping.Verb.INSERT ? "POST" : "PATCH";
        try {
            return new Request(method, path, List.of(), Map.of(), "application/json", JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer of the CRM that nobody understands. */
    static Fault strange(CrmMapping.Kind kind) {
        return new Fault.Transient(
                "push",
                "UNUSABLE_ANSWER",
                "The answer to a question or write of " + kind.object() + " did not name every row.",
                "It is repeated; if it goes on, look at what stands between Bellwether and the CRM.",
                null);
    }

    /** A record of this kind, without fields. */
    static ObjectNode record(CrmMapping.Kind kind) {
        ObjectNode record = JSON.createObjectNode();
        record.putObject("attributes").put("type", kind.object());
        return record;
    }

    /** Content as the store keeps it. */
    static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The store holds broken content", e);
        }
    }

    static String text(ObjectNode content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
