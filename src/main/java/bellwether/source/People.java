package bellwether.source;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the tool, one by one or several at once, for the people of a page that are not known yet. */
final class People {
    /** Far more than are met before the store is told of them. */
    private static final int LATELY = 10_000;

    private final Connection connection;
    private final Caller caller;
    private final KnownRespondents known;
    private final Records records;
    private final Set<String> lately = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > LATELY;
        }
    });

    People(Connection connection, Caller caller, KnownRespondents known, Records records) {
        this.connection = connection;
        this.caller = caller;
        this.known = known;
        this.records = records;
    }

    /** Who was met, and what stopped the asking before its end, or null. */
    record Met(List<Respondent> people, List<SetAside> setAside, Fault stopped) {}

    /**
     * Whoever is met is not asked for again: the store knows them only once the pages are taken that were gathered with theirs.
     *
     * @param inPage ids of those who stand in the page itself
     */
    Met meet(List<Response> responses, Set<String> inPage) {
        Tool.Stream stream = connection.tool().respondents();
        if (stream == null || stream.one() == null && stream.batch() == null)
            return new Met(List.of(), List.of(), null);
        Met met = asked(stream, responses, inPage);
        lately.addAll(inPage);
        met.people().forEach(person -> lately.add(person.id()));
        return met;
    }

    private Met asked(Tool.Stream stream, List<Response> responses, Set<String> inPage) {
        List<Respondent> people = new ArrayList<>();
        List<SetAside> setAside = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        for (Response response : responses) if (response.respondent() != null) ids.add(response.respondent());
        ids.removeAll(inPage);
        ids.removeAll(lately);
        if (ids.isEmpty()) return new Met(people, setAside, null);
        ids.removeAll(known.known(connection.source(), ids).keySet());
        if (stream.batch() != null) return several(stream.batch(), new ArrayList<>(ids), people, setAside);
        for (String id : ids) {
            Fault stopped = ask(stream.one(), id, people, setAside);
            if (stopped != null) return new Met(people, setAside, stopped);
        }
        return new Met(people, setAside, null);
    }

    private Met several(Tool.Batch batch, List<String> ids, List<Respondent> people, List<SetAside> setAside) {
        for (int from = 0; from < ids.size(); from += batch.most()) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + batch.most()));
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            some.forEach(list::add);
            boolean joined = Asking.names(batch.path(), batch.query(), null).contains("ids");
            Request request = new Asking(connection)
                    .with("ids", joined ? TextNode.valueOf(String.join(",", some)) : list)
                    .request(batch.method(), batch.path(), batch.query(), batch.body());
            if (request == null) return new Met(people, setAside, Faults.unset(batch.path()));
            Answer answer = caller.call(request);
            if (answer instanceof Answer.Failed failed) return new Met(people, setAside, failed.fault());
            JsonNode rows = Payloads.rows((Answer.Ok) answer, batch.records(), null);
            if (rows == null) return new Met(people, setAside, Faults.notAList(batch.path()));
            Set<String> missing = new LinkedHashSet<>(some);
            for (JsonNode row : rows) {
                Records.Read<Respondent> read = records.respondent(row);
                if (read.setAside() != null) setAside.add(read.setAside());
                else if (missing.remove(read.value().id())) people.add(read.value());
            }
            // Whom the tool does not send is known by the id all the same, or would be asked for with every answer.
            missing.forEach(id -> people.add(records.gone(id)));
        }
        return new Met(people, setAside, null);
    }

    private Fault ask(String one, String id, List<Respondent> people, List<SetAside> setAside) {
        Request request = new Asking(connection).with("id", id).request("GET", one, Map.of(), null);
        if (request == null) return Faults.unset(one);
        Answer answer = caller.call(request);
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
