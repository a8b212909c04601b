package bellwether.http;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Says what a reply means. Ill health of the other side is thrown, so that the breaker counts it; everything else becomes the call's
 * answer.
 */
public final class Classifier {
    private final Wire wire;
    private final Limiter limiter;
    private final Clock clock;

    public Classifier(Wire wire, Limiter limiter, Clock clock) {
        this.wire = wire;
        this.limiter = limiter;
        this.clock = clock;
    }

    /**
     * Judges the reply of a call that has no answer yet.
     *
     * @throws FaultException transient, for what the breaker is to count
     */
    public void classify(Call call) {
        if (!call.isOpen()) {
            return;
        }
        String step = step(call);
        if (call.failure() != null) {
            settle(call, Faults.broken(step, wire.connection(), what(call), call.failure()));
            return;
        }
        Reply reply = call.reply();
        Instant now = clock.instant();
        limiter.hold(Waits.spent(reply, wire.limits(), now));
        JsonNode json = readable(call.request(), reply) ? Json.parse(reply) : null;
        ErrorRule rule = ErrorRule.first(wire.errors(), reply.status(), json);
        if (rule != null) {
            ruled(call, step, rule, json, now);
        } else if (reply.status() / 100 == 2) {
            success(call, step, json(call.request()) ? json : null);
        } else {
            settle(call, refusal(call, step, now));
        }
    }

    /** The tool's file knows this answer. */
    private void ruled(Call call, String step, ErrorRule rule, JsonNode json, Instant now) {
        Reply reply = call.reply();
        String what = wire.connection() + ": the " + what(call) + " answered " + reply.status()
                + Faults.quoted(new Said(secrets(call)).by(reply, call.request(), json, rule)) + ".";
        switch (rule.kind()) {
            case EMPTY -> call.answer(new Answer.Ok(reply.status(), reply.headers(), new byte[0], null, null, true));
            case TRANSIENT -> {
                Instant then = Waits.retryAfter(reply, now);
                limiter.hold(then);
                settle(call, new Fault.Transient(step, "TOOL_UNWELL", what, "It is tried again.", then));
            }
            case RECORD ->
                settle(call, new Fault.Record(step, "NOT_FOUND", what, "This user must not see it, or it is gone."));
            case LOGIN -> {
                call.refused();
                settle(call, new Fault.Config(step, "CREDENTIALS_REFUSED", what, "Correct " + wire.settings() + "."));
            }
            case CONFIG ->
                settle(
                        call,
                        new Fault.Config(
                                step, "REQUEST_REFUSED", what, "Correct the mapping or the settings it speaks of."));
        }
    }

    private void success(Call call, String step, JsonNode json) {
        Reply reply = call.reply();
        boolean bodyless = reply.status() == 204 || reply.status() == 205;
        if (json == null && !bodyless && json(call.request())) {
            settle(
                    call,
                    new Fault.Transient(
                            step,
                            "UNUSABLE_ANSWER",
                            wire.connection() + ": the " + what(call) + " answered " + reply.status() + " with "
                                    + shape(reply) + " instead of JSON.",
                            "It is tried again; if it stays, check the base address and whether a proxy or login page answers.",
                            null));
            return;
        }
        call.answer(new Answer.Ok(
                reply.status(), reply.headers(), reply.body(), bodyless ? null : json, reply.file(), false));
    }

    private void settle(Call call, Fault fault) {
        boolean limit = fault.code().equals("RATE_LIMITED") || fault.code().equals("QUOTA");
        if (fault instanceof Fault.Transient && !limit) {
            throw new FaultException(fault);
        }
        call.answer(new Answer.Failed(fault));
    }

    private Fault refusal(Call call, String step, Instant now) {
        Reply reply = call.reply();
        int status = reply.status();
        String what = wire.connection() + ": the " + what(call) + " answered " + status
                + Faults.quoted(new Said(secrets(call)).by(reply, call.request())) + ".";
        Instant notBefore = Waits.retryAfter(reply, now);
        if (status == 401) {
            call.refused();
        }
        if (status / 100 == 4 && quotaUsedUp(reply)) {
            Instant then =
                    notBefore != null ? notBefore : now.plus(wire.limits().quotaWait());
            limiter.hold(then);
            return new Fault.Transient(
                    step, "QUOTA", what, "It goes on when the quota allows; raise the quota or sync less often.", then);
        }
        if (status == 429) {
            Instant then = notBefore != null ? notBefore : Waits.reset(reply, wire.limits(), now);
            limiter.hold(then);
            return new Fault.Transient(
                    step, "RATE_LIMITED", what, "It is tried again; lower the limit if it stays.", then);
        }
        if (status == 408 || status >= 500) {
            limiter.hold(notBefore);
            String code = status == 408 || status == 504 ? "TIMED_OUT" : status == 503 ? "UNAVAILABLE" : "SERVER_ERROR";
            return new Fault.Transient(step, code, what, "It is tried again; if it stays, ask the vendor.", notBefore);
        }
        return switch (status) {
            case 401 -> new Fault.Config(step, "CREDENTIALS_REFUSED", what, "Correct " + wire.settings() + ".");
            case 403 ->
                new Fault.Config(
                        step,
                        "FORBIDDEN",
                        what,
                        "Give the user behind " + wire.settings() + " the permission that is missing.");
            case 404, 410 ->
                new Fault.Record(
                        step, "NOT_FOUND", what, "It does not exist there (any more), or this user must not see it.");
            case 407 -> new Fault.Config(step, "PROXY_REFUSED", what, "Correct user and password of the proxy.");
            default ->
                status / 100 == 3
                        ? new Fault.Config(
                                step, "REDIRECTED", what, "Set the base address to where it leads, if that is right.")
                        : new Fault.Config(
                                step, "REQUEST_REFUSED", what, "Correct the mapping or the settings it speaks of.");
        };
    }

    private boolean quotaUsedUp(Reply reply) {
        if (wire.limits().quotaTexts().isEmpty()) {
            return false;
        }
        String body = new String(reply.body(), StandardCharsets.UTF_8);
        return wire.limits().quotaTexts().stream().anyMatch(body::contains);
    }

    private List<Secret> secrets(Call call) {
        return wire.secrets(
                call.token() == null
                        ? List.of()
                        : List.of(new Secret("token", call.token().value())));
    }

    private static boolean readable(Request request, Reply reply) {
        return json(request) || reply.headers().getOrDefault("content-type", "").contains("json");
    }

    private static boolean json(Request request) {
        return request.expects() == Request.Expects.JSON;
    }

    /** Writes to a CRM belong to the push, whatever its reads are for. */
    private String step(Call call) {
        return wire.step().equals("people") && !call.request().method().equals("GET") ? "push" : wire.step();
    }

    /** Method and path without the query, which may hold e-mail addresses. */
    private String what(Call call) {
        String path = call.request().path();
        int query = path.indexOf('?');
        return "call " + call.request().method() + " "
                + new Said(secrets(call)).hiding(query < 0 ? path : path.substring(0, query));
    }

    private static String shape(Reply reply) {
        String type =
                reply.headers().getOrDefault("content-type", "no content type").toLowerCase(Locale.ROOT);
        return reply.body().length == 0
                ? "nothing"
                : type.contains("html") || looksLikeMarkup(reply.body()) ? "HTML" : "something broken or cut off";
    }

    private static boolean looksLikeMarkup(byte[] body) {
        return new String(body, 0, Math.min(body.length, 100), StandardCharsets.UTF_8)
                .stripLeading()
                .startsWith("<");
    }
}
