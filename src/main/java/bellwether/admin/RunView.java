package bellwether.admin;

import bellwether.source.Position;
import bellwether.store.Runs;
import java.time.Instant;
import java.util.List;

/**
 * A run as people see it.
 *
 * @param id {@code <connection>:<number>}
 * @param job {@code pull}, {@code people} or {@code resync}
 * @param status {@code running}, {@code ok}, {@code partial} (records were set aside), {@code waiting}, {@code paused}, {@code failed},
 *     {@code broken_off}, or {@code due} for one that was asked for and has not begun
 * @param progress from 0 to 1 while it reads, null where nobody knows
 */
public record RunView(
        String id,
        String connection,
        String job,
        String cause,
        String status,
        Instant startedAt,
        Instant endedAt,
        Long seen,
        Long added,
        Long changed,
        Long setAside,
        Double progress,
        String note,
        String faultCode,
        String fault) {
    /** @param positions of the connection now, which tell the progress of a run under way */
    static RunView of(Runs.Run run, List<Position> positions) {
        return new RunView(
                id(run.connection(), run.number()),
                run.connection(),
                run.job(),
                run.cause(),
                run.status(),
                run.startedAt(),
                run.endedAt(),
                run.seen(),
                run.added(),
                run.changed(),
                run.setAside(),
                progress(run, positions),
                run.progress(),
                run.faultCode(),
                run.fault());
    }

    static RunView due(String connection, long number) {
        return new RunView(
                id(connection, number),
                connection,
                null,
                null,
                "due",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    static String id(String connection, long number) {
        return connection + ":" + number;
    }

    private static Double progress(Runs.Run run, List<Position> positions) {
        if (run.endedAt() != null) {
            return run.status().equals("ok") || run.status().equals("partial") ? 1.0 : null;
        }
        return run.job().equals("pull")
                ? positions.stream().filter(Position::open).mapToDouble(Position::progress).min().stream()
                        .boxed()
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
