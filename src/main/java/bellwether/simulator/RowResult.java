package bellwether.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of one record of a collection; {@code created} is null except for upserts. */
record RowResult(String id, Boolean created, Problem problem) {
    static RowResult done(String id) {
        return new RowResult(id, null, null);
    }

    static RowResult failed(Problem problem) {
        return new RowResult(null, null, problem);
    }

    boolean success() {
        return problem == null;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (problem != null) {
            json.put("success", false);
            json.put(
                    "errors",
                    List.of(Map.of(
                            "statusCode", problem.code(), "message", problem.message(), "fields", problem.fields())));
        } else {
            json.put("id", id);
            json.put("success", true);
            json.put("errors", List.of());
        }
        if (created != null) {
            json.put("created", created);
        }
        return json;
    }
}
