package bellwether.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${NAME}} and {@code ${NAME:default}}. An empty variable counts as not set; where only {@code NAME_FILE} is set, the
 * value stands in the file it names, as container secrets do; a doubled dollar sign keeps the text as it is.
 */
record Environment(Function<String, String> variables) {
    private static final Pattern HOLE = Pattern.compile("\\$?\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?}");

    /** The text with its holes filled, and the names that have neither value nor default. */
    record Filled(String text, List<String> missing) {}

    Filled fill(String text) {
        List<String> missing = new ArrayList<>();
        Matcher hole = HOLE.matcher(text);
        String full = hole.replaceAll(
                found -> Matcher.quoteReplacement(value(found.group(), found.group(1), found.group(2), missing)));
        return new Filled(full, missing);
    }

    /** Whether a hole is begun that is none: not closed, or with another name than a variable can have. */
    boolean open(String text) {
        return HOLE.matcher(text).replaceAll("").contains("${");
    }

    private String value(String hole, String name, String otherwise, List<String> missing) {
        if (hole.startsWith("$$")) return hole.substring(1);
        String value = variables.apply(name);
        if (value != null && !value.isEmpty()) return value;
        String file = variables.apply(name + "_FILE");
        if (file != null && !file.isEmpty()) return read(file, name, missing);
        if (otherwise != null) return otherwise;
        missing.add(name);
        return "";
    }

    private static String read(String file, String name, List<String> missing) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            missing.add(name + " (nor can the file named by " + name + "_FILE be read)");
            return "";
        }
    }
}
