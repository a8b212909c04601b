package bellwether.nps;

import java.util.Locale;

/** E-mail addresses as a key to people. */
public final class Email {
    private Email() {}

    /** Trimmed and in lower case; plus-tags and dots are kept, as they may tell two mailboxes apart. Null for null and blank. */
    public static String normalised(String raw) {
        return raw == null || raw.isBlank() ? null : raw.strip().toLowerCase(Locale.ROOT);
    }
}
