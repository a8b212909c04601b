package bellwether.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Cuts a long list into pieces that fit the bind limits of both engines. A piece is filled up with its last element to the next power
 * of two, which changes nothing inside an IN (…) and keeps the number of different statements, and so of parses, small.
 */
final class Chunks {
    static <T> List<List<T>> of(Collection<T> all, int size) {
        List<T> list = List.copyOf(all);
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); from += size) {
            chunks.add(filled(list.subList(from, Math.min(from + size, list.size())), size));
        }
        return chunks;
    }

    private static <T> List<T> filled(List<T> piece, int size) {
        int full = Math.min(size, Integer.highestOneBit(Math.max(1, piece.size() * 2 - 1)));
        if (full == piece.size()) {
            return piece;
        }
        List<T> filled = new ArrayList<>(piece);
        filled.addAll(Collections.nCopies(full - piece.size(), piece.get(piece.size() - 1)));
        return filled;
    }

    private Chunks() {}
}
