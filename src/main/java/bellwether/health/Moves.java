package bellwether.health;

import bellwether.nps.Category;
import bellwether.nps.Span;
import bellwether.nps.Tally;
import bellwether.nps.Window;
import bellwether.store.Census;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * How people's minds have changed: everybody whose latest answer lies in a window, beside what the same person said before, whenever
 * that was. An edit of an answer is no change of mind.
 */
public final class Moves {
    /**
     * What came of it.
     *
     * @param people whose latest answer is in the window
     * @param firstTime those of them who had not answered before
     * @param improved whose score rose
     * @param worse whose score fell
     * @param matrix people by category, before and after, in the order of {@link Category}
     * @param before the earlier answers of those who had answered before
     * @param after their latest ones
     */
    public record Result(
            Span span,
            int people,
            int firstTime,
            int improved,
            int same,
            int worse,
            List<List<Integer>> matrix,
            Tally before,
            Tally after) {}

    private final Span span;
    private final Rules rules;
    private final Instant now;
    private final int[][] matrix = new int[3][3];
    private int firstTime;
    private int improved;
    private int same;
    private int worse;
    private Tally before = Tally.NONE;
    private Tally after = Tally.NONE;

    private Moves(Span span, Rules rules, Instant now) {
        this.span = span;
        this.rules = rules;
        this.now = now;
    }

    /** Over the whole company, as it is now. */
    public static Result of(Census census, Rules rules, Window window, Instant now, boolean includeChurned) {
        return census.look(sight -> {
            Span span = window.span(LocalDate.ofInstant(now, rules.zone()), rules.zone());
            var moves = new Moves(span, rules, now);
            var accounts = sight.accounts();
            Instant until = rules.bearsOnUntil(span.end());
            sight.people(null, until, null, person -> moves.add(person, accounts, includeChurned));
            return moves.result();
        });
    }

    private void add(List<Census.Given> all, Map<Long, Census.Account> accounts, boolean includeChurned) {
        List<Answer> answers = Standing.customers(all, accounts, includeChurned).stream()
                .map(given -> Answers.answer(given.answer(), rules, now))
                .toList();
        List<Judged> judged = Judged.all(answers, rules).stream()
                .filter(one -> span.end() == null || one.answer().answeredAt().isBefore(span.end()))
                .toList();
        for (PersonState person : PersonState.judged(judged).values()) {
            if (span.contains(person.latestAt())) {
                add(person);
            }
        }
    }

    private void add(PersonState person) {
        if (person.previous() == null) {
            firstTime++;
            return;
        }
        int change = person.change();
        improved += change > 0 ? 1 : 0;
        same += change == 0 ? 1 : 0;
        worse += change < 0 ? 1 : 0;
        Category was = person.previous().category();
        matrix[was.ordinal()][person.category().ordinal()]++;
        before = before.plus(was);
        after = after.plus(person.category());
    }

    private Result result() {
        List<List<Integer>> rows = java.util.Arrays.stream(matrix)
                .map(row -> java.util.Arrays.stream(row).boxed().toList())
                .toList();
        return new Result(span, firstTime + after.n(), firstTime, improved, same, worse, rows, before, after);
    }
}
