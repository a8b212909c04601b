package bellwether.admin;

import bellwether.nps.Fault;
import bellwether.store.StoreTrouble;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client reads when something is wrong, as RFC 9457 has it, with a stable code and advice. Holds nothing of our insides. */
public record ProblemDocument(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String advice,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<Problem.BadParameter> errors) {
    static final String TYPE = "application/problem+json";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    /** @param path of the request */
    static ProblemDocument of(Throwable thrown, String path) {
        if (thrown instanceof Problem p) {
            return new ProblemDocument(
                    "about:blank",
                    title(p.status()),
                    p.status(),
                    p.getMessage(),
                    path,
                    p.code(),
                    p.advice(),
                    p.errors());
        }
        if (thrown instanceof StreamReadException || thrown instanceof MismatchedInputException) {
            // Nobody but the binding of a body throws it.
            return of(400, "NOT_JSON", "The body is not JSON that can be read.", "Correct it, or send none.", path);
        }
        Optional<Fault> store = StoreTrouble.fault("rest", thrown);
        return store.isPresent()
                ? of(503, store.get().code(), store.get().message(), store.get().advice(), path)
                : of(
                        500,
                        "UNEXPECTED",
                        "Something unexpected happened.",
                        "Report it with the lines of the log of the same time.",
                        path);
    }

    static ProblemDocument of(int status, String code, String detail, String advice, String path) {
        return new ProblemDocument("about:blank", title(status), status, detail, path, code, advice, null);
    }

    /** The body of the answer. */
    public String json() {
        return Json.text(this);
    }

    private static String title(int status) {
        return TITLES.getOrDefault(status, "Error");
    }
}
