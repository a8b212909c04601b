package bellwether.source;

import bellwether.mapping.Row;
import bellwether.mapping.Word;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads the rows of one page: maps them, leaves out those known from the last instant, and watches order and bounds. */
final class PageReader {
    final List<Response> responses = new ArrayList<>();
    final List<Respondent> respondents = new ArrayList<>();
    final List<SetAside> setAside = new ArrayList<>();
    int rows;
    int repeated;
    boolean outside;
    boolean disordered;

    private final Records records;
    private final Tool.Cursor cursor;
    private final Position position;
    private final ChronoUnit precision;
    private Instant at;
    private Set<String> ids;

    PageReader(Records records, Tool.Cursor cursor, Position position) {
        this.records = records;
        this.cursor = cursor;
        this.position = position;
        this.precision = cursor.as().equals("unix_seconds") ? ChronoUnit.SECONDS : ChronoUnit.MILLIS;
        this.at = position.boundary() == null ? null : position.boundary().at();
        this.ids = new LinkedHashSet<>(
                position.boundary() == null ? Set.of() : position.boundary().ids());
    }

    void add(JsonNode record) {
        rows++;
        if (position.scan().equals(Position.PERSONS)) {
            Records.Read<Respondent> read = records.respondent(record);
            if (isNew(read.row())) keep(read.value(), respondents, read.setAside());
        } else {
            Records.Read<Response> read = records.response(record);
            if (isNew(read.row())) keep(read.value(), responses, read.setAside());
        }
    }

    /** True if there are rows and all were known before. */
    boolean repeating() {
        return rows > 0 && rows == repeated;
    }

    /** The last instant read so far in this window, or null if no row had one. */
    Boundary boundary() {
        return at == null ? null : new Boundary(at, ids);
    }

    private <T> void keep(T value, List<T> values, SetAside aside) {
        if (aside != null) setAside.add(aside);
        else values.add(value);
    }

    private boolean isNew(Row row) {
        String id = row.text(Word.ID);
        Instant exact = row.instant(cursor.word());
        if (exact != null) step(exact.truncatedTo(precision));
        boolean known = id != null && ids.contains(id);
        if (known) repeated++;
        else if (id != null && exact != null) ids.add(id);
        return !known;
    }

    private void step(Instant next) {
        if (next.isBefore(position.coveredUntil()) || !next.isBefore(position.to())) outside = true;
        if (at != null && next.isBefore(at)) disordered = true;
        if (at == null || next.isAfter(at)) {
            at = next;
            ids = new LinkedHashSet<>();
        }
    }
}
