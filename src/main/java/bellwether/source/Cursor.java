package bellwether.source;

import bellwether.mapping.Word;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** By what a list is read bit by bit, so that a run asks only for what is new. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = Cursor.Time.class)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Cursor.Time.class, name = "time"),
    @JsonSubTypes.Type(value = Cursor.Ids.class, name = "id"),
    @JsonSubTypes.Type(value = Cursor.Own.class, name = "own")
})
public sealed interface Cursor {
    /** How far the end of a scan stays behind now, since rows may appear late. */
    Duration lag();

    /** How far the next scan begins before the end of the last. */
    Duration overlap();

    /** In which order the rows come. */
    enum Order {
        ASCENDING,
        DESCENDING,
        /** Not to be relied on: a window is covered only when it is read to its end. */
        ANY
    }

    /**
     * An instant of each record.
     *
     * @param word ours, mapped to that instant
     * @param from name of the parameter with the lower bound, or null
     * @param to name of the parameter with the upper bound, or null
     * @param as how bounds are written, see {@link bellwether.mapping.Times#write}; also their precision
     * @param bounds which of them the tool includes: {@code [)}, {@code []}, {@code ()} or {@code (]}
     * @param window the longest time asked for at once, or null
     */
    record Time(
            Word word,
            String from,
            String to,
            String as,
            String bounds,
            Order order,
            Duration window,
            Duration lag,
            Duration overlap)
            implements Cursor {
        public Time {
            as = as == null ? "iso" : as;
            bounds = bounds == null ? "[)" : bounds;
            order = order == null ? Order.ASCENDING : order;
            lag = lag == null ? Duration.ZERO : lag;
            overlap = overlap == null ? Duration.ZERO : overlap;
        }

        boolean fromIncluded() {
            return bounds.startsWith("[");
        }
    }

    /**
     * Ids that count upwards. They are given when an answer begins, so that late ones and edits lie behind the last id: each scan begins
     * {@code back} ids earlier (the key {@code overlap}).
     *
     * @param from name of the parameter with the lowest id, or null where {@code {from}} stands in path or body
     * @param to name of the parameter with the highest id, inclusive, or null
     * @param size ids asked for at once
     * @param back ids that each scan reads again
     */
    record Ids(
            String from,
            String to,
            Integer size,
            @JsonProperty("overlap") Integer back,
            Duration lag) implements Cursor {
        public Ids {
            size = size == null ? 1000 : size;
            back = back == null ? 2 * size : back;
            lag = lag == null ? Duration.ZERO : lag;
        }

        @Override
        public Duration overlap() {
            return Duration.ZERO;
        }
    }

    /**
     * The tool's own cursor, kept as text.
     *
     * @param token name of the parameter with the cursor, or null where {@code {token}} stands in path or body
     * @param next place of the next cursor in the answer
     * @param from name of the parameter with the time to begin at where there is no cursor yet, or null
     * @param as how that time is written
     */
    record Own(String token, String next, String from, String as, Duration lag) implements Cursor {
        public Own {
            as = as == null ? "iso" : as;
            lag = lag == null ? Duration.ZERO : lag;
        }

        @Override
        public Duration overlap() {
            return Duration.ZERO;
        }
    }
}
