package bellwether.simulator;

/** The rows of one list of the tool by index; ids and creation times rise with the index. */
interface Rows {
    int size();

    long created(int index);

    long updated(int index);

    int id(int index);

    /** What the list is sorted by as e-mail; empty for none. */
    String email(int index);

    /** Whether the list leaves the row out. */
    boolean hidden(int index);

    /** Whether any row may be hidden. */
    boolean someHidden();

    byte[] row(int index);

    /** The rows from (inclusive) to (exclusive) in rising order, each followed by a comma; null when they are not prepared. */
    byte[] slice(int from, int to);

    /** Changes whenever a row does. */
    long version();
}
