package bellwether.admin;

import java.util.List;
import java.util.function.Function;

/**
 * A page of a long list in a stable order.
 *
 * @param next the address of the page after it, or null at the end
 */
public record Page<T>(List<T> items, String next) {
    /**
     * @param rows one more than the page may have, if there are more
     * @param end names a row in the address of the next page
     */
    static <R, T> Page<T> of(
            Ask ask, List<R> rows, int limit, String parameter, Function<R, ?> end, Function<R, T> item) {
        boolean more = rows.size() > limit;
        List<R> shown = more ? rows.subList(0, limit) : rows;
        String next = more ? ask.with(parameter, end.apply(shown.get(limit - 1)), null) : null;
        return new Page<>(shown.stream().map(item).toList(), next);
    }
}
