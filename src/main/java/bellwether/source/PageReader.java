package bellwether.source;

import bellwether.mapping.Row;
import bellwether.mapping.Word;
import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the rows of one page: maps them, leaves out those known from the end of the page before, and judges whether the page can be
 * believed: in order, and inside the time asked for. A row or two with an odd date are a row's fault, many are the tool's.
 */
final class PageReader {
    final List<Response> responses = new ArrayList<>();
    final List<Respondent> respondents = new ArrayList<>();
    final List<SetAside> setAside = new ArrayList<>();
    int rows;
    int repeated;

    private record Dated(Instant at, String id) {}

    private final Records records;
    private final Tool.Stream stream;
    private final Position position;
    private final ChronoUnit precision;
    private final Set<String> known = new HashSet<>();
    private final List<Dated> dated = new ArrayList<>();
    private List<Instant> ascending = List.of();

    PageReader(Records records, Tool.Stream stream, Position position) {
        this.records = records;
        this.stream = stream;
        this.position = position;
        this.precision = stream.cursor().as().equals("unix_seconds") ? ChronoUnit.SECONDS : ChronoUnit.MILLIS;
        if (position.boundary() != null) known.addAll(position.boundary().ids());
    }

    /** Reads all rows; the fault if the page as a whole cannot be believed, or null. */
    Fault.Transient read(JsonNode list) {
        for (JsonNode record : list) {
            rows++;
            if (position.scan().equals(Position.PERSONS)) {
                Records.Read<Respondent> read = records.respondent(record);
                if (isNew(read.row())) keep(read.value(), respondents, read.setAside());
            } else {
                Records.Read<Response> read = records.response(record);
                if (isNew(read.row())) keep(read.value(), responses, read.setAside());
            }
        }
        List<Instant> inside = dated.stream()
                .map(Dated::at)
                .filter(at -> !at.isBefore(position.coveredUntil()) && at.isBefore(position.to()))
                .toList();
        ascending = Ascending.longest(inside.stream().filter(at -> !before(at)).toList());
        int odd = dated.size() - ascending.size();
        if (odd <= Math.max(1, dated.size() / 5) && odd <= ascending.size()) return null;
        int outside = dated.size() - inside.size();
        return outside * 2 >= odd ? Faults.outside(stream) : Faults.disordered(stream);
    }

    /** True if there are rows and all were known before. */
    boolean repeating() {
        return rows > 0 && rows == repeated;
    }

    /**
     * Where to go on reading by time, or null if no row had one: a few rows before the last, in case just the last has an odd date, and
     * the ids of all rows from there on.
     */
    Boundary boundary() {
        if (ascending.isEmpty()) return position.boundary();
        int last = ascending.size() - 1;
        Instant at = ascending.get(last - Math.min(2, ascending.size() / 10));
        if (!at.isAfter(position.coveredUntil())) at = ascending.get(last);
        Set<String> ids = new LinkedHashSet<>();
        if (position.boundary() != null && position.boundary().at().equals(at))
            ids.addAll(position.boundary().ids());
        for (Dated row : dated) if (!row.at.isBefore(at)) ids.add(row.id);
        return new Boundary(at, ids);
    }

    private boolean before(Instant at) {
        return position.boundary() != null && at.isBefore(position.boundary().at());
    }

    private <T> void keep(T value, List<T> values, SetAside aside) {
        if (aside != null) setAside.add(aside);
        else values.add(value);
    }

    private boolean isNew(Row row) {
        String id = row.text(Word.ID);
        Instant at = row.instant(stream.cursor().word());
        if (id == null) return true;
        if (at != null) dated.add(new Dated(at.truncatedTo(precision), id));
        boolean first = known.add(id);
        if (!first) repeated++;
        return first;
    }
}
