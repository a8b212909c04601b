package bellwether.source;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What a run of a connection reads, in order: people, the backfill, what is new, re-scans that are due. Pure: positions and time in,
 * positions out.
 *
 * @param scans open positions, to be read one after the other
 * @param notBefore if set, nothing is to be read before it, and there are no scans
 */
public record Plan(List<Position> scans, Instant notBefore) {

    /**
     * Plans a run. Where the tool's answers are asked for survey by survey, that is the list of surveys only; the rest is planned by
     * {@link #fan} once it is read.
     *
     * @param stored what the store remembers of this connection
     * @param zone in which the backfill's first day begins
     */
    public static Plan of(Connection connection, List<Position> stored, Instant now, ZoneId zone) {
        Instant wait = stored.stream()
                .map(Position::notBefore)
                .filter(until -> until != null && until.isAfter(now))
                .max(Instant::compareTo)
                .orElse(null);
        if (wait != null) return new Plan(List.of(), wait);
        Tool tool = connection.tool();
        Lane lane = new Lane(connection, "", stored, now, zone);
        List<Position> scans = new ArrayList<>();
        if (tool.parents() != null) {
            scans.add(Position.open(connection.name(), Position.PARENTS, Instant.EPOCH, lane.until(tool.responses())));
        }
        if (tool.respondents() != null && tool.respondents().path() != null) scans.add(lane.persons());
        if (tool.sends() != null && !fanned(tool, tool.sends())) scans.add(lane.sends());
        if (!fanned(tool, tool.responses())) {
            scans.add(lane.backfill(null));
            scans.add(lane.incremental());
            scans.addAll(lane.rescans());
        }
        return new Plan(scans.stream().filter(Position::open).toList(), null);
    }

    /**
     * What is read survey by survey: all backfills first, then whatever has waited longest, so that a run that is broken off, by a daily
     * budget for example, is gone on with where it was. The backfill of the connection as a whole ends with the last one.
     *
     * @param parents of this run; the positions of others are left as they are
     */
    public static Plan fan(
            Connection connection, List<Position> stored, Collection<String> parents, Instant now, ZoneId zone) {
        Tool tool = connection.tool();
        Lane all = new Lane(connection, "", stored, now, zone);
        List<Position> backfills = new ArrayList<>();
        List<Position> others = new ArrayList<>();
        for (String parent : parents) {
            Lane lane = new Lane(connection, parent, stored, now, zone);
            if (fanned(tool, tool.responses())) {
                backfills.add(lane.backfill(all.known(Position.BACKFILL)));
                others.add(lane.incremental());
                others.addAll(lane.rescans());
            }
            if (tool.sends() != null && fanned(tool, tool.sends())) others.add(lane.sends());
        }
        backfills.sort(Comparator.comparing((Position p) -> p.seen() > 0 || p.token() != null ? 0 : 1));
        others.sort(Comparator.comparing(Position::coveredUntil));
        List<Position> scans = new ArrayList<>(backfills);
        if (fanned(tool, tool.responses())) scans.add(all.backfill(null));
        scans.addAll(others);
        return new Plan(scans.stream().filter(Position::open).toList(), null);
    }

    private static boolean fanned(Tool tool, Tool.Stream stream) {
        return tool.parents() != null && stream.perParent();
    }

    /**
     * The position for a backfill that a person asks for, over what is read already or further back; the ledger merges what it knows.
     *
     * @param known the connection's stored backfill, or null
     */
    public static Position backfill(Connection connection, Position known, Instant since, Instant now) {
        Instant until = until(connection, now);
        Instant begin = since.truncatedTo(ChronoUnit.SECONDS);
        Instant from = known != null && known.from().isBefore(begin) ? known.from() : begin;
        return new Position(connection.name(), "", Position.BACKFILL, begin, from, until, null, null, null, 0);
    }

    private static Instant until(Connection connection, Instant now) {
        return now.minus(connection.lag()).truncatedTo(ChronoUnit.SECONDS);
    }
}
