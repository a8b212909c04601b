package bellwether.http;

/**
 * The one port through which a declared API is asked. It obeys limits, adds auth, retries what is transient and answers with a
 * value: it throws nothing for anything the other side does.
 */
public interface Caller {
    /** Asks, and blocks until there is an answer or the retries are used up. */
    Answer call(Request request);
}
