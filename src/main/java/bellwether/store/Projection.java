package bellwether.store;

import java.time.Instant;

/** What one CRM wants to hold of one response, and to be told of one event; the mapping to its own fields is the CRM's business. */
public interface Projection {
    /** The CRM connection's name. */
    String crm();

    /** The wanted content as a JSON object in the CRM's field names, or null if it is told of no responses; equal facts give equal text. */
    String response(Facts facts);

    /** What this CRM is to be told once of an event, or null if it is told of no events. */
    Act signal(Event event);

    /**
     * Something to be done once.
     *
     * @param content a JSON object in the CRM's field names
     * @param idempotency how a repeat is recognised: {@code key}, {@code search} or {@code none}
     */
    record Act(String content, String idempotency) {}

    /**
     * All that a CRM may be told of one event.
     *
     * @param key unique in this installation
     * @param contact the contact's id in the directory, or null
     * @param account the account's id in the directory, or null
     * @param response the external id of the response that caused it, or null
     */
    record Event(
            String key,
            String rule,
            String kind,
            String value,
            String reason,
            String contact,
            String account,
            String response,
            Instant at) {}

    /**
     * All that a CRM may be told of one response.
     *
     * @param key {@code source:id}, unique in this installation
     * @param contact the contact's id in the directory, or null
     * @param account the account's id in the directory, or null
     * @param metric NPS, CSAT, CES, OTHER, or null for an undeclared survey
     * @param counted whether it is part of an NPS figure
     */
    record Facts(
            String key,
            String contact,
            String account,
            String source,
            String survey,
            String metric,
            Integer score,
            String comment,
            Instant answeredAt,
            boolean counted,
            boolean backfilled,
            boolean deleted) {}
}
