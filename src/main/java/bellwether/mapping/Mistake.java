package bellwether.mapping;

/**
 * One thing that is wrong in a file a person wrote.
 *
 * @param file as given, for example {@code config/connections.yaml}
 * @param line counted from 1, or 0 if the file as a whole is meant
 * @param where the key as a path, for example {@code tools.wootric.page_size}; empty for the whole file
 * @param what what is wrong, never holding a secret
 * @param advice what to write instead
 */
public record Mistake(String file, int line, String where, String what, String advice) implements Comparable<Mistake> {

    /** One line for a terminal: place, key, what, advice. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (where.isEmpty() ? "" : where + ": ") + what
                + (advice.isEmpty() ? "" : " " + advice);
    }

    @Override
    public int compareTo(Mistake other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) return byFile;
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : toString().compareTo(other.toString());
    }
}
