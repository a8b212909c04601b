package bellwether.admin;

import bellwether.store.ActList;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What is done once: what is owed, what was done, and a person's word on what nobody else can know. */
public final class ActsResource {
    private static final List<String> STATUSES = List.of("owed", "sending", "unknown", "rejected", "done", "old");

    /**
     * One act.
     *
     * @param idempotency how a repeat is recognised: {@code key}, {@code search} or {@code none}
     * @param waitsFor the kind of row that the CRM must hold first, or null
     * @param content in the CRM's field names; only where one act is asked for
     */
    public record Act(
            long id,
            String connection,
            String key,
            String kind,
            String rule,
            String contact,
            String account,
            String status,
            String idempotency,
            Instant occurredAt,
            Instant createdAt,
            Instant doneAt,
            Instant notBefore,
            int attempts,
            String remoteId,
            String waitsFor,
            JsonNode content) {}

    /** @param counts how many acts there are of each status, whatever is asked for */
    public record Acts(Map<String, Long> counts, List<Act> items, String next) {}

    private final Parts parts;
    private final ActList acts;

    public ActsResource(Parts parts) {
        this.parts = parts;
        this.acts = new ActList(parts.store());
    }

    /** The newest first, the owed ones unless told. */
    public Acts list(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        String status = ask.value("status", text -> oneOf(text, STATUSES), "owed");
        String connection = ask.text("connection");
        Long before = ask.number("before");
        int limit = ask.limit();
        ask.done();
        Page<Act> page = Page.of(
                ask,
                acts.list(status, connection, before, limit + 1),
                limit,
                "before",
                ActList.Row::id,
                row -> act(row, null));
        return new Acts(acts.counts(), page.items(), page.next());
    }

    /** One act with its content. */
    public Act one(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        ask.done();
        return found(ask);
    }

    /** A person says whether an unknown act is in the CRM ({@code done}), or is not and is to be sent again ({@code owed}). */
    public Act resolve(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        String as = ask.value("as", text -> oneOf(text, List.of("done", "owed")), null);
        if (as == null && ask.text("as") == null) {
            ask.refuse("as", "It is needed: done if it is in the CRM, owed if it is not and is to be sent again.");
        }
        ask.done();
        Act act = found(ask);
        if (!parts.acts().resolve(act.id(), as.equals("done"), "rest")) {
            throw Problem.conflict(
                    "ACT_NOT_UNKNOWN",
                    "Act " + act.id() + " is " + act.status() + ": what became of it is known.",
                    "Nothing is to be done; a rejected one is replayed by its dead letter.");
        }
        return found(ask);
    }

    private Act found(Ask ask) {
        String id = ask.path("id");
        return (id.matches("\\d{1,18}") ? acts.act(Long.parseLong(id)) : java.util.Optional.<ActList.Row>empty())
                .map(row -> act(row, Json.tree(row.content())))
                .orElseThrow(() -> Problem.notFound(
                        "ACT_NOT_FOUND", "There is no act " + id + ".", "GET /api/v1/acts lists them."));
    }

    private Act act(ActList.Row row, JsonNode content) {
        return new Act(
                row.id(),
                row.crm(),
                row.key(),
                row.kind(),
                row.rule(),
                row.contact() == null ? null : parts.account(row.contact()),
                row.account() == null ? null : parts.account(row.account()),
                row.status(),
                row.idempotency(),
                row.occurredAt(),
                row.createdAt(),
                row.doneAt(),
                row.notBefore(),
                row.attempts(),
                row.remoteId(),
                row.waitsFor(),
                content);
    }

    private static String oneOf(String text, List<String> words) {
        if (!words.contains(text)) {
            throw new IllegalArgumentException("It must be one of " + String.join(", ", words) + ".");
        }
        return text;
    }
}
