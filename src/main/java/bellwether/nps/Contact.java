package bellwether.nps;

import java.util.List;
import java.util.Objects;

/**
 * A person of the directory.
 *
 * @param id ours
 * @param remoteId the CRM's
 * @param account our id of the account the person belongs to; null if none
 * @param role as the CRM names it; null if not known
 * @param emails all e-mail fields, normalised, the primary one first
 * @param deleted gone from the CRM
 */
public record Contact(
        long id, String remoteId, Long account, String name, String role, List<String> emails, boolean deleted) {
    public Contact {
        emails = emails == null
                ? List.of()
                : emails.stream()
                        .map(Email::normalised)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
    }

    /** Says who without saying anything personal. */
    @Override
    public String toString() {
        return "Contact[" + id + ", " + remoteId + "]";
    }
}
