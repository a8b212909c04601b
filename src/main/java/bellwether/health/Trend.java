package bellwether.health;

import bellwether.nps.Change;
import bellwether.nps.Dates;
import bellwether.nps.Policy;
import bellwether.nps.Span;
import bellwether.nps.Tally;
import bellwether.store.Census;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** NPS per calendar month of a zone, earliest first; under latest-per-person a person counts once in each month. */
public final class Trend {
    /**
     * One month.
     *
     * @param first its first date
     * @param change against the month before; null unless both have answers
     */
    public record Month(LocalDate first, Tally tally, Change change) {}

    private final Rules rules;
    private final Policy policy;
    private final LocalDate first;
    private final Span[] spans;
    private final Tally[] tallies;

    private Trend(Rules rules, Policy policy, LocalDate today, int months) {
        this.rules = rules;
        this.policy = policy;
        this.first = today.withDayOfMonth(1).minusMonths(months - 1L);
        this.spans = new Span[months];
        this.tallies = new Tally[months];
        for (int i = 0; i < months; i++) {
            spans[i] = new Dates(first.plusMonths(i), first.plusMonths(i + 1L)).in(rules.zone());
        }
        Arrays.fill(tallies, Tally.NONE);
    }

    /** The months of one account up to and with this one; {@code today} is in the zone of the rules. */
    public static List<Month> of(List<Answer> answers, Rules rules, Policy policy, LocalDate today, int months) {
        var trend = new Trend(rules, policy, today, months);
        trend.add(answers);
        return trend.months();
    }

    /** The months of the whole company up to and with this one, in the zone of the rules. */
    public static List<Month> of(
            Census census, Rules rules, Policy policy, Instant now, int months, boolean includeChurned) {
        return census.look(sight -> {
            var trend = new Trend(rules, policy, LocalDate.ofInstant(now, rules.zone()), months);
            var accounts = sight.accounts();
            sight.people(
                    trend.spans[0].start(),
                    rules.bearsOn(),
                    trend.spans[months - 1].end(),
                    null,
                    person -> trend.add(person, now, accounts, includeChurned));
            return trend.months();
        });
    }

    private void add(
            List<Census.Given> person, Instant now, Map<Long, Census.Account> accounts, boolean includeChurned) {
        List<Census.Given> theirs = Standing.customers(person, accounts, includeChurned);
        if (!theirs.isEmpty()) {
            add(theirs.stream()
                    .map(given -> Answers.answer(given.answer(), rules, now))
                    .toList());
        }
    }

    /** Answers of one or several people, with all of each. */
    private void add(List<Answer> answers) {
        List<Judged> judged = Judged.all(answers, rules);
        Set<Integer> touched = new TreeSet<>();
        judged.forEach(one -> touched.add(month(one.answer().answeredAt())));
        touched.remove(-1);
        for (int month : touched) {
            tallies[month] = tallies[month].plus(Answers.tally(Rollups.counted(judged, rules, spans[month], policy)));
        }
    }

    private int month(Instant at) {
        for (int i = spans.length - 1; i >= 0; i--) {
            if (spans[i].contains(at)) {
                return i;
            }
        }
        return -1;
    }

    private List<Month> months() {
        List<Month> months = new ArrayList<>();
        for (int i = 0; i < tallies.length; i++) {
            Change change = i == 0 ? null : Change.shown(tallies[i - 1], tallies[i]);
            months.add(new Month(first.plusMonths(i), tallies[i], change));
        }
        return months;
    }
}
