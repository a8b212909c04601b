package bellwether.http;

import java.time.LocalDate;

/** Counts the calls of a day, so that a daily budget is kept across restarts and by all processes together. */
public interface DayCalls {
    /** Counts one more call, unless that would be more than the most: then it is false and nothing is counted. */
    boolean take(String connection, LocalDate day, int most);
}
