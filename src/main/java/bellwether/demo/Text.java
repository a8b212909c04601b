package bellwether.demo;

import java.util.Locale;

/** Small pieces of text for a terminal of 80 columns. */
final class Text {
    static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String count(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** Ana María Ruiz as A. M. R.: enough to tell people of one account apart on a screen that others see. */
    static String masked(String name) {
        if (name == null || name.isBlank()) {
            return "somebody";
        }
        StringBuilder initials = new StringBuilder();
        for (String part : name.strip().split("\\s+")) {
            initials.append(initials.length() == 0 ? "" : " ")
                    .appendCodePoint(part.codePointAt(0))
                    .append('.');
        }
        return initials.toString();
    }

    private Text() {}
}
