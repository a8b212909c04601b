package bellwether.admin;

import bellwether.crm.Pusher;
import bellwether.mapping.Mistake;
import bellwether.nps.Fault;
import bellwether.source.Position;
import bellwether.store.Pauses;
import bellwether.store.Runs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells how the connections are, from what the store and the pushers know. */
final class States {
    private final Parts parts;

    States(Parts parts) {
        this.parts = parts;
    }

    /** All connections, tools first, in the order of the configuration; broken ones last. */
    List<State> all() {
        List<State> all = new ArrayList<>();
        parts.settings().tools().keySet().forEach(name -> all.add(of(name)));
        parts.settings().crms().keySet().forEach(name -> all.add(of(name)));
        parts.settings().broken().keySet().forEach(name -> all.add(of(name)));
        return all;
    }

    /** One connection that is known. */
    State of(String name) {
        String kind = parts.settings().crms().containsKey(name) ? "crm" : "tool";
        List<Mistake> mistakes = parts.settings().broken().get(name);
        if (mistakes != null) {
            return broken(name, mistakes);
        }
        boolean enabled = kind.equals("crm")
                ? parts.pushers().containsKey(name)
                : parts.tools().containsKey(name);
        if (!enabled) {
            return new State(name, kind, "disabled", null, null);
        }
        Optional<Pauses.Pause> pause = parts.pauses().of(name);
        if (pause.isPresent()) {
            return new State(name, kind, "paused", null, paused(name, pause.get()));
        }
        Runs.Run last = parts.runs().last(name).orElse(null);
        if (kind.equals("tool") && parts.positions().backfilling().contains(name)) {
            return new State(name, kind, "backfilling", until(name), trouble(last));
        }
        if (last != null && last.endedAt() == null) {
            // What the run before met is not known to be over until this one has come to its end.
            return new State(
                    name,
                    kind,
                    "running",
                    null,
                    trouble(parts.runs().lastEnded(name).orElse(null)));
        }
        Instant until = until(name);
        Pusher pusher = parts.pushers().get(name);
        Fault push = pusher == null ? null : pusher.fault();
        if (push != null) {
            Instant notBefore = push instanceof Fault.Transient t ? t.notBefore() : null;
            return new State(
                    name,
                    kind,
                    "waiting",
                    notBefore,
                    new State.Trouble(push.code(), push.message(), push.advice(), null));
        }
        if (until != null || last != null && last.status().equals("waiting")) {
            return new State(name, kind, "waiting", until, trouble(last));
        }
        if (last != null && last.status().equals("failed")) {
            return new State(name, kind, "failing", null, trouble(last));
        }
        return new State(name, kind, "ok", null, null);
    }

    private State broken(String name, List<Mistake> mistakes) {
        String kind = mistakes.get(0).where().startsWith("crms") ? "crm" : "tool";
        String reason = mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n"));
        return new State(
                name,
                kind,
                "broken",
                null,
                new State.Trouble("CONFIGURATION", reason, "Correct the files and start Bellwether again.", null));
    }

    private static State.Trouble paused(String name, Pauses.Pause pause) {
        return new State.Trouble(
                pause.code(),
                pause.reason(),
                "When that is settled: POST /api/v1/connections/" + name + "/resume.",
                pause.since());
    }

    private static State.Trouble trouble(Runs.Run last) {
        return last == null || last.faultCode() == null
                ? null
                : new State.Trouble(last.faultCode(), last.fault(), advice(last), last.endedAt());
    }

    private static String advice(Runs.Run last) {
        if (last.status().equals("failed")) {
            return "It is tried again at the next run.";
        }
        return last.faultCode().startsWith("STORE_")
                ? "When that is settled, it goes on by itself."
                : "Nothing is to be done: it goes on by itself.";
    }

    private Instant until(String name) {
        return parts.positions().positions(name).stream()
                .map(Position::notBefore)
                .filter(at -> at != null && at.isAfter(parts.clock().instant()))
                .max(Instant::compareTo)
                .orElse(null);
    }
}
