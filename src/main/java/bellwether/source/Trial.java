package bellwether.source;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.nps.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Whether a tool's connection works now: one page of few rows is read, nothing is kept. */
public final class Trial {
    /** How it went. {@code fault} is null if the connection works; {@code rows} is 0 if the tool has no response in that time. */
    public record Result(int rows, Fault fault) {}

    private final Connection connection;
    private final Caller caller;

    private Trial(Connection connection, Caller caller) {
        this.connection = connection;
        this.caller = caller;
    }

    /**
     * Asks for one response answered in [from, to); of a tool that is asked survey by survey, for the surveys and one response of the
     * first. An export is not ordered for that: the surveys, or an empty trial, must do.
     */
    public static Result of(Connection connection, Caller caller, Instant from, Instant to) {
        return new Trial(connection, caller)
                .run(from.truncatedTo(ChronoUnit.SECONDS), to.truncatedTo(ChronoUnit.SECONDS));
    }

    private Result run(Instant from, Instant to) {
        Tool tool = connection.tool();
        Parents parents = new Parents(connection, caller);
        Position position = Position.open(connection.name(), Position.INCREMENTAL, from, to);
        Requests requests = new Requests(connection, parents, 1);
        if (tool.parents() != null) {
            Tool.Stream list = tool.parents().list();
            Object read = rows(list, requests.page(list, position));
            if (read instanceof Fault fault) return new Result(0, fault);
            parents.read((JsonNode) read, true);
            parents.complete();
            if (tool.responses().perParent()) {
                if (parents.ids().isEmpty()) return new Result(0, null);
                position = position.of(parents.ids().iterator().next());
            }
        }
        if (tool.responses().export() != null) return new Result(0, null);
        Object read = rows(tool.responses(), requests.page(tool.responses(), position));
        return read instanceof Fault fault ? new Result(0, fault) : new Result(((JsonNode) read).size(), null);
    }

    /** The rows or a fault. */
    private Object rows(Tool.Stream stream, Request request) {
        if (request == null) return Faults.unset(stream.path());
        Answer answer = caller.call(request);
        if (answer instanceof Answer.Failed failed) return failed.fault();
        JsonNode rows = Payloads.rows((Answer.Ok) answer, stream.records(), stream.payload());
        return rows == null ? Faults.notAList(stream.path()) : rows;
    }
}
