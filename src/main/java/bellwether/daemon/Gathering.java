package bellwether.daemon;

import bellwether.mapping.Word;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.Send;
import bellwether.source.Connection;
import bellwether.source.Cursor;
import bellwether.source.Position;
import bellwether.source.Step;
import bellwether.store.DeadLetters;
import bellwether.store.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pages gathered until they are worth a transaction: about a thousand rows, or what came in a quarter of a second. */
final class Gathering {
    private static final int ROWS = 1000;
    private static final Duration LONGEST = Duration.ofMillis(250);

    private final Connection connection;
    private final Instant deadline;
    private final List<Response> responses = new ArrayList<>();
    private final List<Respondent> respondents = new ArrayList<>();
    private final List<Send> sends = new ArrayList<>();
    private final List<DeadLetters.Letter> letters = new ArrayList<>();
    private final Map<String, Position> moved = new LinkedHashMap<>();
    private final Map<String, Delivery.Reading> readings = new LinkedHashMap<>();
    private int skipped;

    Gathering(Connection connection, Instant begin) {
        this.connection = connection;
        this.deadline = begin.plus(LONGEST);
    }

    boolean enough(Instant now) {
        return responses.size() + respondents.size() + sends.size() >= ROWS || !now.isBefore(deadline);
    }

    /** @param from what was covered before the page */
    void add(Step.Page page, Instant from) {
        Position position = page.position();
        responses.addAll(page.responses());
        respondents.addAll(page.respondents());
        sends.addAll(page.sends());
        skipped += page.skipped();
        page.setAside().forEach(one -> letters.add(Pull.letter(connection.name(), "pull", one)));
        moved(position);
        if (tellsAbsence(position)) {
            readings.merge(key(position), reading(position, from), Gathering::joined);
        }
    }

    /** How far a scan has come, with or without a page. */
    void moved(Position position) {
        moved.put(key(position), position);
    }

    int responses() {
        return responses.size();
    }

    int setAside() {
        return letters.size();
    }

    int skipped() {
        return skipped;
    }

    Delivery delivery(long run, boolean backfill) {
        return new Delivery(
                connection.name(),
                run,
                connection.source(),
                backfill,
                responses,
                respondents,
                sends,
                letters,
                List.copyOf(moved.values()),
                List.copyOf(readings.values()));
    }

    /** Whether what is missing from this scan is missing in the tool: it reads all there is, cut by the time of answer. */
    private boolean tellsAbsence(Position scan) {
        return (scan.scan().equals(Position.BACKFILL) || scan.scan().startsWith(Position.RESCAN))
                && connection.tool().responses().cursor() instanceof Cursor.Time time
                && time.word() == Word.ANSWERED_AT;
    }

    private static Delivery.Reading reading(Position position, Instant from) {
        return new Delivery.Reading(
                position.parent(), position.scan(), from, position.coveredUntil(), !position.open());
    }

    private static Delivery.Reading joined(Delivery.Reading before, Delivery.Reading next) {
        return new Delivery.Reading(next.parent(), next.scan(), before.from(), next.until(), next.last());
    }

    private static String key(Position position) {
        return position.parent() + "\n" + position.scan();
    }
}
