package bellwether.admin;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Stands before every path of the HTTP server: asks for the bearer token everywhere but at {@code /api/v1/health/} and
 * {@code /hooks/}, refuses bodies that are not JSON, and answers what the server itself refuses (no such path, wrong method, body too large) as a problem document.
 * Without a token it serves this machine, yet no web page of somebody else that is open in a browser here.
 */
public final class Guard implements Handler<RoutingContext> {
    static final String OPEN = "/api/v1/health/";
    /** Where tools tell what is new: each proves itself in its own way. */
    static final String HOOKS = "/hooks/";
    /** The header of a message that holds the bytes of a form, in Base64. */
    public static final String FORM = "x-bellwether-form";

    private static final Pattern LOOPBACK =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern JSON_TYPE = Pattern.compile("application/([a-z.+-]+\\+)?json\\s*(;.*)?");

    private final byte[] token;

    /** @param token null where the API is open to whoever is on this machine */
    public Guard(String token) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
    }

    /** Lets a request through, or answers it. */
    @Override
    public void handle(RoutingContext request) {
        request.response().putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
        ProblemDocument refusal = refusal(request);
        if (refusal == null
                && !path(request).startsWith(HOOKS)
                && request.body().length() > 0
                && !isJson(request.request())) {
            refusal = refused(415, path(request));
        }
        if (path(request).startsWith(HOOKS)) {
            carryForm(request);
        }
        if (refusal == null) {
            request.next();
        } else {
            answer(request, refusal);
        }
    }

    /** Camel gives a route the fields of a form and not its bytes, but signatures are over the bytes: they go along as a header. */
    private static void carryForm(RoutingContext request) {
        MultiMap headers = request.request().headers();
        headers.remove(FORM);
        String type = request.request().getHeader("Content-Type");
        if (type != null && type.toLowerCase(Locale.ROOT).contains("x-www-form-urlencoded")) {
            byte[] body = request.body().buffer() == null
                    ? new byte[0]
                    : request.body().buffer().getBytes();
            headers.set(FORM, Base64.getEncoder().encodeToString(body));
        }
    }

    /**
     * Makes the server's own refusals problem documents; whoever may not know what is there is not told.
     *
     * @param paths what there is
     */
    public void answerFor(Router router, Router paths) {
        for (int status : new int[] {400, 404, 405, 406, 413, 415, 500}) {
            router.errorHandler(status, request -> {
                ProblemDocument refusal = refusal(request);
                if (refusal == null && status == 405) {
                    request.response().putHeader("Allow", allowed(paths, path(request)));
                }
                answer(request, refusal == null ? refused(status, path(request)) : refusal);
            });
        }
    }

    /** The methods that a path takes. */
    private static String allowed(Router paths, String path) {
        Set<String> methods = new TreeSet<>();
        for (Route route : paths.getRoutes()) {
            if (route.getPath() != null && route.methods() != null && matches(route, path)) {
                route.methods().forEach(method -> methods.add(method.name()));
            }
        }
        return String.join(", ", methods);
    }

    private static boolean matches(Route route, String path) {
        String pattern = route.getPath().replaceAll(":\\w+", "[^/]+");
        return path.matches(route.isExactPath() ? pattern : pattern + ".*");
    }

    private ProblemDocument refusal(RoutingContext request) {
        String path = path(request);
        if (path.startsWith(OPEN) || path.startsWith(HOOKS)) {
            return null;
        }
        if (token == null) {
            return foreign(request.request())
                    ? ProblemDocument.of(
                            403,
                            "FOREIGN_PAGE",
                            "Without a token the API serves this machine only, and no page of another site.",
                            "Call it at 127.0.0.1 or localhost, or set BELLWETHER_API_TOKEN.",
                            path)
                    : null;
        }
        return carriesToken(request.request())
                ? null
                : ProblemDocument.of(
                        401,
                        "TOKEN_REFUSED",
                        "The bearer token is missing or not the right one.",
                        "Send 'Authorization: Bearer <token>' with the value of BELLWETHER_API_TOKEN.",
                        path);
    }

    private static String path(RoutingContext request) {
        try {
            return request.normalizedPath();
        } catch (IllegalArgumentException e) {
            return request.request().path(); // a % that is no escape
        }
    }

    private boolean carriesToken(HttpServerRequest request) {
        String said = request.getHeader("Authorization");
        return said != null
                && said.regionMatches(true, 0, "Bearer ", 0, 7)
                && MessageDigest.isEqual(token, said.substring(7).strip().getBytes(StandardCharsets.UTF_8));
    }

    /** A browser names the page's own site in Origin, and in Host the name by which it was led here. */
    private static boolean foreign(HttpServerRequest request) {
        String host = request.getHeader("Host");
        String origin = request.getHeader("Origin");
        return host != null && !LOOPBACK.matcher(host).matches()
                || origin != null && !origin.equalsIgnoreCase("http://" + host);
    }

    private static boolean isJson(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null
                && JSON_TYPE.matcher(type.strip().toLowerCase(Locale.ROOT)).matches();
    }

    private static ProblemDocument refused(int status, String path) {
        String list = "GET /api/openapi.json lists what there is.";
        return switch (status) {
            case 400 ->
                ProblemDocument.of(
                        400, "BAD_REQUEST", "The request cannot be read.", "Look at how its address is written.", path);
            case 404 -> ProblemDocument.of(404, "PATH_NOT_FOUND", "There is no such path.", list, path);
            case 405 ->
                ProblemDocument.of(405, "METHOD_NOT_ALLOWED", "This path does not take this method.", list, path);
            case 406 ->
                ProblemDocument.of(
                        406, "NOT_ACCEPTABLE", "Answers are JSON.", "Send 'Accept: application/json'.", path);
            case 413 -> ProblemDocument.of(413, "BODY_TOO_LARGE", "The body is larger than 1 MB.", "Send less.", path);
            case 415 ->
                ProblemDocument.of(
                        415,
                        "NOT_JSON",
                        "A body must be JSON.",
                        "Send 'Content-Type: application/json', or no body.",
                        path);
            default -> ProblemDocument.of(new IllegalStateException(), path);
        };
    }

    private static void answer(RoutingContext request, ProblemDocument document) {
        if (request.response().ended()) {
            return;
        }
        if (document.status() == 401) {
            request.response().putHeader("WWW-Authenticate", "Bearer realm=\"bellwether\"");
        }
        request.response().setStatusCode(document.status()).putHeader("Content-Type", ProblemDocument.TYPE);
        // over HTTP/2 the server would send a body to HEAD too
        if (request.request().method().equals(HttpMethod.HEAD)) {
            request.response().end();
        } else {
            request.response().end(document.json());
        }
    }
}
