package bellwether.source;

import java.util.ArrayList;
import java.util.List;

/** The names of a table's columns. */
final class Header {
    private Header() {}

    /** Trimmed; a column without a name is {@code column 3}, a second one of a name {@code Score (2)}. */
    static List<String> of(String[] cells) {
        List<String> names = new ArrayList<>();
        for (String cell : cells) {
            String name = cell == null || cell.isBlank() ? "column " + (names.size() + 1) : cell.strip();
            String unique = name;
            for (int n = 2; names.contains(unique); n++) unique = name + " (" + n + ")";
            names.add(unique);
        }
        return List.copyOf(names);
    }
}
