package bellwether.crm;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.CrmMapping;
import bellwether.nps.Email;
import bellwether.nps.Fault;
import bellwether.source.Position;
import bellwether.store.Ledger;
import bellwether.store.People;
import bellwether.store.Positions;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the directory: all accounts, then all contacts once, from then on what changed since. Our own writes come back in that as
 * well, are found equal and change nothing; leaving them out by their author would hide a person's edit that came just before.
 */
public final class PeopleReader {
    private static final Duration OVERLAP = Duration.ofMinutes(5);
    private static final DateTimeFormatter OFFSET = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
            .optionalStart()
            .appendPattern(".SSS")
            .optionalEnd()
            .appendPattern("[XXX][XX]")
            .toFormatter();

    private final String connection;
    private final CrmMapping mapping;
    private final Columns columns;
    private final Caller caller;
    private final Ledger ledger;
    private final Positions positions;
    private final Clock clock;

    public PeopleReader(
            String connection,
            CrmMapping mapping,
            Schema schema,
            Caller caller,
            Ledger ledger,
            Positions positions,
            Clock clock) {
        this.connection = connection;
        this.mapping = mapping;
        this.columns = schema.columns();
        this.caller = caller;
        this.ledger = ledger;
        this.positions = positions;
        this.clock = clock;
    }

    /** How a reading ended: how many records were read and differed, and the fault that broke it off, or null. */
    public record Result(long read, long changed, Fault fault) {}

    /** Reads accounts, then contacts, to the end. What was read before a fault stays read. */
    public Result read() {
        long read = 0;
        long changed = 0;
        for (String kind : List.of("account", "contact")) {
            Result result = read(kind);
            read += result.read();
            changed += result.changed();
            if (result.fault() != null) {
                return new Result(read, changed, result.fault());
            }
        }
        if (!ledger.people().isComplete()) {
            ledger.people().complete();
        }
        return new Result(read, changed, null);
    }

    /** A failed query is tried once more if the CRM's fields, asked again, are other ones than they were. */
    private Result read(String kind) {
        for (boolean again = false; ; again = true) {
            Answer.Failed unknown = columns.read(kind);
            if (unknown != null) {
                return new Result(0, 0, unknown.fault());
            }
            List<String> names = columns.of(kind);
            Result result = read(kind, names);
            if (again || !(result.fault() instanceof Fault.Config) || !columns.doubt(kind)) {
                return result;
            }
            if (columns.read(kind) != null || columns.of(kind).equals(names)) {
                return result;
            }
        }
    }

    private Result read(String kind, List<String> names) {
        CrmMapping.Query query = mapping.directory().get(kind);
        Position known = positions.positions(connection).stream()
                .filter(p -> p.scan().equals("people:" + kind))
                .findFirst()
                .orElse(null);
        Instant until = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String asked = String.join(",", names);
        // A field that is read for the first time is in no record that has not changed since: all are read again.
        Instant since = known == null || !asked.equals(known.token())
                ? null
                : known.coveredUntil().minus(OVERLAP);
        Position done =
                new Position(connection, "", "people:" + kind, until, Instant.EPOCH, until, asked, null, null, 0);
        String path = known == null ? "/query" : "/queryAll";
        Request request = Request.read(path, List.of(new Request.Parameter("q", soql(query, asked, since))));
        long read = 0;
        long changed = 0;
        while (request != null) {
            Answer answer = caller.call(request);
            if (answer instanceof Answer.Failed failed) {
                return new Result(read, changed, failed.fault());
            }
            JsonNode page = ((Answer.Ok) answer).json();
            JsonNode records = page == null ? null : page.get("records");
            if (records == null || !records.isArray()) {
                return new Result(read, changed, unusable(query.object()));
            }
            String next = page.path("nextRecordsUrl").asText(null);
            boolean last = page.path("done").asBoolean(next == null) || next == null;
            // The position moves with the last page only: broken off before, everything is read again and found equal.
            List<Position> moved = last ? List.of(done) : List.of();
            changed += accept(kind, query, records, moved);
            read += records.size();
            request = last ? null : Request.read(next, List.of());
        }
        return new Result(read, changed, null);
    }

    private int accept(String kind, CrmMapping.Query query, JsonNode records, List<Position> moved) {
        if (kind.equals("account")) {
            List<People.Account> page = new ArrayList<>();
            records.forEach(r -> page.add(account(query, r)));
            return ledger.people().accounts(page, moved);
        }
        List<People.Contact> page = new ArrayList<>();
        records.forEach(r -> page.add(contact(query, r)));
        return ledger.people().contacts(page, moved);
    }

    private static String soql(CrmMapping.Query query, String columns, Instant since) {
        List<String> conditions = new ArrayList<>();
        if (since != null) {
            conditions.add(query.field("changed") + " >= " + since.truncatedTo(ChronoUnit.SECONDS));
        }
        if (query.where() != null) {
            conditions.add("(" + query.where() + ")");
        }
        return "SELECT " + columns + " FROM " + query.object()
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY " + query.field("changed") + ", " + query.field("id");
    }

    private static People.Account account(CrmMapping.Query query, JsonNode r) {
        String revenue = text(query, r, "revenue");
        return new People.Account(
                text(query, r, "id"),
                text(query, r, "name"),
                text(query, r, "owner"),
                revenue == null
                        ? null
                        : new BigDecimal(revenue).stripTrailingZeros().toPlainString(),
                text(query, r, "zone"),
                truth(query, r, "churned"),
                truth(query, r, "deleted"),
                instant(query, r),
                attributes(query, r));
    }

    private static People.Contact contact(CrmMapping.Query query, JsonNode r) {
        List<String> emails = new ArrayList<>();
        for (String field : query.fields().getOrDefault("emails", List.of())) {
            String email = Email.normalised(r.path(field).asText(null));
            if (email != null && !emails.contains(email)) {
                emails.add(email);
            }
        }
        return new People.Contact(
                text(query, r, "id"),
                text(query, r, "account"),
                text(query, r, "name"),
                text(query, r, "role"),
                emails,
                truth(query, r, "deleted"),
                text(query, r, "merged_into"),
                instant(query, r),
                attributes(query, r));
    }

    private static Map<String, String> attributes(CrmMapping.Query query, JsonNode r) {
        Map<String, String> attributes = new LinkedHashMap<>();
        query.attributes().forEach((name, field) -> {
            JsonNode value = r;
            for (String step : field.split("\\.")) {
                value = value.path(step);
            }
            String text =
                    value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
            attributes.put(name, text.isEmpty() ? null : text);
        });
        return attributes;
    }

    private static String text(CrmMapping.Query query, JsonNode r, String word) {
        String field = query.field(word);
        JsonNode value = field == null ? null : r.get(field);
        return value == null || value.isNull() || value.asText().isBlank() ? null : value.asText();
    }

    private static boolean truth(CrmMapping.Query query, JsonNode r, String word) {
        String field = query.field(word);
        return field != null && r.path(field).asBoolean(false);
    }

    /** Salesforce writes {@code 2026-05-04T23:20:11.000+0000}. */
    private static Instant instant(CrmMapping.Query query, JsonNode r) {
        String text = text(query, r, "changed");
        return text == null ? null : OffsetDateTime.parse(text, OFFSET).toInstant();
    }

    /** To the second; null if it is none. */
    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text, OFFSET).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Fault unusable(String object) {
        return new Fault.Transient(
                "people",
                "UNUSABLE_ANSWER",
                "The answer to a query of " + object + " holds no records.",
                "It is asked again; if it goes on, look at what stands between Bellwether and the CRM.",
                null);
    }
}
