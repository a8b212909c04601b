package bellwether.match;

/**
 * The keys of one respondent.
 *
 * @param respondent our key
 * @param crmId the CRM's contact id carried along by the tool, or null
 * @param email normalised, or null
 * @param ignored whether a person decided to ignore this respondent
 */
public record Person(long respondent, String crmId, String email, boolean ignored) {}
