package bellwether.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Text for a terminal of 80 columns. */
public final class Paragraph {
    /** Columns of a terminal. */
    public static final int WIDTH = 80;

    private Paragraph() {}

    /** Prints a text that ends its lines within the terminal; what is more than one line is indented below the first. */
    public static void print(PrintWriter to, String indent, String text) {
        wrap(text, indent, indent + "  ").forEach(to::println);
    }

    /**
     * Breaks at blanks, but not inside backticks, so that a command can be copied; the first line begins with {@code first}, those after
     * it with {@code rest}.
     */
    public static List<String> wrap(String text, String first, String rest) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (int at = 0, end; at == 0 || at < text.length(); at = end + 1) {
            end = end(text, at);
            String word = text.substring(at, end);
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(rest);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }

    /** Where the word that begins there ends: before a blank that does not stand between two backticks. */
    private static int end(String text, int begin) {
        int end = begin;
        while (end < text.length() && text.charAt(end) != ' ') {
            int closing = text.charAt(end) == '`' ? text.indexOf('`', end + 1) : -1;
            end = Math.max(end, closing) + 1;
        }
        return end;
    }
}
