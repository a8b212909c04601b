package bellwether.match;

/**
 * What a respondent was matched to.
 *
 * @param contact our key of the one contact, or null
 * @param account our key of the account that the responses count for, or null; present without a contact when two contacts of
 *     one account share the address
 * @param cause why there is no contact, a stable code, or null when matched
 */
public record Match(Status status, Long contact, Long account, String cause) {
    public enum Status {
        /** One contact. */
        MATCHED,
        /** Several contacts; the account is known if they share it. */
        AMBIGUOUS,
        /** Nobody in the directory (yet): in the waiting room, tried again when contacts arrive. */
        WAITING,
        /** A person decided that this respondent is nobody's. */
        IGNORED;

        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public static final String DIRECTORY_NOT_READ = "DIRECTORY_NOT_READ";
    public static final String NO_EMAIL = "NO_EMAIL";
    public static final String UNKNOWN_EMAIL = "UNKNOWN_EMAIL";
    public static final String ONE_EMAIL_TWO_CONTACTS = "ONE_EMAIL_TWO_CONTACTS";
    public static final String ONE_EMAIL_TWO_ACCOUNTS = "ONE_EMAIL_TWO_ACCOUNTS";

    public static Match waiting(String cause) {
        return new Match(Status.WAITING, null, null, cause);
    }
}
