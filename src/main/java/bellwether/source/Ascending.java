package bellwether.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/** Finds what is in order in a list that mostly is. */
final class Ascending {
    private Ascending() {}

    /** The longest part of the list, gaps allowed, that never descends (patience sorting). */
    static List<Instant> longest(List<Instant> list) {
        if (list.isEmpty() || ascends(list)) return list;
        int[] ends = new int[list.size()];
        int[] before = new int[list.size()];
        int length = 0;
        for (int i = 0; i < list.size(); i++) {
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) / 2;
                if (list.get(ends[middle]).isAfter(list.get(i))) high = middle;
                else low = middle + 1;
            }
            before[i] = low == 0 ? -1 : ends[low - 1];
            ends[low] = i;
            length = Math.max(length, low + 1);
        }
        LinkedList<Instant> longest = new LinkedList<>();
        for (int i = ends[length - 1]; i >= 0; i = before[i]) longest.addFirst(list.get(i));
        return new ArrayList<>(longest);
    }

    private static boolean ascends(List<Instant> list) {
        for (int i = 1; i < list.size(); i++) if (list.get(i).isBefore(list.get(i - 1))) return false;
        return true;
    }
}
