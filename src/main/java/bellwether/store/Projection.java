package bellwether.store;

import java.time.Instant;

/** What one CRM wants to hold of one response; the mapping to its own fields is the CRM's business. */
public interface Projection {
    /** The CRM connection's name. */
    String crm();

    /** The wanted content as a JSON object in the CRM's field names; equal facts give equal text. */
    String response(Facts facts);

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
