package bellwether.source;

import bellwether.mapping.Row;
import bellwether.mapping.Word;
import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.Send;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the rows of one page: maps them, leaves out those known from the end of the page before, those not selected and those beyond the
 * edges of the window, and judges whether the page can be believed: in order, and inside the time asked for. A row or two with an odd
 * date are a row's fault, many are the tool's.
 */
final class PageReader {
    final List<Response> responses = new ArrayList<>();
    final Map<String, Respondent> respondents = new LinkedHashMap<>();
    final List<Send> sends = new ArrayList<>();
    final List<SetAside> setAside = new ArrayList<>();
    int rows;
    int repeated;
    int skipped;

    private record Dated(Instant at, String id) {}

    private final Records records;
    private final Tool.Stream stream;
    private final Position position;
    private final Window window;
    private final Puller.Watcher watcher;
    private final boolean lowerSent;
    private final boolean upperSent;
    private final Set<String> known = new HashSet<>();
    private final List<Dated> dated = new ArrayList<>();
    private List<Instant> ordered = List.of();

    /** @param window null where the list is not read by time */
    PageReader(Records records, Tool.Stream stream, Position position, Window window, Puller.Watcher watcher) {
        this.records = records;
        this.watcher = watcher;
        this.stream = stream;
        this.position = position;
        this.window = window;
        Set<String> names = window == null ? Set.of() : Asking.names(stream);
        this.lowerSent = window != null && (window.cursor().from() != null || names.contains("from"));
        this.upperSent = window != null && (window.cursor().to() != null || names.contains("to"));
        if (position.boundary() != null) known.addAll(position.boundary().ids());
    }

    /** Reads all rows; the fault if the page as a whole cannot be believed, or null. */
    Fault.Transient read(Iterable<JsonNode> list, JsonNode parent) {
        for (JsonNode record : list) {
            rows++;
            Records.within(record, parent);
            boolean taken = Select.all(stream.select(), record);
            switch (position.scan()) {
                case Position.PERSONS -> {
                    Records.Read<Respondent> read = records.respondent(record);
                    watcher.read(record, taken, read);
                    if (isNew(read.row(), taken) && !aside(read))
                        respondents.put(read.value().id(), read.value());
                }
                case Position.SENDS -> {
                    Records.Read<Send> read = records.send(record);
                    watcher.read(record, taken, read);
                    if (isNew(read.row(), taken) && !aside(read)) {
                        sends.add(read.value());
                        inline(read.row(), read.value().respondent());
                    }
                }
                default -> {
                    Records.Read<Response> read = records.response(record);
                    watcher.read(record, taken, read);
                    if (isNew(read.row(), taken) && !aside(read)) {
                        responses.add(read.value());
                        inline(read.row(), read.value().respondent());
                    }
                }
            }
        }
        return window == null ? null : judge();
    }

    private boolean aside(Records.Read<?> read) {
        if (read.setAside() != null) setAside.add(read.setAside());
        return read.setAside() != null;
    }

    /** A person who stands in the row itself; the newest row wins. */
    private void inline(Row row, String id) {
        Respondent person = records.inline(row, id);
        if (person == null) return;
        boolean descending = window != null && window.cursor().order() == Cursor.Order.DESCENDING;
        if (descending) respondents.putIfAbsent(person.id(), person);
        else respondents.put(person.id(), person);
    }

    private Fault.Transient judge() {
        int inside = 0;
        int outside = 0;
        List<Instant> found = new ArrayList<>(dated.size());
        for (Dated row : dated) {
            if (window.holds(row.at)) inside++;
            if (window.holds(row.at) && !passed(row.at)) found.add(row.at);
            if (window.impossible(row.at, lowerSent, upperSent)) outside++;
        }
        Cursor.Order order = window.cursor().order();
        if (order == Cursor.Order.DESCENDING) Collections.reverse(found);
        ordered = order == Cursor.Order.ANY ? List.of() : Ascending.longest(found);
        long disordered = order == Cursor.Order.ANY ? 0 : inside - ordered.size();
        long odd = outside + disordered;
        long sound = dated.size() - odd;
        if (odd <= Math.max(1, dated.size() / 5) && odd <= sound) return null;
        return outside * 2 >= odd ? Faults.outside(stream) : Faults.disordered(stream);
    }

    /** True if there are rows and all were known before. */
    boolean repeating() {
        return rows > 0 && rows == repeated;
    }

    /** True if the list, which the tool does not bound on that side, has run out of the window. */
    boolean ranOut() {
        if (window == null || dated.isEmpty()) return false;
        List<Dated> last = dated.subList(Math.max(0, dated.size() - 2), dated.size());
        return switch (window.cursor().order()) {
            case ASCENDING -> !upperSent && last.stream().noneMatch(row -> row.at.isBefore(window.to()));
            case DESCENDING ->
                !lowerSent && last.stream().allMatch(row -> row.at.isBefore(window.floor(window.from())));
            case ANY -> false;
        };
    }

    /**
     * Where to go on reading by time, or null if no row had one: a few rows before the last, in case just the last has an odd date, and
     * the ids of all rows from there on.
     */
    Boundary boundary() {
        if (ordered.isEmpty()) return position.boundary();
        boolean down = window.cursor().order() == Cursor.Order.DESCENDING;
        List<Instant> way = new ArrayList<>(ordered);
        if (down) Collections.reverse(way);
        int last = way.size() - 1;
        Instant at = way.get(last - Math.min(2, way.size() / 10));
        if (down ? !at.isBefore(window.to()) : !at.isAfter(position.coveredUntil())) at = way.get(last);
        Set<String> ids = new LinkedHashSet<>();
        if (position.boundary() != null && position.boundary().at().equals(at))
            ids.addAll(position.boundary().ids());
        for (Dated row : dated) if (down ? !row.at.isAfter(at) : !row.at.isBefore(at)) ids.add(row.id);
        return new Boundary(at, ids);
    }

    boolean lowerSent() {
        return lowerSent;
    }

    boolean upperSent() {
        return upperSent;
    }

    private boolean passed(Instant at) {
        if (position.boundary() == null) return false;
        Instant boundary = position.boundary().at();
        return window.cursor().order() == Cursor.Order.DESCENDING ? at.isAfter(boundary) : at.isBefore(boundary);
    }

    /** Notes the row; true if it is to be kept. */
    private boolean isNew(Row row, boolean taken) {
        String id = row.text(Word.ID);
        if (id != null) {
            Instant told = window == null ? null : row.instant(window.cursor().word());
            if (told != null) {
                Instant at = window.floor(told);
                dated.add(new Dated(at, id));
                boolean beyond = !window.holds(told) && !window.impossible(at, lowerSent, upperSent);
                if (beyond) return false;
            }
            if (!known.add(id)) {
                repeated++;
                return false;
            }
        }
        if (!taken) skipped++;
        return taken;
    }
}
