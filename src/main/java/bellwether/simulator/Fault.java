package bellwether.simulator;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;

/**
 * Something that goes wrong with the next calls whose path begins with {@code path}: the first {@code skip} matching calls pass,
 * the following {@code times} are hit. With {@code commit} the simulator first does what was asked, so that only the answer is
 * lost; without, nothing is done (a delay does it late). {@code method}, {@code retryAfter} (seconds) and {@code body} may be null.
 */
@JsonIgnoreProperties(ignoreUnknown = false)
public record Fault(
        String path,
        String method,
        Kind kind,
        int status,
        Integer retryAfter,
        long delayMs,
        int skip,
        int times,
        boolean commit,
        String body) {
    /** What becomes of the answer. */
    public enum Kind {
        /** Another status, with {@code body} or an error body in the manner of the vendor. */
        STATUS,
        /** Status 200 and a page of HTML. */
        HTML,
        /** Status 200 and nothing. */
        EMPTY,
        /** The true answer, cut in half, of that length (always commits). */
        TRUNCATED,
        /** The true answer, cut in half, then the connection closed (always commits). */
        CUT,
        /** The true answer, late. */
        DELAY,
        /** The connection closed without an answer. */
        DROP
    }

    /** Fills in what was left out: kind STATUS, one time. */
    public Fault {
        path = path == null ? "/" : path;
        kind = kind == null ? Kind.STATUS : kind;
        times = times == 0 ? 1 : times;
        commit = commit || kind == Kind.TRUNCATED || kind == Kind.CUT;
        if (kind == Kind.STATUS && (status < 200 || status > 599)) {
            throw new IllegalArgumentException("a fault of kind STATUS needs a status from 200 to 599, not " + status);
        }
    }

    /** An error status for the next call. */
    public static Fault status(String path, int status) {
        return new Fault(path, null, Kind.STATUS, status, null, 0, 0, 1, false, null);
    }

    public static Fault html(String path) {
        return of(path, Kind.HTML);
    }

    public static Fault empty(String path) {
        return of(path, Kind.EMPTY);
    }

    public static Fault truncated(String path) {
        return of(path, Kind.TRUNCATED);
    }

    public static Fault cut(String path) {
        return of(path, Kind.CUT);
    }

    public static Fault drop(String path) {
        return of(path, Kind.DROP);
    }

    public static Fault delay(String path, Duration delay) {
        return of(path, Kind.DELAY).late(delay);
    }

    /** The same for the next {@code n} calls; -1 for all. */
    public Fault times(int n) {
        return new Fault(path, method, kind, status, retryAfter, delayMs, skip, n, commit, body);
    }

    /** The same after {@code n} matching calls have passed unharmed. */
    public Fault after(int n) {
        return new Fault(path, method, kind, status, retryAfter, delayMs, n, times, commit, body);
    }

    /** The same for calls of one HTTP method only. */
    public Fault on(String httpMethod) {
        return new Fault(path, httpMethod, kind, status, retryAfter, delayMs, skip, times, commit, body);
    }

    /** The same, but what was asked is done first. */
    public Fault committed() {
        return new Fault(path, method, kind, status, retryAfter, delayMs, skip, times, true, body);
    }

    /** The same with a Retry-After header. */
    public Fault retryAfter(int seconds) {
        return new Fault(path, method, kind, status, seconds, delayMs, skip, times, commit, body);
    }

    /** The same, and late: for kinds other than DELAY the wait comes before the faulty answer. */
    public Fault late(Duration delay) {
        return new Fault(path, method, kind, status, retryAfter, delay.toMillis(), skip, times, commit, body);
    }

    /** The same with this body (kind STATUS). */
    public Fault saying(String text) {
        return new Fault(path, method, kind, status, retryAfter, delayMs, skip, times, commit, text);
    }

    private static Fault of(String path, Kind kind) {
        return new Fault(path, null, kind, 0, null, 0, 0, 1, false, null);
    }
}
