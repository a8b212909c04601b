package bellwether.simulator;

import java.util.Optional;
import java.util.regex.Pattern;

/** Salesforce record ids: 15 case-sensitive characters, and the three that make 18 safe where case is lost. */
public final class SalesforceId {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final Pattern SHAPE = Pattern.compile("[0-9A-Za-z]{15}([A-Z0-5]{3})?");

    private SalesforceId() {}

    /** The 18-character id of the {@code number}-th record of the object whose ids begin with {@code prefix} (three characters). */
    public static String of(String prefix, long number) {
        char[] tail = new char[8];
        long rest = number;
        for (int i = tail.length - 1; i >= 0; i--) {
            tail[i] = DIGITS.charAt((int) (rest % 62));
            rest /= 62;
        }
        return full(prefix + "5g00" + new String(tail));
    }

    /** The 18-character form of a 15- or 18-character id; empty when the text is not an id or its check characters are wrong. */
    public static Optional<String> normal(String text) {
        if (text == null || !SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        String id = full(text.substring(0, 15));
        return text.length() == 15 || id.equals(text) ? Optional.of(id) : Optional.empty();
    }

    /** The number an id of this class was made from. */
    static long number(String id) {
        long number = 0;
        for (int i = 7; i < 15; i++) {
            number = number * 62 + DIGITS.indexOf(id.charAt(i));
        }
        return number;
    }

    private static String full(String fifteen) {
        StringBuilder id = new StringBuilder(fifteen);
        for (int block = 0; block < 15; block += 5) {
            int capitals = 0;
            for (int i = 0; i < 5; i++) {
                if (Character.isUpperCase(fifteen.charAt(block + i))) {
                    capitals |= 1 << i;
                }
            }
            id.append(CHECK.charAt(capitals));
        }
        return id.toString();
    }
}
