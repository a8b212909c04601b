package bellwether.source;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the tool, one by one, for the people of a page that are not known yet. */
final class People {
    private final Connection connection;
    private final Caller caller;
    private final KnownRespondents known;
    private final Records records;

    People(Connection connection, Caller caller, KnownRespondents known, Records records) {
        this.connection = connection;
        this.caller = caller;
        this.known = known;
        this.records = records;
    }

    /** Who was met, and what stopped the asking before its end, or null. */
    record Met(List<Respondent> people, List<SetAside> setAside, Fault stopped) {}

    Met meet(List<Response> responses) {
        Tool.Stream stream = connection.tool().respondents();
        Set<String> ids = new LinkedHashSet<>();
        for (Response response : responses) if (response.respondent() != null) ids.add(response.respondent());
        List<Respondent> people = new ArrayList<>();
        List<SetAside> setAside = new ArrayList<>();
        if (stream == null || stream.one() == null || ids.isEmpty()) return new Met(people, setAside, null);
        Map<String, Respondent> there = known.known(connection.source(), ids);
        for (String id : ids) {
            if (there.containsKey(id)) continue;
            Fault stopped = ask(stream.one(), id, people, setAside);
            if (stopped != null) return new Met(people, setAside, stopped);
        }
        return new Met(people, setAside, null);
    }

    private Fault ask(String one, String id, List<Respondent> people, List<SetAside> setAside) {
        String path = one.replace(
                "{id}", URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
        Answer answer = caller.call(Request.read(path, List.of()));
        if (answer instanceof Answer.Failed failed) {
            if (!failed.fault().code().equals(Faults.NOT_FOUND)) return failed.fault();
            people.add(records.gone(id));
            return null;
        }
        JsonNode record = ((Answer.Ok) answer).json();
        if (record == null || !record.isObject()) return Faults.notARecord(one);
        Records.Read<Respondent> read = records.respondent(record);
        // A person who cannot be read is known by the id all the same, or would be asked for with every answer.
        if (read.setAside() != null) setAside.add(read.setAside());
        boolean usable = read.value() != null && read.value().id().equals(id);
        people.add(usable ? read.value() : records.gone(id));
        return null;
    }
}
