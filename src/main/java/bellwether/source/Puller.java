package bellwether.source;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.Word;
import bellwether.nps.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Reads a connection one page at a time: {@link #next} asks for the page a position points at and says where to go on. It keeps
 * nothing between pages but a count of restarts, the pages seen of a window, the parents read and an export that is being read; it
 * never sleeps, and throws nothing for anything the tool does. One per run; not thread-safe.
 */
public final class Puller {
    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final int RESTARTS = 3;

    private final Connection connection;
    private final Caller caller;
    private final Clock clock;
    private final Records records;
    private final People people;
    private final Parents parents;
    private final Requests requests;
    private final Exports exports;
    private final Trail trail = new Trail();
    private int restarts;
    private Watcher watcher = (record, taken, read) -> {};
    private Caller lists;

    public Puller(Connection connection, Caller caller, KnownRespondents known, Clock clock) {
        this(connection, caller, known, clock, null);
    }

    /** @param size most rows per page, or null for as many as usual */
    Puller(Connection connection, Caller caller, KnownRespondents known, Clock clock, Integer size) {
        this.connection = connection;
        this.caller = caller;
        this.lists = caller;
        this.clock = clock;
        this.records = new Records(connection, clock);
        this.people = new People(connection, caller, known, records);
        this.parents = new Parents(connection, caller);
        this.requests = new Requests(connection, parents, size);
        this.exports = new Exports(requests, caller, request -> lists.call(request), clock);
    }

    /** Told of every record of a page, whether it is taken and what was read of it. */
    interface Watcher {
        void read(JsonNode record, boolean taken, Records.Read<?> read);
    }

    Puller watched(Watcher by) {
        watcher = by;
        return this;
    }

    /** Asks for pages of lists, and for the files of exports, through this one; for everything else as before. */
    Puller listing(Caller by) {
        lists = by;
        return this;
    }

    /** Ids of the parents that a scan {@code parents} has read to its end, in the tool's order; null before that. */
    public Collection<String> parents() {
        return parents.ids();
    }

    /** Reads the next page of the position's scan. */
    public Step next(Position position) {
        if (!position.open()) return new Step.Done(position);
        if (position.notBefore() != null && position.notBefore().isAfter(clock.instant())) {
            return new Step.Wait(position.notBefore(), Faults.resting(), position);
        }
        if (position.scan().equals(Position.PARENTS)) return readParents(position);
        Tool.Stream stream = stream(position);
        // The backfill of the connection as a whole, which comes after those of its parents.
        if (position.parent().isEmpty() && fannedOut(stream)) return new Step.Done(position.done(0));
        if (requests.names(stream).contains(Parents.FIELDS)) {
            Fault unknown = parents.learn(position.parent());
            if (unknown != null) return stop(unknown, position);
        }
        if (stream.export() != null) return export(stream, position);
        Request request = requests.page(stream, position);
        if (request == null) return new Step.Pause(Faults.unset(stream.path()), position);
        Answer answer = lists.call(request);
        if (answer instanceof Answer.Failed failed) return stop(failed.fault(), position);
        Answer.Ok ok = (Answer.Ok) answer;
        JsonNode rows = Payloads.rows(ok, stream.records(), stream.payload());
        if (rows == null) return stop(Faults.notAList(stream.path()), position);
        if (!rows.isEmpty()) {
            Fault unknown = parents.learn(position.parent());
            if (unknown != null) return stop(unknown, position);
        }
        if (stream.cursor() instanceof Cursor.Ids ids) return readIds(ids, stream, position, rows);
        if (stream.cursor() instanceof Cursor.Own own) return readOwn(own, stream, position, ok, rows);
        return read(stream, position, ok, rows);
    }

    private Tool.Stream stream(Position position) {
        Tool tool = connection.tool();
        return switch (position.scan()) {
            case Position.PERSONS -> tool.respondents();
            case Position.SENDS -> tool.sends();
            default -> tool.responses();
        };
    }

    private PageReader reader(Tool.Stream stream, Position position, Window window, JsonNode rows) {
        return new PageReader(records, stream, requests.names(stream), position, window, rows, watcher);
    }

    private boolean fannedOut(Tool.Stream stream) {
        return connection.tool().parents() != null && stream.perParent();
    }

    private Step readParents(Position position) {
        Tool.Stream list = connection.tool().parents().list();
        Bookmark at = position.bookmark();
        Answer answer = lists.call(requests.page(list, position));
        if (answer instanceof Answer.Failed failed) return stop(failed.fault(), position);
        Answer.Ok ok = (Answer.Ok) answer;
        JsonNode rows = Payloads.rows(ok, list.records(), null);
        if (rows == null) return stop(Faults.notAList(list.path()), position);
        parents.read(rows, at.page() == null);
        Paging.After after = after(list, new Paging.Seen(ok, rows, at, requests.size(list)));
        Fault.Transient lost = trail.lost(after, list, position, rows.size());
        if (lost != null) return again(lost, position);
        if (after instanceof Paging.After.Cap) return new Step.Pause(Faults.stuck(list, position), position);
        boolean end = after instanceof Paging.After.End || trail.repeats(after, position, rows.size());
        if (end) parents.complete();
        Position next = end
                ? position.done(rows.size())
                : position.at(at.to(((Paging.After.On) after).page(), rows.size()), null, rows.size());
        return new Step.Page(List.of(), List.of(), List.of(), List.of(), 0, 0, next, end);
    }

    private Step read(Tool.Stream stream, Position position, Answer.Ok ok, JsonNode rows) {
        Bookmark at = position.bookmark();
        Window window = requests.window(stream, position);
        PageReader page = reader(stream, position, window, rows);
        Fault.Transient unbelievable = page.read(parents.words(position.parent()));
        if (unbelievable != null) return again(unbelievable, position);
        int size = requests.size(stream);
        Boundary boundary = page.boundary();
        if (page.repeating() && at.rows() + page.rows > ids(position.boundary())) {
            return again(Faults.repeated(stream), position);
        }
        Paging.After after = after(stream, new Paging.Seen(ok, rows, at, size));
        Fault.Transient lost = trail.lost(after, stream, position, page.rows);
        if (lost != null) return again(lost, position);
        Instant end = window == null ? position.to() : window.end();
        if (after instanceof Paging.After.End || page.ranOut() || trail.repeats(after, position, page.rows)) {
            return accepted(page, position, position.covered(end, page.rows));
        }
        boolean cap = after instanceof Paging.After.Cap;
        Integer most = stream.paging().windowPages();
        if (cap || most != null && at.pages() + 1 >= most && page.rows >= size) {
            Position moved = window == null ? null : moved(page, window, position, at, boundary, cap);
            if (moved != null) return accepted(page, position, moved);
        }
        if (cap) return new Step.Pause(Faults.stuck(stream, position), position);
        Bookmark next = at.to(((Paging.After.On) after).page(), page.rows);
        return accepted(page, position, position.at(next, boundary, page.rows));
    }

    /** What the tool's file calls an empty list is the end, whatever stands in it. */
    private static Paging.After after(Tool.Stream stream, Paging.Seen page) {
        return page.answer().empty() ? new Paging.After.End() : stream.paging().after(page);
    }

    /** A new window that leaves out what is read of this one, or null if it would not be smaller. */
    private static Position moved(
            PageReader page, Window window, Position position, Bookmark at, Boundary boundary, boolean cap) {
        switch (window.cursor().order()) {
            case ASCENDING -> {
                boolean on =
                        boundary != null && page.lowerSent() && boundary.at().isAfter(position.coveredUntil());
                return on ? position.window(boundary, page.rows) : null;
            }
            case DESCENDING -> {
                if (boundary == null || !page.upperSent()) return null;
                Instant top = window.floor(boundary.at()).plus(window.step());
                boolean on = top.isBefore(window.to());
                return on ? position.at(at.below(top.toEpochMilli()), boundary, page.rows) : null;
            }
            default -> {
                if (!cap || !page.upperSent()) return null;
                Duration half = Duration.between(window.from(), window.to()).dividedBy(2);
                Instant top = window.floor(window.from().plus(half));
                boolean on = top.isAfter(window.from());
                return on ? position.at(at.below(top.toEpochMilli()), null, page.rows) : null;
            }
        }
    }

    private Step readIds(Cursor.Ids cursor, Tool.Stream stream, Position position, JsonNode rows) {
        PageReader page = reader(stream, position, null, rows);
        page.read(parents.words(position.parent()));
        Bookmark at = position.bookmark();
        IdWindow window = IdWindow.of(cursor, at);
        Bookmark next = window.after(at, rows, stream.map().get(Word.ID).paths().get(0));
        boolean end = window.last() && page.rows == 0
                || cursor.to() == null && !requests.names(stream).contains("to");
        Position moved = end ? position.at(next, null, 0).done(page.rows) : position.at(next, null, page.rows);
        return accepted(page, position, moved);
    }

    private Step readOwn(Cursor.Own cursor, Tool.Stream stream, Position position, Answer.Ok ok, JsonNode rows) {
        PageReader page = reader(stream, position, null, rows);
        page.read(parents.words(position.parent()));
        Bookmark at = position.bookmark();
        String next = Payloads.text(ok.json(), cursor.next());
        boolean end = page.rows == 0 || next == null || next.equals(at.own());
        Position moved = position.at(at.own(next == null ? at.own() : next), null, 0);
        return accepted(page, position, end ? moved.done(page.rows) : moved.at(moved.bookmark(), null, page.rows));
    }

    private Step export(Tool.Stream stream, Position position) {
        Exports.State state = exports.next(stream, position);
        if (state instanceof Exports.Stopped stopped) return stop(stopped.fault(), position);
        if (state instanceof Exports.Working working) {
            Position waiting = position.at(working.bookmark(), null, 0).waiting(working.until());
            return new Step.Wait(working.until(), working.fault(), waiting);
        }
        if (state instanceof Exports.Gone gone) {
            return again(gone.fault(), position.at(position.bookmark().job(null), null, 0));
        }
        Exports.Rows rows = (Exports.Rows) state;
        Window window = requests.window(stream, position);
        PageReader page = reader(stream, position, window, rows.rows());
        Fault unknown = rows.rows().isEmpty() ? null : parents.learn(position.parent());
        if (unknown != null) return stop(unknown, position);
        Fault.Transient unbelievable = page.read(parents.words(position.parent()));
        if (unbelievable != null)
            return again(unbelievable, position.at(position.bookmark().job(null), null, 0));
        if (rows.more()) return accepted(page, position, position.at(position.bookmark(), null, page.rows));
        Bookmark own =
                rows.own() == null ? position.bookmark() : position.bookmark().own(rows.own());
        Instant end = window == null ? position.to() : window.end();
        return accepted(page, position, position.at(own, null, 0).covered(end, page.rows));
    }

    private static int ids(Boundary boundary) {
        return boundary == null ? 0 : boundary.ids().size();
    }

    /** The page with its unknown people; where those cannot be had, only the ones met so far, and the same page again. */
    private Step accepted(PageReader page, Position position, Position next) {
        People.Met met = people.meet(page.responses, page.respondents.keySet());
        if (met.stopped() != null) {
            if (met.people().isEmpty()) return stop(met.stopped(), position);
            Position same = met.stopped() instanceof Fault.Transient fault ? position.waiting(until(fault)) : position;
            return new Step.Page(List.of(), met.people(), List.of(), met.setAside(), 0, 0, same, false);
        }
        var respondents = new ArrayList<>(page.respondents.values());
        respondents.addAll(met.people());
        page.setAside.addAll(met.setAside());
        boolean windowDone = next.coveredUntil().isAfter(position.coveredUntil());
        if (windowDone) restarts = 0;
        return new Step.Page(
                page.responses, respondents, page.sends, page.setAside, page.repeated, page.skipped, next, windowDone);
    }

    private Step stop(Fault fault, Position position) {
        if (!position.parent().isEmpty() && Faults.ofParent(fault)) return new Step.Skip(fault, position);
        if (!(fault instanceof Fault.Transient passing)) return new Step.Pause(Faults.stopping(fault), position);
        Instant until = until(passing);
        return new Step.Wait(until, passing, position.waiting(until));
    }

    /** The window from its start; a tool that stays like this needs a person. */
    private Step again(Fault.Transient fault, Position position) {
        trail.forget();
        if (++restarts > RESTARTS) return new Step.Pause(Faults.lasting(fault), position.restarted());
        return new Step.Wait(clock.instant(), fault, position.restarted());
    }

    private Instant until(Fault.Transient fault) {
        Instant now = clock.instant();
        return fault.notBefore() != null && fault.notBefore().isAfter(now) ? fault.notBefore() : now.plus(PAUSE);
    }
}
