package bellwether.simulator;

import java.util.List;
import java.util.Map;

/** One error in the manner of the CRM: a code, a sentence, the fields concerned. */
record Problem(String code, String message, List<String> fields) {
    static Problem of(String code, String message, String... fields) {
        return new Problem(code, message, List.of(fields));
    }

    /** As one entry of an HTTP error's body. */
    Map<String, Object> asError() {
        return fields.isEmpty()
                ? Map.of("message", message, "errorCode", code)
                : Map.of("message", message, "errorCode", code, "fields", fields);
    }

    Answer answer(int status) {
        return Answer.json(status, List.of(asError()));
    }

    /** The problem as something to throw; {@code status} is the HTTP status of the whole answer. */
    Failure failure(int status) {
        return new Failure(status, this);
    }

    /** Ends the handling of a request. */
    static final class Failure extends RuntimeException {
        final int status;
        final transient Problem problem;

        Failure(int status, Problem problem) {
            super(problem.message(), null, false, false);
            this.status = status;
            this.problem = problem;
        }

        Answer answer() {
            return problem.answer(status);
        }
    }
}
