package bellwether.source;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.nps.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;

/**
 * Orders an export, asks how far it is, and fetches it. A running one is named in the position, so that a restart goes on with it; one
 * that the tool no longer knows is ordered again for the same time.
 */
final class Exports {
    private static final int CHUNK = 1000;

    /** How far an export is. */
    sealed interface State {}

    /** Being prepared. */
    record Working(Bookmark bookmark, Instant until, Fault.Transient fault) implements State {}

    /** Some of its rows; {@code own} is the tool's own cursor after it, or null. */
    record Rows(ArrayNode rows, boolean more, String own) implements State {}

    /** To be ordered again. */
    record Gone(Fault.Transient fault) implements State {}

    /** The tool does not do it now. */
    record Stopped(Fault fault) implements State {}

    private final Requests requests;
    private final Caller caller;
    private final Caller files;
    private final Clock clock;
    private String reading;
    private Iterator<JsonNode> rest;
    private String own;

    /** @param files whom the finished file is asked of */
    Exports(Requests requests, Caller caller, Caller files, Clock clock) {
        this.requests = requests;
        this.caller = caller;
        this.files = files;
        this.clock = clock;
    }

    State next(Tool.Stream stream, Position position) {
        Bookmark.Job job = position.bookmark().job();
        if (job == null) return submit(stream, position);
        return job.id().equals(reading) ? chunk() : poll(stream, position, job);
    }

    private State submit(Tool.Stream stream, Position position) {
        Request request = requests.submit(stream, position);
        if (request == null)
            return new Stopped(Faults.unset(stream.export().submit().path()));
        Answer answer = caller.call(request);
        if (answer instanceof Answer.Failed failed) return new Stopped(failed.fault());
        String id = Payloads.text(
                ((Answer.Ok) answer).json(), stream.export().submit().job());
        if (id == null)
            return new Stopped(Faults.notAList(stream.export().submit().path()));
        Bookmark bookmark = position.bookmark().job(new Bookmark.Job(id, clock.millis()));
        return working(stream, bookmark);
    }

    private Working working(Tool.Stream stream, Bookmark bookmark) {
        Instant until = clock.instant().plus(stream.export().poll().every());
        return new Working(bookmark, until, Faults.working(bookmark.job().id()));
    }

    private State poll(Tool.Stream stream, Position position, Bookmark.Job job) {
        Export.Poll poll = stream.export().poll();
        Answer answer = caller.call(requests.of(poll.path(), stream, position, job.id(), null));
        if (answer instanceof Answer.Failed failed) return failed(failed.fault());
        JsonNode json = ((Answer.Ok) answer).json();
        String state = Payloads.text(json, poll.state());
        if (poll.failed().contains(state)) return new Gone(Faults.exportGone("failed"));
        if (poll.done().contains(state)) {
            String next = stream.cursor() instanceof Cursor.Own cursor ? Payloads.text(json, cursor.next()) : null;
            return download(stream, position, job, Payloads.text(json, poll.file()), next);
        }
        boolean late = clock.millis() - job.since() > poll.atMost().toMillis();
        return late
                ? new Gone(Faults.exportGone("was not ready after " + poll.atMost()))
                : working(stream, position.bookmark());
    }

    private State download(Tool.Stream stream, Position position, Bookmark.Job job, String file, String next) {
        String path = stream.export().download().path();
        Answer answer =
                files.call(requests.of(path, stream, position, job.id(), file).download());
        if (answer instanceof Answer.Failed failed) return failed(failed.fault());
        Payload payload = stream.payload() == null ? new Payload(null, null, null) : stream.payload();
        try {
            rest = Payloads.stream((Answer.Ok) answer, stream.records(), payload);
        } catch (IOException | IllegalArgumentException e) {
            return new Stopped(Faults.notAList(path));
        }
        reading = job.id();
        own = next;
        return chunk();
    }

    private State chunk() {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        try {
            while (rows.size() < CHUNK && rest.hasNext()) rows.add(rest.next());
            boolean more = rest.hasNext();
            if (!more) reading = null;
            return new Rows(rows, more, own);
        } catch (RuntimeException e) {
            reading = null;
            return new Gone(Faults.exportGone("was broken or cut off"));
        }
    }

    private static State failed(Fault fault) {
        return fault.code().equals(Faults.NOT_FOUND)
                ? new Gone(Faults.exportGone("is not known to the tool any more"))
                : new Stopped(fault);
    }
}
