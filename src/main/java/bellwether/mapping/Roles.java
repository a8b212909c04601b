package bellwether.mapping;

import java.util.List;
import java.util.Locale;

/**
 * What the roles of contacts, as the CRM spells them, mean: the titles of each role, compared ignoring case.
 *
 * @param sponsor titles of executive sponsors
 * @param keyContact titles of key contacts
 * @param user titles of those who work with the product
 */
public record Roles(List<String> sponsor, List<String> keyContact, List<String> user) {
    /** What a contact is to the relationship. */
    public enum Role {
        SPONSOR,
        KEY_CONTACT,
        USER;

        /** As written in a file, such as {@code key_contact}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** As in a sentence, such as "key contact". */
        public String text() {
            return word().replace('_', ' ');
        }
    }

    public Roles {
        sponsor = titles(sponsor, "sponsor", "executive sponsor");
        keyContact = titles(keyContact, "key contact");
        user = titles(user, "user", "end user", "administrator");
    }

    /** The role behind a title, or null if it is none of these. */
    public Role of(String title) {
        if (title == null) {
            return null;
        }
        String plain = plain(title);
        return sponsor.contains(plain)
                ? Role.SPONSOR
                : keyContact.contains(plain) ? Role.KEY_CONTACT : user.contains(plain) ? Role.USER : null;
    }

    static String plain(String title) {
        return title.strip().toLowerCase(Locale.ROOT);
    }

    private static List<String> titles(List<String> given, String... usual) {
        return given == null ? List.of(usual) : given.stream().map(Roles::plain).toList();
    }
}
