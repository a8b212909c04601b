package bellwether.source;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.JsonPlace;
import bellwether.mapping.Times;
import bellwether.nps.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a connection one page at a time: {@link #next} asks for the page a position points at and says where to go on. It keeps
 * nothing between pages but a count of restarts, never sleeps, and throws nothing for anything the tool does. One per run; not
 * thread-safe.
 */
public final class Puller {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int RESTARTS = 3;

    private final Connection connection;
    private final Caller caller;
    private final Clock clock;
    private final Records records;
    private final People people;
    private int restarts;

    public Puller(Connection connection, Caller caller, KnownRespondents known, Clock clock) {
        this.connection = connection;
        this.caller = caller;
        this.clock = clock;
        this.records = new Records(connection, clock);
        this.people = new People(connection, caller, known, records);
    }

    /** Reads the next page of the position's scan. */
    public Step next(Position position) {
        if (!position.open()) return new Step.Done(position);
        if (position.notBefore() != null && position.notBefore().isAfter(clock.instant())) {
            return new Step.Wait(position.notBefore(), Faults.resting(), position);
        }
        Tool tool = connection.tool();
        Tool.Stream stream = position.scan().equals(Position.PERSONS) ? tool.respondents() : tool.responses();
        Tool.Paging.Pages paging = (Tool.Paging.Pages) stream.paging();
        int number = position.token() == null ? paging.first() : Integer.parseInt(position.token());
        Answer answer = caller.call(request(stream, paging, number, position));
        return answer instanceof Answer.Ok ok
                ? read(ok, stream, paging, number, position)
                : stop(((Answer.Failed) answer).fault(), position);
    }

    private Request request(Tool.Stream stream, Tool.Paging.Pages paging, int number, Position position) {
        Tool.Cursor cursor = stream.cursor();
        List<Request.Parameter> query = new ArrayList<>();
        query.add(new Request.Parameter(cursor.from(), Times.write(position.coveredUntil(), cursor.as())));
        query.add(new Request.Parameter(cursor.to(), Times.write(position.to(), cursor.as())));
        stream.query().forEach((name, value) -> query.add(new Request.Parameter(name, value)));
        query.add(new Request.Parameter(paging.page(), Integer.toString(number)));
        query.add(new Request.Parameter(paging.size(), Integer.toString(connection.pageSize(stream))));
        return Request.read(stream.path(), query);
    }

    private Step read(Answer.Ok ok, Tool.Stream stream, Tool.Paging.Pages paging, int number, Position position) {
        JsonNode rows =
                ok.json() == null ? null : JsonPlace.of(stream.records()).in(ok.json());
        if (rows == null || !rows.isArray()) return stop(Faults.notAList(stream.path()), position);
        PageReader page = new PageReader(records, stream, position);
        Fault.Transient unbelievable = page.read(rows);
        if (unbelievable != null) return again(unbelievable, position);

        Boundary boundary = page.boundary();
        int count = number - paging.first() + 1;
        int size = connection.pageSize(stream);
        if (page.repeating() && (long) (count - 1) * size + page.rows > ids(position.boundary())) {
            return again(Faults.repeated(stream), position);
        }
        boolean movable = boundary != null && boundary.at().isAfter(position.coveredUntil());
        boolean last = paging.last() != null && number >= paging.last();
        boolean enough = paging.windowPages() != null && count >= paging.windowPages() && page.rows >= size;
        if (page.rows == 0) return accepted(page, position, position.done(0));
        if (movable && (last || enough)) return accepted(page, position, position.window(boundary, page.rows));
        if (last) return new Step.Pause(Faults.stuck(stream, position), position);
        return accepted(page, position, position.at(Integer.toString(number + 1), boundary, page.rows));
    }

    private static int ids(Boundary boundary) {
        return boundary == null ? 0 : boundary.ids().size();
    }

    /** The page with its unknown people; where those cannot be had, only the ones met so far, and the same page again. */
    private Step accepted(PageReader page, Position position, Position next) {
        People.Met met = people.meet(page.responses);
        if (met.stopped() != null) {
            if (met.people().isEmpty()) return stop(met.stopped(), position);
            Position same = met.stopped() instanceof Fault.Transient fault ? position.waiting(until(fault)) : position;
            return new Step.Page(List.of(), met.people(), met.setAside(), 0, same, false);
        }
        page.respondents.addAll(met.people());
        page.setAside.addAll(met.setAside());
        boolean windowDone = next.coveredUntil().isAfter(position.coveredUntil());
        if (windowDone) restarts = 0;
        return new Step.Page(page.responses, page.respondents, page.setAside, page.repeated, next, windowDone);
    }

    private Step stop(Fault fault, Position position) {
        if (!(fault instanceof Fault.Transient passing)) return new Step.Pause(Faults.stopping(fault), position);
        Instant until = until(passing);
        return new Step.Wait(until, passing, position.waiting(until));
    }

    /** The window from its start; a tool that stays like this needs a person. */
    private Step again(Fault.Transient fault, Position position) {
        if (++restarts > RESTARTS) return new Step.Pause(Faults.lasting(fault), position.restarted());
        return new Step.Wait(clock.instant(), fault, position.restarted());
    }

    private Instant until(Fault.Transient fault) {
        Instant now = clock.instant();
        return fault.notBefore() != null && fault.notBefore().isAfter(now) ? fault.notBefore() : now.plus(PAUSE);
    }
}
