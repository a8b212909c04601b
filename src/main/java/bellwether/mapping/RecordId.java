package bellwether.mapping;

/** Ids of Salesforce records: 15 characters whose case counts, and three more that keep it where case is lost. */
final class RecordId {
    private static final String SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    private RecordId() {}

    /** True for 15 or 18 letters and digits. */
    static boolean shaped(String text) {
        return text.matches("[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?");
    }

    /** The id in 18 characters; null if the text is none, or its last three do not fit the others. */
    static String of(String text) {
        if (!shaped(text)) return null;
        StringBuilder id = new StringBuilder(text.substring(0, 15));
        for (int from = 0; from < 15; from += 5) {
            int capitals = 0;
            for (int i = 0; i < 5; i++) if (Character.isUpperCase(text.charAt(from + i))) capitals |= 1 << i;
            id.append(SUFFIX.charAt(capitals));
        }
        return text.length() == 15 || id.toString().equals(text) ? id.toString() : null;
    }
}
