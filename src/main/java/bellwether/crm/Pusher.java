package bellwether.crm;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.CrmSettings;
import bellwether.nps.Fault;
import bellwether.store.Pauses;
import bellwether.store.Targets;
import bellwether.store.Targets.Outcome;
import bellwether.store.Targets.Owed;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one CRM what it should hold: claims owed rows, sends those that differ from what was acknowledged, and writes down what
 * became of each row. A batch that is not answered is sent again: updates by id and upserts by key may be repeated.
 */
public final class Pusher {
    private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> KINDS = List.of("contact", "account", "response");
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final int MOST_ATTEMPTS = 5;

    private final CrmSettings settings;
    private final CrmMapping mapping;
    private final Targets targets;
    private final Pauses pauses;
    private final Schema schema;
    private final Caller caller;
    private final Clock clock;
    private final String claimant;
    private final Targets.Only only;
    private volatile Instant notBefore = Instant.MIN;
    private volatile Fault fault;

    /** @param claimant names this process among those that share the store */
    public Pusher(
            CrmSettings settings,
            CrmMapping mapping,
            Targets targets,
            Pauses pauses,
            Schema schema,
            Caller caller,
            Clock clock,
            String claimant) {
        this.settings = settings;
        this.mapping = mapping;
        this.targets = targets;
        this.pauses = pauses;
        this.schema = schema;
        this.caller = caller;
        this.clock = clock;
        this.claimant = claimant;
        this.only = new Targets.Only(settings.onlyAccounts());
    }

    /** Claimed rows of one kind on their way. */
    public record Batch(String kind, List<Owed> rows, List<Outcome> outcomes) {}

