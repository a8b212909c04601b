package bellwether.http;

import bellwether.nps.Fault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** The faults of the wire, each with what happened, where, and what to do. */
final class Faults {
    private Faults() {}

    /** There was no whole reply. */
    static Fault broken(String step, String connection, String where, IOException e) {
        if (e instanceof AnswerTooLarge) {
            return new Fault.Config(
                    step,
                    "ANSWER_TOO_LARGE",
                    connection + ": the " + where + " answered with " + e.getMessage() + ".",
                    "Ask for smaller pages, or allow larger answers for this connection.");
        }
        if (e instanceof SSLException) {
            return new Fault.Config(
                    step,
                    "TLS_REFUSED",
                    connection + ": no trusted connection for the " + where + ": " + kind(e) + ".",
                    "Check the address; if a proxy or the server has its own certificate authority, set ca_file.");
        }
        String code = code(e);
        String advice = code.equals("UNREACHABLE")
                ? "It is tried again; if it stays, check base address, proxy and firewall."
                : "It is tried again; if it stays, ask for smaller pages or raise the time-out.";
        return new Fault.Transient(
                step, code, connection + ": the " + where + " failed: " + kind(e) + ".", advice, null);
    }

    private static String code(IOException e) {
        boolean connecting = e instanceof ConnectException
                || e instanceof UnknownHostException
                || e instanceof NoRouteToHostException
                || e.getClass().getSimpleName().equals("ConnectTimeoutException");
        boolean late = e instanceof SocketTimeoutException
                || e instanceof InterruptedIOException
                || e.getCause() instanceof TimeoutException;
        return connecting ? "UNREACHABLE" : late ? "TIMED_OUT" : "DROPPED";
    }

    /** In words, or the class alone: messages of the network libraries repeat whole addresses, query included. */
    private static String kind(IOException e) {
        Throwable cause = e.getCause() != null && e.getClass() == IOException.class ? e.getCause() : e;
        String name = cause.getClass().getSimpleName();
        if (cause instanceof UnknownHostException) {
            return "no such host is known";
        }
        if (name.equals("ConnectTimeoutException") || name.equals("HttpConnectTimeoutException")) {
            return "nobody answers there";
        }
        if (cause instanceof ConnectException) {
            return "the connection was refused";
        }
        return cause instanceof SocketTimeoutException ? "no answer in time" : name;
    }

    /** A login was answered, but not with a token. */
    static Fault login(Wire wire, String host, Reply reply, String said, Instant now) {
        int status = reply.status();
        String what = "The login of " + wire.connection() + " at " + host + " answered " + status + quoted(said) + ".";
        if (status == 400 || status == 401 || status == 403) {
            return new Fault.Config("auth", "CREDENTIALS_REFUSED", what, "Correct " + wire.settings() + ".");
        }
        if (status == 408 || status == 429 || status >= 500) {
            Instant notBefore = Waits.retryAfter(reply, now);
            return new Fault.Transient(
                    "auth", status == 429 ? "RATE_LIMITED" : "SERVER_ERROR", what, "It is tried again.", notBefore);
        }
        return new Fault.Config("auth", "REQUEST_REFUSED", what, "Check the login address.");
    }

    static String quoted(String said) {
        return said.isEmpty() ? "" : " (" + said + ")";
    }
}
