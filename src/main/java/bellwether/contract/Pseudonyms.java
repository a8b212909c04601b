package bellwether.contract;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Replacements for texts: the same one for the same text, another for any other, and each of the shape of what it stands for. They are
 * drawn by chance, so that nothing leads back from them.
 */
final class Pseudonyms {
    private static final String EMAIL = "[^\\s@;,<>\"]+@[^\\s@;,<>\"]+";
    private static final Pattern EMAILS = Pattern.compile("\\s*" + EMAIL + "(?:\\s*[;,]\\s*" + EMAIL + ")*[;,]?\\s*");
    private static final Pattern IP4 = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final Pattern IP6 = Pattern.compile("(?i)(?=.*::|(?:[0-9a-f]+:){7})[0-9a-f:.]{2,45}");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:., +Z-]{0,40})?");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9 ()/.-]{7,}");
    private static final String OTHER_LETTERS = "äéîöùçñßøåþżđæœąęłńśźı";
    private static final int TRIES = 200;
    private static final int LONGEST = 1_000;

    private final RandomGenerator random = new SecureRandom();
    private final Predicate<String> meaning;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> known = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** @param meaning texts that already stand for something: no replacement is one of them */
    Pseudonyms(Predicate<String> meaning) {
        this.meaning = meaning;
    }

    String of(String text) {
        if (EMAILS.matcher(text).matches()) return emails(text);
        String replacement = known.get(text);
        if (replacement == null) {
            replacement = made(text);
            known.put(text, replacement);
        }
        return replacement;
    }

    /** Addresses are people: capitals do not tell them apart. */
    private String emails(String text) {
        StringJoiner all = new StringJoiner(";");
        for (String one : text.split("[;,]")) {
            if (one.isBlank()) continue;
            String address = Vocabulary.low(one.strip());
            all.add(known.computeIfAbsent(address, mail -> numbered("person", "@example.test")));
        }
        return all.toString();
    }

    private String made(String text) {
        if (IP4.matcher(text).matches()) return numbered("192.0.2.", "");
        if (IP6.matcher(text).matches()) return numbered("2001:db8::", "");
        if (text.matches("(?i)[a-z][a-z0-9+.-]*://.*")) return numbered("https://example.test/", "");
        if (DAY.matcher(text).matches())
            return "2020-01-01" + text.substring(10).replaceAll("[0-9]", "0");
        boolean phone =
                PHONE.matcher(text).matches() && text.replaceAll("[^0-9]", "").length() > 6;
        if (phone && !text.matches("-?[0-9.]+")) return numbered("+1 555 0100 ", "");
        // shorter where a novel would fill the contract, longer where nothing of that shape is left
        String most =
                text.substring(0, text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length()))));
        for (String shape = most; ; shape += most) {
            for (int i = 0; i < TRIES; i++) {
                String drawn = drawn(shape);
                if (!meaning.test(drawn) && taken.add(drawn)) return drawn;
            }
        }
    }

    private String numbered(String before, String behind) {
        return before + counts.merge(before, 1, Integer::sum) + behind;
    }

    /** Letter for letter and digit for digit; no braces or dollar signs, which would mean something in a contract. */
    private String drawn(String text) {
        StringBuilder drawn = new StringBuilder(text.length());
        int before = ' ';
        for (int c : text.codePoints().toArray()) {
            boolean leading = before < '0' || before > '9';
            drawn.appendCodePoint(c < '0' || c > '9' ? drawn(c) : leading ? leading(c) : '0' + random.nextInt(10));
            before = c;
        }
        return drawn.toString();
    }

    /** A letter or digit of any script. */
    static boolean speaks(int c) {
        return Character.isAlphabetic(c) || Character.isLetterOrDigit(c);
    }

    /** A number stays one: no zero is put before it. */
    private int leading(int digit) {
        return digit == '0' ? '0' : '1' + random.nextInt(9);
    }

    private int drawn(int c) {
        if (c >= 'a' && c <= 'z') return 'a' + random.nextInt(26);
        if (c >= 'A' && c <= 'Z') return 'A' + random.nextInt(26);
        if (speaks(c)) return OTHER_LETTERS.charAt(random.nextInt(OTHER_LETTERS.length()));
        return c == '$' || c == '{' || c == '}' || Character.isISOControl(c) && c != '\n' && c != '\t' ? '.' : c;
    }
}
