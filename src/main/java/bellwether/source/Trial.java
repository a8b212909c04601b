package bellwether.source;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.JsonPlace;
import bellwether.mapping.Times;
import bellwether.nps.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether a tool's connection works now: one row is read, nothing is kept. */
public final class Trial {
    /** How it went. {@code fault} is null if the connection works; {@code rows} is 0 if the tool has no response in that time. */
    public record Result(int rows, Fault fault) {}

    /** Asks for one response answered in [from, to). */
    public static Result of(Connection connection, Caller caller, Instant from, Instant to) {
        Tool.Stream stream = connection.tool().responses();
        Answer answer = caller.call(request(stream, from, to));
        if (answer instanceof Answer.Failed failed) {
            return new Result(0, failed.fault());
        }
        Answer.Ok ok = (Answer.Ok) answer;
        JsonNode rows =
                ok.json() == null ? null : JsonPlace.of(stream.records()).in(ok.json());
        return rows == null || !rows.isArray()
                ? new Result(0, Faults.notAList(stream.path()))
                : new Result(rows.size(), null);
    }

    private static Request request(Tool.Stream stream, Instant from, Instant to) {
        Tool.Cursor cursor = stream.cursor();
        Tool.Paging.Pages paging = (Tool.Paging.Pages) stream.paging();
        List<Request.Parameter> query = new ArrayList<>();
        query.add(new Request.Parameter(cursor.from(), Times.write(from, cursor.as())));
        query.add(new Request.Parameter(cursor.to(), Times.write(to, cursor.as())));
        stream.query().forEach((name, value) -> query.add(new Request.Parameter(name, value)));
        query.add(new Request.Parameter(paging.page(), Integer.toString(paging.first())));
        query.add(new Request.Parameter(paging.size(), "1"));
        return Request.read(stream.path(), query);
    }

    private Trial() {}
}
