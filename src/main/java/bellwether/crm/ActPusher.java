package bellwether.crm;

import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Request;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.CrmMapping.Idempotency;
import bellwether.mapping.CrmSettings;
import bellwether.store.Acts;
import bellwether.store.Acts.Outcome;
import bellwether.store.Acts.Owed;
import bellwether.store.Targets;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does in one CRM what is to be done once. An upsert by key is repeated until it is answered. An insert that was not answered is
 * looked for by our mark before it is sent again, or, where there is no mark, waits for a person.
 */
public final class ActPusher {
    private static final Logger LOG = LoggerFactory.getLogger(ActPusher.class);
    private static final String KIND = "signal";
    /** As many marks as fit into the address of a query. */
    private static final int MOST_MARKS = 50;

    private final CrmSettings settings;
    private final CrmMapping.Kind kind;
    private final Acts acts;
    private final Schema schema;
    private final Door door;
    private final Caller caller;
    private final Writing writing;
    private final Duration maxAge;
    private final Clock clock;
    private final String claimant;

    /**
     * @param maxAge what happened longer ago and was never tried is not done any more
     * @param claimant names this process among those that share the store
     */
    public ActPusher(
            CrmSettings settings,
            CrmMapping mapping,
            Acts acts,
            Schema schema,
            Door door,
            Caller caller,
            Duration maxAge,
            Clock clock,
            String claimant) {
        this.settings = settings;
        this.kind = mapping.push().get(KIND);
        this.acts = acts;
        this.schema = schema;
        this.door = door;
        this.caller = caller;
        this.writing = new Writing(caller);
        this.maxAge = maxAge;
        this.clock = clock;
        this.claimant = claimant;
    }

    /** Claimed acts on their way; {@code lookedFor} if it is asked first whether they are there already. */
    public record Batch(boolean lookedFor, List<Owed> rows, List<Outcome> outcomes) {}

    /** The next batch, or null when nothing is owed now or nothing may be written. */
    public Batch claim() {
        if (kind == null || !door.open() || !schema.writes(KIND)) {
            return null;
        }
        String crm = settings.name();
        acts.abandoned(crm);
        int old = acts.tooOld(crm, clock.instant().minus(maxAge));
        if (old > 0) {
            LOG.warn("{}: {} acts are not done, they are older than max_act_age", crm, old);
        }
        if (kind.idempotency() == Idempotency.SEARCH) {
            List<Owed> unknown = acts.unknown(crm, KIND, MOST_MARKS, Pusher.LEASE, claimant);
            if (!unknown.isEmpty()) {
                return new Batch(true, unknown, new ArrayList<>());
            }
        }
        List<Owed> rows = acts.claim(
                crm,
                KIND,
                new Targets.Only(settings.onlyAccounts()),
                !schema.writes("response"),
                settings.batchSize(),
                settings.linger(),
                Pusher.LEASE,
                settings.timeout().multipliedBy(2),
                claimant);
        LOG.debug("{}: claimed {} {} acts", crm, rows.size(), KIND);
        return rows.isEmpty() ? null : new Batch(false, rows, new ArrayList<>());
    }

    /** Does a batch, or looks for it, and fills in what became of each act. */
    public Batch send(Batch batch) {
        if (batch.lookedFor()) {
            look(batch);
            return batch;
        }
        List<Writing.Result> results =
                writing.write(kind, batch.rows().stream().map(this::payload).toList());
        door.shutFor(results);
        for (int i = 0; i < results.size(); i++) {
            batch.outcomes().add(outcome(batch.rows().get(i), results.get(i)));
        }
        long unknown = count(batch, Outcome.Unknown.class);
        LOG.info(
                "{}: did {} {} acts, {} refused, {} to be repeated, {} unknown",
                settings.name(),
                count(batch, Outcome.Done.class),
                KIND,
                count(batch, Outcome.Rejected.class),
                count(batch, Outcome.Later.class),
                unknown);
        if (unknown > 0 && kind.idempotency() == Idempotency.NONE) {
            LOG.warn(
                    "{}: nobody knows whether {} acts were done. Look in the CRM, then say so: POST /api/v1/acts/<id>/resolve",
                    settings.name(),
                    unknown);
        }
        return batch;
    }

    /** Writes down what became of a batch. */
    public void settle(Batch batch) {
        acts.settle(settings.name(), batch.outcomes());
        LOG.debug("{}: settled {} {} acts", settings.name(), batch.outcomes().size(), KIND);
    }

    private static long count(Batch batch, Class<? extends Outcome> kind) {
        return batch.outcomes().stream().filter(kind::isInstance).count();
    }

    private ObjectNode payload(Owed owed) {
        ObjectNode content = Writing.read(owed.content());
        schema.strip(kind, content);
        ObjectNode payload = Writing.record(kind);
        payload.setAll(content);
        return payload;
    }

    private Outcome outcome(Owed row, Writing.Result result) {
        Instant now = clock.instant();
        if (result instanceof Writing.Result.Taken taken) {
            return new Outcome.Done(row, taken.id());
        }
        if (result instanceof Writing.Result.Unanswered unanswered) {
            // What we no longer wait for may still be under way: it is not looked for before it has had as long again.
            return unanswered.perhaps() && kind.idempotency() != Idempotency.KEY
                    ? new Outcome.Unknown(row, now.plus(settings.timeout()))
                    : new Outcome.Later(row, null);
        }
        RowFault refused = ((Writing.Result.Refused) result).fault();
        Instant again = refused.again(row.attempts(), now);
        return again != null
                ? new Outcome.Later(row, again)
                : new Outcome.Rejected(row, refused.code(), refused.message(), refused.advice());
    }

    /** Asks which marks the CRM holds; acts that it does not are owed again. */
    private void look(Batch batch) {
        Map<String, Owed> byMark = new HashMap<>();
        batch.rows().forEach(row -> byMark.put(mark(row), row));
        String soql = "SELECT Id," + kind.key() + " FROM " + kind.object() + " WHERE " + kind.key() + " IN ("
                + byMark.keySet().stream().map(ActPusher::quoted).collect(Collectors.joining(",")) + ")";
        Answer answer = caller.call(Request.read("/query", List.of(new Request.Parameter("q", soql))));
        JsonNode records =
                answer instanceof Answer.Ok ok && ok.json() != null ? ok.json().get("records") : null;
        if (records == null) {
            if (answer instanceof Answer.Failed failed) {
                door.shut(failed.fault());
            }
            Instant later = clock.instant().plus(settings.timeout());
            batch.rows().forEach(row -> batch.outcomes().add(new Outcome.Unknown(row, later)));
            return;
        }
        for (JsonNode record : records) {
            Owed row = byMark.remove(record.path(kind.key()).asText());
            if (row != null) {
                batch.outcomes().add(new Outcome.Done(row, record.path("Id").asText(null)));
            }
        }
        byMark.values().forEach(row -> batch.outcomes().add(new Outcome.Later(row, null)));
        LOG.info(
                "{}: looked for {} {} acts, {} were there",
                settings.name(),
                batch.rows().size(),
                KIND,
                count(batch, Outcome.Done.class));
    }

    private String mark(Owed row) {
        return Writing.read(row.content()).path(kind.key()).asText();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
