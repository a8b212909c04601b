package bellwether.source;

import bellwether.mapping.JsonPlace;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * Ids asked for at once. An empty window may be a gap, so the next one is much wider; the list is at its end when the widest is empty.
 *
 * @param from the lowest
 * @param to the highest, inclusive
 */
record IdWindow(long from, long to) {
    private static final long HIGHEST = Integer.MAX_VALUE;
    private static final int WIDER = 64;

    static IdWindow of(Cursor.Ids cursor, Bookmark at) {
        long from = at.page() == null ? read(at) + 1 : Long.parseLong(at.page());
        long width = cursor.size();
        for (int i = 0; i < at.barren() && width < HIGHEST; i++) width *= WIDER;
        return new IdWindow(from, Math.min(HIGHEST, from + width - 1));
    }

    boolean last() {
        return to >= HIGHEST;
    }

    /** Where to go on after a window with these rows. */
    Bookmark after(Bookmark at, JsonNode rows, String id) {
        long highest = read(at);
        JsonPlace place = JsonPlace.of(id);
        for (JsonNode row : rows) {
            JsonNode found = place.in(row);
            String text = found == null ? "" : found.asText();
            if (number(text)) highest = Math.max(highest, Long.parseLong(text));
        }
        Bookmark next = at.to(Long.toString(Math.max(to, highest) + 1), rows.size());
        return new Bookmark(next.page(), next.pages(), next.rows(), next.barren(), null, "" + highest, null);
    }

    /** The id up to which is read, so many ids back. */
    static String back(String own, int ids) {
        return own == null ? null : Long.toString(Math.max(0, Long.parseLong(own) - ids));
    }

    private static boolean number(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return !text.isEmpty() && text.length() <= 10;
    }

    private static long read(Bookmark at) {
        return at.own() == null ? 0 : Long.parseLong(at.own());
    }
}
