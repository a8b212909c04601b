package bellwether.admin;

import bellwether.source.Position;
import bellwether.store.Runs;
import java.util.List;
import java.util.Map;

/** What was run when, and what came of it. */
public final class RunsResource {
    private record Id(String connection, long number) {
        static Id of(String text) {
            int colon = text.lastIndexOf(':');
            if (colon < 1 || !text.substring(colon + 1).matches("\\d{1,18}")) {
                throw new IllegalArgumentException("A run is named <connection>:<number>, like wootric:7.");
            }
            return new Id(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
        }
    }

    private final Parts parts;

    public RunsResource(Parts parts) {
        this.parts = parts;
    }

    /** The newest first, of all connections or one. */
    public Page<RunView> list(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        String connection = ask.value("connection", this::connection, null);
        Id before = ask.value("before", Id::of, null);
        int limit = ask.limit();
        Long row = before == null
                ? null
                : parts.runs()
                        .run(before.connection(), before.number())
                        .map(Runs.Run::id)
                        .orElse(null);
        if (before != null && row == null) {
            ask.refuse("before", "There is no such run.");
        }
        ask.done();
        return Page.of(
                ask,
                parts.runs().list(connection, row, limit + 1),
                limit,
                "before",
                run -> RunView.id(run.connection(), run.number()),
                run -> RunView.of(run, run.endedAt() == null ? positions(run.connection()) : List.of()));
    }

    /** One run; the next one of a connection is there, due, before it begins. */
    public RunView one(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        ask.done();
        Id id;
        try {
            id = Id.of(ask.path("id"));
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("RUN_NOT_FOUND", e.getMessage(), "GET /api/v1/runs lists the runs.");
        }
        return parts.runs()
                .run(id.connection(), id.number())
                .map(run -> RunView.of(run, positions(run.connection())))
                .orElseGet(() -> {
                    if (parts.known(id.connection()) && id.number() == newest(parts, id.connection()) + 1) {
                        return RunView.due(id.connection(), id.number());
                    }
                    throw Problem.notFound(
                            "RUN_NOT_FOUND",
                            "There is no run " + ask.path("id") + ".",
                            "GET /api/v1/runs lists the runs.");
                });
    }

    static long newest(Parts parts, String connection) {
        return parts.runs().last(connection).map(Runs.Run::number).orElse(0L);
    }

    private List<Position> positions(String connection) {
        return parts.positions().positions(connection);
    }

    private String connection(String name) {
        if (!parts.known(name)) {
            throw new IllegalArgumentException("There is no connection of this name.");
        }
        return name;
    }
}
