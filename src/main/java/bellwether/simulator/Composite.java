package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several requests in one call. References between them are not served. */
final class Composite {
    private static final int MOST = 25;
    private static final int MOST_OF_LARGE = 5;

    private final SalesforceApi api;
    private final Org org;

    Composite(SalesforceApi api, Org org) {
        this.api = api;
        this.org = org;
    }

    Answer answer(JsonNode body, String by) {
        JsonNode wishes = body.path("compositeRequest");
        if (!wishes.isArray() || wishes.isEmpty()) {
            throw refused("The request has no compositeRequest");
        }
        if (wishes.size() > MOST) {
            throw refused("The number of subrequests may not exceed " + MOST);
        }
        long large = 0;
        for (JsonNode wish : wishes) {
            String url = wish.path("url").asText();
            large += url.contains("/query") || url.contains("/composite/sobjects") ? 1 : 0;
        }
        if (large > MOST_OF_LARGE) {
            throw refused("The number of query and collection subrequests may not exceed " + MOST_OF_LARGE);
        }
        return Answer.json(
                200,
                Map.of("compositeResponse", all(wishes, body.path("allOrNone").asBoolean(false), by)));
    }

    private List<Map<String, Object>> all(JsonNode wishes, boolean allOrNone, String by) {
        int mark = org.mark();
        List<Map<String, Object>> results = new ArrayList<>();
        for (JsonNode wish : wishes) {
            Answer answer = one(wish, by);
            results.add(shown(wish, answer));
            if (allOrNone && answer.status() >= 400) {
                org.rollback(mark);
                return wishes.size() == 1 ? results : halted(wishes, results);
            }
        }
        return results;
    }

    private Answer one(JsonNode wish, String by) {
        String url = wish.path("url").asText();
        int mark = url.indexOf('?');
        byte[] body = wish.has("body") ? Json.bytes(wish.get("body")) : Answer.NOTHING;
        Request request = new Request(
                wish.path("method").asText("GET"),
                mark < 0 ? url : url.substring(0, mark),
                mark < 0 ? null : url.substring(mark + 1),
                Map.of(),
                body,
                url.length());
        int before = org.mark();
        try {
            return api.part(request, by);
        } catch (Problem.Failure failure) {
            org.rollback(before);
            return failure.answer();
        }
    }

    private static List<Map<String, Object>> halted(JsonNode wishes, List<Map<String, Object>> results) {
        Answer stopped = Problem.of(
                        "PROCESSING_HALTED",
                        "The transaction was rolled back since another operation in the same transaction failed.")
                .answer(400);
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < wishes.size(); i++) {
            all.add(i == results.size() - 1 ? results.get(i) : shown(wishes.get(i), stopped));
        }
        return all;
    }

    private static Map<String, Object> shown(JsonNode wish, Answer answer) {
        Map<String, Object> shown = new LinkedHashMap<>();
        try {
            shown.put("body", answer.body().length == 0 ? null : Json.MAPPER.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        shown.put("httpHeaders", Map.of());
        shown.put("httpStatusCode", answer.status());
        shown.put("referenceId", wish.path("referenceId").asText());
        return shown;
    }

    private static Problem.Failure refused(String message) {
        return Problem.of("INVALID_INPUT", message).failure(400);
    }
}
