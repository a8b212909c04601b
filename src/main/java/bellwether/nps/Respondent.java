package bellwether.nps;

import java.time.Instant;
import java.util.Map;

/**
 * A person as a survey tool knows them; all but source and id may be null.
 *
 * @param id the tool's own id of the person
 * @param crmId the person's id in the CRM, where the tool carries it along
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
        Instant updatedAt) {
    public Respondent {
        properties = properties == null ? Map.of() : Map.copyOf(properties);
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
