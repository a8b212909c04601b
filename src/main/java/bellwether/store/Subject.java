package bellwether.store;

import bellwether.nps.Surveyed;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What is refreshed together: one account with the responses that count for it now, or one contact that has no account.
 *
 * @param account our key, or null for a contact without account
 * @param remoteId the account's id in the directory, or null
 * @param zone the account's own IANA zone, or null for the installation's
 * @param attributes of the account, as the directory has them now
 * @param refreshedAt when its state was last computed; null if never
 * @param said the account's signals as they were then, by name
 * @param dataSince the earliest instant from which any connection has data; null if none began yet
 * @param answers all current responses, deleted ones included
 * @param contacts those that answered or that a CRM was told something about
 */
public record Subject(
        Long account,
        String remoteId,
        String zone,
        boolean churned,
        Map<String, String> attributes,
        Instant refreshedAt,
        Map<String, Said> said,
        Instant dataSince,
        List<Answer> answers,
        List<Contact> contacts) {
    /** The same without some of its answers. */
    public Subject without(Collection<Answer> some) {
        return some.isEmpty()
                ? this
                : new Subject(
                        account,
                        remoteId,
                        zone,
                        churned,
                        attributes,
                        refreshedAt,
                        said,
                        dataSince,
                        answers.stream().filter(a -> !some.contains(a)).toList(),
                        contacts);
    }

    /**
     * One current response.
     *
     * @param partial true if its tool says that it is not completed
     * @param duplicate true if it did not count as a suspected duplicate when last looked at
     * @param awaited the same of one that is not completed
     */
    public record Answer(
            long id,
            String source,
            String key,
            String survey,
            String metric,
            boolean declared,
            Long contact,
            long respondent,
            String email,
            String role,
            Integer score,
            String comment,
            Instant answeredAt,
            boolean dateOnly,
            Instant updatedAt,
            boolean excluded,
            boolean partial,
            boolean deleted,
            boolean duplicate,
            boolean awaited) {}

    /** The value of a signal and since when it has been so. */
    public record Said(String value, Instant since) {}

    /** One contact; {@code surveyed} is what all tools together say of it. */
    public record Contact(long id, String remoteId, String role, Surveyed surveyed) {}
}
