package bellwether.admin;

import java.util.List;

/** A request that is answered by a problem document (RFC 9457) instead of what it asked for. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** One parameter that cannot be used. */
    public record BadParameter(String parameter, String detail) {}

    private final int status;
    private final String code;
    private final String advice;
    private final transient List<BadParameter> errors;

    Problem(int status, String code, String detail, String advice) {
        this(status, code, detail, advice, null);
    }

    private Problem(int status, String code, String detail, String advice, List<BadParameter> errors) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.advice = advice;
        this.errors = errors;
    }

    static Problem bad(List<BadParameter> errors) {
        return new Problem(
                400,
                "BAD_PARAMETERS",
                errors.size() == 1 ? "A parameter cannot be used." : errors.size() + " parameters cannot be used.",
                "Correct what 'errors' lists; GET /api/openapi.json says what each path takes.",
                List.copyOf(errors));
    }

    static Problem notFound(String code, String detail, String advice) {
        return new Problem(404, code, detail, advice);
    }

    static Problem conflict(String code, String detail, String advice) {
        return new Problem(409, code, detail, advice);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String advice() {
        return advice;
    }

    List<BadParameter> errors() {
        return errors;
    }
}
