package bellwether.crm;

import bellwether.http.Caller;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.CrmSettings;
import bellwether.nps.Fault;
import bellwether.store.Targets;
import bellwether.store.Targets.Outcome;
import bellwether.store.Targets.Owed;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one CRM what it should hold: claims owed rows, sends those that differ from what was acknowledged, and writes down what
 * became of each row. A batch that is not answered is sent again: updates by id and upserts by key may be repeated.
 */
public final class Pusher {
    private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);
    private static final List<String> KINDS = List.of("contact", "account", "response");
    static final Duration LEASE = Duration.ofMinutes(10);

    private final CrmSettings settings;
    private final CrmMapping mapping;
    private final Targets targets;
    private final Schema schema;
    private final Door door;
    private final Caller caller;
    private final Writing writing;
    private final Clock clock;
    private final String claimant;
    private final Targets.Only only;

    /** @param claimant names this process among those that share the store */
    public Pusher(
            CrmSettings settings,
            CrmMapping mapping,
            Targets targets,
            Schema schema,
            Door door,
            Caller caller,
            Clock clock,
            String claimant) {
        this.settings = settings;
        this.mapping = mapping;
        this.targets = targets;
        this.schema = schema;
        this.door = door;
        this.caller = caller;
        this.writing = new Writing(caller);
        this.clock = clock;
        this.claimant = claimant;
        this.only = new Targets.Only(settings.onlyAccounts());
    }

    /** Claimed rows of one kind on their way. */
    public record Batch(String kind, List<Owed> rows, List<Outcome> outcomes) {}

    /** The next batch to send, or null when nothing is owed now or nothing may be written. */
    public Batch claim() {
        if (!door.open()) {
            return null;
        }
        for (String kind : KINDS) {
            if (!schema.writes(kind) || held(kind)) {
                continue;
            }
            List<Owed> rows = targets.claim(
                    settings.name(), kind, only, settings.batchSize(), settings.linger(), LEASE, claimant);
            if (!rows.isEmpty()) {
                LOG.debug("{}: claimed {} {} rows", settings.name(), rows.size(), kind);
                return new Batch(kind, rows, new ArrayList<>());
            }
        }
        return null;
    }

    /** Sends a batch and fills in what became of each row. */
    public Batch send(Batch batch) {
        long start = clock.millis();
        CrmMapping.Kind kind = mapping.push().get(batch.kind());
        Set<String> asked = fields(kind, Composer.ASKED);
        List<Row> rows = new ArrayList<>();
        for (Owed owed : batch.rows()) {
            Row row = row(kind, asked, owed);
            if (row.changes() == 0) {
                batch.outcomes().add(new Outcome.Acknowledged(owed, row.content()));
            } else {
                rows.add(row);
            }
        }
        recall(kind, rows, batch);
        List<Writing.Result> results =
                writing.write(kind, rows.stream().map(Row::payload).toList());
        door.shutFor(results);
        for (int i = 0; i < rows.size(); i++) {
            batch.outcomes().add(outcome(rows.get(i), results.get(i)));
        }
        long refused = batch.outcomes().stream()
                .filter(Outcome.Rejected.class::isInstance)
                .count();
        long later = batch.outcomes().stream()
                .filter(Outcome.Later.class::isInstance)
                .count();
        LOG.info(
                "{}: pushed {} {} rows, {} unchanged, {} refused, {} to be repeated, in {} ms",
                settings.name(),
                rows.size() - refused - later,
                batch.kind(),
                batch.rows().size() - rows.size(),
                refused,
                later,
                clock.millis() - start);
        return batch;
    }

    /** Takes out of the rows that only empty fields what a person has changed there; those of which nothing can be learnt now wait. */
    private void recall(CrmMapping.Kind kind, List<Row> rows, Batch batch) {
        Map<String, Row> emptied = new LinkedHashMap<>();
        Set<String> fields = new TreeSet<>();
        for (Row row : rows) {
            if (row.empties()) {
                emptied.put(row.owed().remoteId(), row);
                row.payload().properties().stream()
                        .filter(field -> field.getValue().isNull())
                        .forEach(field -> fields.add(field.getKey()));
            }
        }
        Recall recall = Recall.of(caller, kind, emptied.keySet(), fields);
        if (recall.fault() != null) {
            door.shut(recall.fault());
            rows.removeAll(emptied.values());
            emptied.values().forEach(row -> batch.outcomes().add(new Outcome.Later(row.owed(), null)));
            return;
        }
        int left = 0;
        for (Row row : emptied.values()) {
            int theirs = recall.leave(
                    row.owed().remoteId(),
                    row.payload(),
                    Writing.read(row.owed().acked()));
            left += theirs;
            if (theirs == row.changes()) {
                rows.remove(row);
                batch.outcomes().add(new Outcome.Acknowledged(row.owed(), row.content()));
            }
        }
        if (left > 0) {
            LOG.info(
                    "{}: {} fields of {} rows were changed by a person and are left as they are",
                    settings.name(),
                    left,
                    batch.kind());
        }
    }

    /** Writes down what became of a batch. */
    public void settle(Batch batch) {
        targets.settle(settings.name(), batch.outcomes());
        LOG.debug("{}: settled {} {} rows", settings.name(), batch.outcomes().size(), batch.kind());
    }

    /** The fault that keeps this CRM from being told, or null. */
    public Fault fault() {
        return door.fault();
    }

    private boolean held(String kind) {
        if (!tooMany(kind)) {
            return false;
        }
        targets.approve(settings.name(), kind, only, owed -> slight(kind, owed));
        if (!tooMany(kind)) {
            return false;
        }
        int rows = targets.hold(settings.name(), kind, only);
        LOG.warn(
                "{}: {} of {} {} rows would change by new data or rules, more than max_change allows; they are held. Look at"
                        + " `bellwether check`, then run `bellwether push {} --approve`",
                settings.name(),
                rows,
                targets.size(settings.name(), kind, only),
                kind,
                settings.name());
        return true;
    }

    private boolean tooMany(String kind) {
        long changes = targets.changes(settings.name(), kind, only);
        return changes >= settings.maxChange().atLeast()
                && changes * 100
                        > targets.size(settings.name(), kind, only)
                                * settings.maxChange().percent();
    }

    /** One send asks most people, so that their dates change together: nobody need look at that, nor at what changes nothing. */
    private boolean slight(String kind, Owed owed) {
        CrmMapping.Kind declared = mapping.push().get(kind);
        Set<String> asked = fields(declared, Set.of(Composer.LAST_SURVEYED));
        ObjectNode wanted = Writing.read(owed.wanted());
        schema.strip(declared, wanted);
        JsonNode acked = Writing.read(owed.acked());
        return wanted.properties().stream()
                .filter(field -> !asked.contains(field.getKey()))
                .noneMatch(field -> differs(field, acked));
    }

    /** The CRM's fields for these of our words. */
    private static Set<String> fields(CrmMapping.Kind kind, Set<String> words) {
        return words.stream()
                .map(kind.fields()::get)
                .filter(Objects::nonNull)
                .map(CrmMapping.Column::field)
                .collect(Collectors.toSet());
    }

    /** A field that is new to the mapping and has no value is none to write, lest each record be written for it. */
    private static boolean differs(Map.Entry<String, JsonNode> wanted, JsonNode acked) {
        JsonNode held = acked.get(wanted.getKey());
        return held == null ? !wanted.getValue().isNull() : !wanted.getValue().equals(held);
    }

    private record Row(Owed owed, ObjectNode payload, String content, int changes, boolean empties) {}

    /** Updates carry what differs from the acknowledged content; upserts carry everything, as they may have to create. */
    private Row row(CrmMapping.Kind kind, Set<String> asked, Owed owed) {
        ObjectNode wanted = Writing.read(owed.wanted());
        schema.strip(kind, wanted);
        JsonNode acked = owed.acked() == null ? MissingNode.getInstance() : Writing.read(owed.acked());
        boolean whole = whole(owed, acked, wanted, asked);
        ObjectNode payload = Writing.record(kind);
        boolean update = kind.verb() == CrmMapping.Verb.UPDATE;
        if (update) {
            payload.put("id", owed.remoteId());
        }
        int changes = 0;
        for (var field : wanted.properties()) {
            boolean differs = whole || differs(field, acked);
            changes += differs ? 1 : 0;
            if (differs || !update) {
                payload.set(field.getKey(), field.getValue());
            }
        }
        var synced = kind.fields().get(Composer.LAST_SYNCED);
        if (synced != null && !schema.missing(kind.object()).contains(synced.field())) {
            payload.put(synced.field(), clock.instant().toString());
        }
        return new Row(owed, payload, Writing.text(wanted), changes, update && Recall.of(acked, wanted, asked));
    }

    /**
     * Whether all fields are written, those without a value too: the first time that anything is said of a record. Of a contact that was
     * asked and never answered nothing is said but that: somebody else may keep something in the other fields.
     */
    private static boolean whole(Owed owed, JsonNode acked, ObjectNode wanted, Set<String> asked) {
        return owed.kind().equals("contact")
                ? Recall.known(wanted, asked) && !Recall.known(acked, asked)
                : acked.isMissingNode();
    }

    private Outcome outcome(Row row, Writing.Result result) {
        if (result instanceof Writing.Result.Taken) {
            return new Outcome.Acknowledged(row.owed(), row.content());
        }
        if (result instanceof Writing.Result.Unanswered) {
            return new Outcome.Later(row.owed(), null);
        }
        RowFault refused = ((Writing.Result.Refused) result).fault();
        Instant again = refused.again(row.owed().attempts(), clock.instant());
        return again != null
                ? new Outcome.Later(row.owed(), again)
                : new Outcome.Rejected(row.owed(), refused.code(), refused.message(), refused.advice());
    }
}
