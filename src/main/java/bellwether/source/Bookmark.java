package bellwether.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Where reading goes on within the open window, as a position keeps it.
 *
 * @param page token, number or address of the next page, or null for the first of the window
 * @param pages read of this window
 * @param rows read of this window
 * @param barren pages in a row without rows although the tool said there is more
 * @param top epoch milliseconds: rows from there on are read, of a window that is read from its newest row; or null
 * @param own the tool's own cursor, or the id up to which is read; it outlasts the window
 * @param job the export that is under way, or null
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Bookmark(String page, int pages, long rows, int barren, Long top, String own, Job job) {
    static final Bookmark START = new Bookmark(null, 0, 0, 0, null, null, null);

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * An export that the tool works on.
     *
     * @param id the tool's name for it
     * @param since epoch milliseconds of its beginning
     */
    public record Job(String id, long since) {}

    /** Reads {@link #text()}; null gives the start. */
    static Bookmark of(String text) {
        if (text == null) return START;
        if (!text.startsWith("{")) return START.to(text, 0);
        try {
            return JSON.readValue(text, Bookmark.class);
        } catch (JsonProcessingException e) {
            return START;
        }
    }

    /** As one text for the store; null for the start. */
    String text() {
        try {
            return equals(START) ? null : JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** On to the next page. */
    Bookmark to(String nextPage, int read) {
        return new Bookmark(nextPage, pages + 1, rows + read, read == 0 ? barren + 1 : 0, top, own, job);
    }

    /** A new window that ends below the row read last. */
    Bookmark below(long nextTop) {
        return new Bookmark(null, 0, 0, 0, nextTop, own, null);
    }

    Bookmark own(String cursor) {
        return new Bookmark(null, 0, 0, 0, null, cursor, null);
    }

    Bookmark job(Job next) {
        return new Bookmark(page, pages, rows, barren, top, own, next);
    }

    /** What is true after a crash too: pages may have moved, but not what is read wholly, nor the tool's own cursor and export. */
    Bookmark lasting() {
        return new Bookmark(null, 0, 0, 0, top, own, job);
    }
}
