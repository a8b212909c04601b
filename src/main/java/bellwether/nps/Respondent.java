package bellwether.nps;

import java.time.Instant;
import java.util.Map;

/**
 * A person as a survey tool knows them; all but source and id may be null.
 *
 * @param id the tool's own id of the person
 * @param crmId the person's id in the CRM, where the tool carries it along
 * @param surveyed null where this copy says nothing of it, which leaves what is known
 */
public record Respondent(
        String source,
        String id,
        String email,
        String name,
        String phone,
        String externalId,
        String crmId,
        Map<String, String> properties,
        Instant updatedAt,
        Surveyed surveyed) {
    public Respondent {
        properties = properties == null ? Map.of() : Map.copyOf(properties);
    }

    /** A copy that does not say when the person was asked. */
    public Respondent(
            String source,
            String id,
            String email,
            String name,
            String phone,
            String externalId,
            String crmId,
            Map<String, String> properties,
            Instant updatedAt) {
        this(source, id, email, name, phone, externalId, crmId, properties, updatedAt, null);
    }

    /** The normalised e-mail, or null. */
    public String emailKey() {
        return Email.normalised(email);
    }

    /** Says who without saying anything personal. */
    @Override
    public String toString() {
        return "Respondent[" + source + ":" + id + "]";
    }
}
