package bellwether.admin;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/**
 * Stands before every path of the HTTP server: asks for the bearer token everywhere but at {@code /api/v1/health/}, refuses bodies
 * that are not JSON, and answers what the server itself refuses (no such path, wrong method, body too large) as a problem document.
 */
public final class Guard implements Handler<RoutingContext> {
    static final String OPEN = "/api/v1/health/";
    private static final Map<Integer, String[]> REFUSALS = Map.of(
            400,
                    new String[] {
                        "BAD_REQUEST", "The request cannot be read.", "Look at how the client writes its address."
                    },
            404, new String[] {"PATH_NOT_FOUND", "There is no such path.", "GET /api/openapi.json lists the paths."},
            405,
                    new String[] {
                        "METHOD_NOT_ALLOWED",
                        "This path does not take this method.",
                        "GET /api/openapi.json says which it takes."
                    },
            406,
                    new String[] {
                        "NOT_ACCEPTABLE", "Answers are JSON.", "Send 'Accept: application/json', or no Accept at all."
                    },
            413, new String[] {"BODY_TOO_LARGE", "The body is larger than 1 MB.", "Send less."},
            415,
                    new String[] {
                        "NOT_JSON", "A body must be JSON.", "Send 'Content-Type: application/json', or no body."
                    },
            500,
                    new String[] {
                        "UNEXPECTED",
                        "Something unexpected happened.",
                        "Report it with the lines of the log of the same time."
                    });

    private final byte[] token;

    /** @param token null where the API is open to whoever reaches it */
    public Guard(String token) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** Lets a request through, or answers it. */
    @Override
    public void handle(RoutingContext request) {
        if (!allowed(request)) {
            refuse(request);
        } else if (request.body().length() > 0 && !isJson(request.request())) {
            answer(request, 415);
        } else {
            request.next();
        }
    }

    /** Makes the server's own refusals problem documents. */
    public void answerFor(Router router) {
        REFUSALS.keySet()
                .forEach(status -> router.errorHandler(status, request -> {
                    if (allowed(request)) {
                        answer(request, status);
                    } else {
                        refuse(request);
                    }
                }));
    }

    private boolean allowed(RoutingContext request) {
        if (token == null || request.normalizedPath().startsWith(OPEN)) {
            return true;
        }
        String said = request.request().getHeader("Authorization");
        return said != null
                && said.regionMatches(true, 0, "Bearer ", 0, 7)
                && MessageDigest.isEqual(token, said.substring(7).strip().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isJson(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null
                && type.strip().toLowerCase(java.util.Locale.ROOT).matches("application/([a-z.+-]+\\+)?json(;.*)?");
    }

    private static void refuse(RoutingContext request) {
        request.response().putHeader("WWW-Authenticate", "Bearer realm=\"bellwether\"");
        write(
                request,
                ProblemDocument.of(
                        401,
                        "TOKEN_REFUSED",
                        "The bearer token is missing or not the right one.",
                        "Send 'Authorization: Bearer <token>' with the value of BELLWETHER_API_TOKEN.",
                        request.normalizedPath()));
    }

    private static void answer(RoutingContext request, int status) {
        String[] words = REFUSALS.get(status);
        write(request, ProblemDocument.of(status, words[0], words[1], words[2], request.normalizedPath()));
    }

    private static void write(RoutingContext request, ProblemDocument document) {
        if (!request.response().ended()) {
            request.response()
                    .setStatusCode(document.status())
                    .putHeader("Content-Type", "application/problem+json")
                    .end(document.json());
        }
    }
}
