package bellwether.admin;

import bellwether.health.Moves;
import bellwether.health.Rules;
import bellwether.nps.Category;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How people's minds have changed.
 *
 * @param people whose latest answer is in the window
 * @param firstTime those of them who had not answered before: they are in nothing below
 * @param improved whose score rose since the answer before
 * @param categories people by category before, then by category now
 * @param before NPS of the answers before
 * @param after NPS of the same people's latest answers
 * @param points after minus before, of the same people; null without any
 */
public record MovesView(
        AccountNps.Bounds window,
        LocalDate today,
        boolean includeChurned,
        int people,
        int firstTime,
        int improved,
        int same,
        int worse,
        Map<String, Map<String, Integer>> categories,
        Figure before,
        Figure after,
        BigDecimal points) {
    static MovesView of(
            Moves.Result result, AccountNps.Bounds window, LocalDate today, boolean includeChurned, Rules rules) {
        Map<String, Map<String, Integer>> categories = new LinkedHashMap<>();
        for (Category was : Category.values()) {
            Map<String, Integer> row = new LinkedHashMap<>();
            for (Category is : Category.values()) {
                row.put(word(is), result.matrix().get(was.ordinal()).get(is.ordinal()));
            }
            categories.put(word(was), row);
        }
        return new MovesView(
                window,
                today,
                includeChurned,
                result.people(),
                result.firstTime(),
                result.improved(),
                result.same(),
                result.worse(),
                categories,
                Figure.of(result.before(), rules),
                Figure.of(result.after(), rules),
                result.after().n() == 0
                        ? null
                        : result.after()
                                .nps()
                                .points()
                                .minus(result.before().nps().points())
                                .rounded(1));
    }

    private static String word(Category category) {
        return category.label().toLowerCase(Locale.ROOT);
    }
}
