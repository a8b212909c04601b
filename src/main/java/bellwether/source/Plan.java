package bellwether.source;

import bellwether.mapping.Tier;
import bellwether.nps.Backfill;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of a connection reads, in order: people, the backfill, what is new, re-scans that are due. Pure: positions and time in,
 * positions out.
 *
 * @param scans open positions, to be read one after the other
 * @param notBefore if set, nothing is to be read before it, and there are no scans
 */
public record Plan(List<Position> scans, Instant notBefore) {

    /**
     * Plans a run.
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

        Map<String, Position> known = new HashMap<>();
        stored.forEach(position -> known.put(position.scan(), resumed(position)));
        List<Position> scans = new ArrayList<>();
        if (connection.tool().respondents() != null) scans.add(persons(connection, known, now));
        Instant until = until(connection, now);
        Position backfill = known.get(Position.BACKFILL);
        if (backfill == null) {
            Instant start = Backfill.start(
                    now.atZone(zone).toLocalDate(), connection.settings().backfillMonths(), zone);
            backfill = Position.open(connection.name(), Position.BACKFILL, start, until);
        }
        scans.add(backfill);
        scans.add(incremental(connection, known.get(Position.INCREMENTAL), backfill, until));
        if (!backfill.open()) scans.addAll(rescans(connection, known, backfill, until));
        return new Plan(scans.stream().filter(Position::open).toList(), null);
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

    /** A page token outlives a planned wait but not a crash: rows may have been deleted before it. */
    private static Position resumed(Position position) {
        return position.token() != null && position.notBefore() == null ? position.restarted() : position;
    }

    private static Position persons(Connection connection, Map<String, Position> known, Instant now) {
        Tool.Cursor cursor = connection.tool().respondents().cursor();
        Instant until = now.minus(cursor.lag()).truncatedTo(ChronoUnit.SECONDS);
        Position position = known.get(Position.PERSONS);
        if (position == null) return Position.open(connection.name(), Position.PERSONS, Instant.EPOCH, until);
        if (position.open() || !position.coveredUntil().isBefore(until)) return position;
        Instant begin = position.coveredUntil().minus(cursor.overlap());
        return position.reopened(begin.isBefore(Instant.EPOCH) ? Instant.EPOCH : begin, until);
    }

    private static Position incremental(Connection connection, Position known, Position backfill, Instant until) {
        Duration overlap = connection.tool().responses().cursor().overlap();
        if (known == null) {
            return backfill.to().isBefore(until)
                    ? Position.open(
                            connection.name(),
                            Position.INCREMENTAL,
                            backfill.to().minus(overlap),
                            until)
                    : Position.open(connection.name(), Position.INCREMENTAL, until, until);
        }
        if (known.open() || !known.coveredUntil().isBefore(until)) return known;
        return known.reopened(known.coveredUntil().minus(overlap), until);
    }

    /** A tier is due when its period has passed since it, or a longer one, was last begun. */
    private static List<Position> rescans(
            Connection connection, Map<String, Position> known, Position backfill, Instant until) {
        List<Position> due = new ArrayList<>();
        Instant last = backfill.to();
        List<Tier> longestFirst = new ArrayList<>(connection.settings().rescan());
        longestFirst.sort((a, b) -> Integer.compare(span(b), span(a)));
        for (Tier tier : longestFirst) {
            Position position = known.get(tier.scan());
            if (position != null && position.open()) {
                due.add(position);
                continue;
            }
            if (position != null && position.to().isAfter(last)) last = position.to();
            if (last.plus(tier.every()).isAfter(until)) continue;
            Instant from = tier.days() == null ? backfill.from() : until.minus(tier.days(), ChronoUnit.DAYS);
            if (from.isBefore(backfill.from())) from = backfill.from();
            due.add(Position.open(connection.name(), tier.scan(), from, until));
            last = until;
        }
        return due;
    }

    private static int span(Tier tier) {
        return tier.days() == null ? Integer.MAX_VALUE : tier.days();
    }

    private static Instant until(Connection connection, Instant now) {
        return now.minus(connection.lag()).truncatedTo(ChronoUnit.SECONDS);
    }
}
