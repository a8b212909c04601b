package bellwether.source;

import bellwether.mapping.Tier;
import bellwether.mapping.Word;
import bellwether.nps.Backfill;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The scans of one parent, or of a connection whose tool has none. */
final class Lane {
    private final Connection connection;
    private final String parent;
    private final Map<String, Position> known = new HashMap<>();
    private final Instant now;
    private final ZoneId zone;

    Lane(Connection connection, String parent, List<Position> stored, Instant now, ZoneId zone) {
        this.connection = connection;
        this.parent = parent;
        this.now = now;
        this.zone = zone;
        for (Position position : stored) {
            if (position.parent().equals(parent)) known.put(position.scan(), resumed(position));
        }
    }

    /** What is stored of a scan, or null. */
    Position known(String scan) {
        return known.get(scan);
    }

    /** A page token outlives a planned wait but not a crash: rows may have been deleted before it. */
    private static Position resumed(Position position) {
        return position.token() != null && position.notBefore() == null && position.open()
                ? position.restarted()
                : position;
    }

    Position persons() {
        return onwards(Position.PERSONS, connection.tool().respondents(), Instant.EPOCH);
    }

    Position sends() {
        return onwards(Position.SENDS, connection.tool().sends(), start());
    }

    private Position onwards(String scan, Tool.Stream stream, Instant begin) {
        Instant until = until(stream);
        Position position = known.get(scan);
        if (position == null) return open(scan, begin, until);
        if (position.open() || !position.coveredUntil().isBefore(until)) return position;
        if (stream.cursor() == null) return position.reopened(begin, until);
        Instant again = position.coveredUntil().minus(stream.cursor().overlap());
        return back(stream, position.reopened(again.isBefore(begin) ? begin : again, until));
    }

    /** @param whole the backfill of the connection, which may have been asked for anew; or null */
    Position backfill(Position whole) {
        Position own = known.get(Position.BACKFILL);
        if (own == null) {
            Instant from = whole == null ? start() : whole.from();
            own = open(Position.BACKFILL, from, until());
        } else if (whole != null && whole.open() && own.to().isBefore(whole.to())) {
            Instant from = own.from().isBefore(whole.from()) ? own.from() : whole.from();
            own = new Position(
                    connection.name(),
                    parent,
                    Position.BACKFILL,
                    whole.coveredUntil(),
                    from,
                    whole.to(),
                    null,
                    null,
                    null,
                    0);
        }
        known.put(Position.BACKFILL, own);
        return own;
    }

    /** Call it after {@link #backfill}. */
    Position incremental() {
        Position backfill = known.get(Position.BACKFILL);
        Position position = known.get(Position.INCREMENTAL);
        Tool.Stream stream = connection.tool().responses();
        Instant until = until();
        Duration overlap =
                stream.cursor() == null ? Duration.ZERO : stream.cursor().overlap();
        if (position == null) {
            if (!backfill.to().isBefore(until)) return open(Position.INCREMENTAL, until, until);
            Position first = open(Position.INCREMENTAL, backfill.to().minus(overlap), until);
            return back(stream, first.at(Bookmark.START.own(backfill.bookmark().own()), null, 0));
        }
        if (position.open() || !position.coveredUntil().isBefore(until)) return position;
        return back(stream, position.reopened(position.coveredUntil().minus(overlap), until));
    }

    /** Of a list read by ids a few are read again each time, since they are given when an answer begins. */
    private static Position back(Tool.Stream stream, Position position) {
        if (!(stream.cursor() instanceof Cursor.Ids ids)) return position;
        String own = IdWindow.back(position.bookmark().own(), ids.back());
        return position.at(Bookmark.START.own(own), null, 0);
    }

    /**
     * A tier is due when its period has passed since it, or a longer one, was last begun. Where edits can be asked for, or rows have no
     * order in time, only reading everything again tells more.
     */
    List<Position> rescans() {
        Position backfill = known.get(Position.BACKFILL);
        Cursor cursor = connection.tool().responses().cursor();
        List<Position> due = new ArrayList<>();
        if (backfill.open() || cursor == null) return due;
        boolean all = !(cursor instanceof Cursor.Time time) || time.word() == Word.UPDATED_AT;
        Instant until = until();
        Instant last = backfill.to();
        List<Tier> longestFirst = new ArrayList<>(connection.settings().rescan());
        longestFirst.sort((a, b) -> Integer.compare(span(b), span(a)));
        for (Tier tier : longestFirst) {
            if (all && tier.days() != null) continue;
            Position position = known.get(tier.scan());
            if (position != null && position.open()) {
                due.add(position);
                continue;
            }
            if (position != null && position.to().isAfter(last)) last = position.to();
            if (last.plus(tier.every()).isAfter(until)) continue;
            Instant from = tier.days() == null ? backfill.from() : until.minus(tier.days(), ChronoUnit.DAYS);
            if (from.isBefore(backfill.from())) from = backfill.from();
            due.add(open(tier.scan(), from, until));
            last = until;
        }
        return due;
    }

    private static int span(Tier tier) {
        return tier.days() == null ? Integer.MAX_VALUE : tier.days();
    }

    private Position open(String scan, Instant from, Instant until) {
        return Position.open(connection.name(), scan, from, until).of(parent);
    }

    private Instant start() {
        return Backfill.start(
                now.atZone(zone).toLocalDate(), connection.settings().backfillMonths(), zone);
    }

    private Instant until() {
        return until(connection.tool().responses());
    }

    Instant until(Tool.Stream stream) {
        return now.minus(Connection.lag(stream)).truncatedTo(ChronoUnit.SECONDS);
    }
}
