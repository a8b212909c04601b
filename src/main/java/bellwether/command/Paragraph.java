package bellwether.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text for a terminal of 80 columns. */
public final class Paragraph {
    /** Columns of a terminal. */
    public static final int WIDTH = 80;

    /** A blank with an even number of backticks behind it. */
    private static final Pattern BLANK = Pattern.compile(" (?=[^`]*(`[^`]*`[^`]*)*$)");

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
        for (String word : BLANK.split(text)) {
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
}
