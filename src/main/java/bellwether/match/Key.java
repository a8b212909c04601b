package bellwether.match;

/** The keys a respondent can be matched by; {@code match:} in health.yaml declares their order. */
public enum Key {
    CRM_ID,
    PERSON,
    EMAIL
}