    /** The next batch to send, or null when nothing is owed now or nothing may be written. */
    public Batch claim() {
        if (settings.push() != CrmSettings.Push.ON
                || clock.instant().isBefore(notBefore)
                || pauses.of(settings.name()).isPresent()) {
            return null;
        }
        if (!schema.known()) {
            Answer failed = schema.read();
            if (failed instanceof Answer.Failed f) {
                stop(f.fault());
                return null;
            }
        }
        for (String kind : KINDS) {
            if (!mapping.push().containsKey(kind) || held(kind)) {
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
        List<Row> rows = new ArrayList<>();
        for (Owed owed : batch.rows()) {
            Row row = row(kind, owed);
            if (row.changes() == 0) {
                batch.outcomes().add(new Outcome.Acknowledged(owed, row.content()));
            } else {
                rows.add(row);
            }
        }
        send(kind, rows, batch.outcomes());
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

    /** Writes down what became of a batch. */
    public void settle(Batch batch) {
        targets.settle(settings.name(), batch.outcomes());
        LOG.debug("{}: settled {} {} rows", settings.name(), batch.outcomes().size(), batch.kind());
    }

    /** The fault that keeps this CRM from being told, or null. */
    public Fault fault() {
        return clock.instant().isBefore(notBefore) ? fault : null;
    }

    private boolean held(String kind) {
        long changes = targets.changes(settings.name(), kind, only);
        if (changes < settings.maxChange().atLeast()) {
            return false;
        }
        long all = targets.size(settings.name(), kind, only);
        if (changes * 100 <= all * settings.maxChange().percent()) {
            return false;
        }
        int rows = targets.hold(settings.name(), kind, only);
        LOG.warn(
                "{}: {} of {} {} rows would change by new data or rules, more than max_change allows; they are held. Look at"
                        + " `bellwether check`, then run `bellwether push {} --approve`",
                settings.name(),
                rows,
                all,
                kind,
                settings.name());
        return true;
    }

    private record Row(Owed owed, ObjectNode payload, String content, int changes) {}

    /** Updates carry what differs from the acknowledged content; upserts carry everything, as they may have to create. */
    private Row row(CrmMapping.Kind kind, Owed owed) {
        ObjectNode wanted = read(owed.wanted());
        wanted.remove(schema.missing(kind.object()));
        JsonNode acked = owed.acked() == null ? null : read(owed.acked());
        ObjectNode payload = JSON.createObjectNode();
        payload.putObject("attributes").put("type", kind.object());
        boolean update = kind.verb() == CrmMapping.Verb.UPDATE;
        if (update) {
            payload.put("id", owed.remoteId());
        }
        int changes = 0;
        for (var field : wanted.properties()) {
            boolean differs = acked == null || !field.getValue().equals(acked.get(field.getKey()));
            changes += differs ? 1 : 0;
            if (differs || !update) {
                payload.set(field.getKey(), field.getValue());
            }
        }
        var synced = kind.fields().get(Composer.LAST_SYNCED);
        if (synced != null && !schema.missing(kind.object()).contains(synced.field())) {
            payload.put(synced.field(), clock.instant().toString());
        }
        return new Row(owed, payload, write(wanted), changes);
    }

    private void send(CrmMapping.Kind kind, List<Row> rows, List<Outcome> outcomes) {
        if (rows.isEmpty()) {
            return;
        }
        Answer answer = caller.call(request(kind, rows));
        if (answer instanceof Answer.Ok ok
                && ok.json() != null
                && ok.json().isArray()
                && ok.json().size() == rows.size()) {
            for (int i = 0; i < rows.size(); i++) {
                outcomes.add(outcome(kind, rows.get(i), ok.json().get(i)));
            }
            return;
        }
        Fault failure = answer instanceof Answer.Failed f ? f.fault() : strange(kind);
        if (failure instanceof Fault.Record || failure instanceof Fault.Bug) {
            if (rows.size() == 1) {
                outcomes.add(
                        new Outcome.Rejected(rows.get(0).owed(), failure.code(), failure.message(), failure.advice()));
            } else {
                send(kind, rows.subList(0, rows.size() / 2), outcomes);
                send(kind, rows.subList(rows.size() / 2, rows.size()), outcomes);
            }
            return;
        }
        stop(failure);
        rows.forEach(row -> outcomes.add(new Outcome.Later(row.owed(), null)));
    }

    private void stop(Fault failure) {
        fault = failure;
        if (failure instanceof Fault.Config) {
            pauses.pause(settings.name(), failure.code(), failure.message() + " " + failure.advice());
            LOG.warn("{}: paused, {}: {} {}", settings.name(), failure.code(), failure.message(), failure.advice());
            return;
        }
        Instant until = failure instanceof Fault.Transient t && t.notBefore() != null
                ? t.notBefore()
                : clock.instant().plusSeconds(30);
        notBefore = until;
        LOG.warn(
                "{}: waiting until {}, {}: {} {}",
                settings.name(),
                until,
                failure.code(),
                failure.message(),
                failure.advice());
    }

    private static Fault strange(CrmMapping.Kind kind) {
        return new Fault.Transient(
                "push",
                "UNUSABLE_ANSWER",
                "The answer to a write of " + kind.object() + " did not name every row.",
                "It is repeated; if it goes on, look at what stands between Bellwether and the CRM.",
                null);
    }

    private Outcome outcome(CrmMapping.Kind kind, Row row, JsonNode result) {
        if (result.path("success").asBoolean(false)) {
            return new Outcome.Acknowledged(row.owed(), row.content());
        }
        RowFault refused = RowFault.of(kind.object(), result);
        if (refused.passing() && row.owed().attempts() < MOST_ATTEMPTS) {
            long wait = Math.min(300, 5L << row.owed().attempts());
            return new Outcome.Later(row.owed(), clock.instant().plusSeconds(wait));
        }
        return new Outcome.Rejected(row.owed(), refused.code(), refused.message(), refused.advice());
    }

    private static Request request(CrmMapping.Kind kind, List<Row> rows) {
        ObjectNode body = JSON.createObjectNode();
        body.put("allOrNone", false);
        ArrayNode records = body.putArray("records");
        rows.forEach(row -> records.add(row.payload()));
        String path = kind.verb() == CrmMapping.Verb.UPDATE
                ? "/composite/sobjects"
                : "/composite/sobjects/" + kind.object() + "/" + kind.key();
        try {
            return new Request("PATCH", path, List.of(), Map.of(), "application/json", JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The store holds a broken target", e);
        }
    }

    private static String write(ObjectNode content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
