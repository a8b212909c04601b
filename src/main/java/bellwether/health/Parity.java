package bellwether.health;

import bellwether.nps.AcceptPartial;
import bellwether.nps.Policy;
import bellwether.nps.Rounding;
import bellwether.nps.Span;
import bellwether.nps.Tally;
import bellwether.nps.Window;
import bellwether.store.Census;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Counts one source's answers in every way a tool might, in one pass: with each set of {@link Difference}s. Of most people only a few
 * matter, so each person is counted once per subset of those.
 */
public final class Parity {
    private final Rules rules;
    private final Instant now;
    private final Map<Long, Census.Account> accounts;
    private final Span ours;
    private final Span utc;
    private final Set<Difference> possible;
    private final Map<Integer, Tally[]> byRelevance = new HashMap<>();

    private Parity(Rules rules, String source, Window window, Instant now, Map<Long, Census.Account> accounts) {
        this.rules = rules;
        this.now = now;
        this.accounts = accounts;
        this.ours = span(window, now, rules.zone());
        this.utc = span(window, now, ZoneOffset.UTC);
        this.possible = EnumSet.allOf(Difference.class);
        if (rules.policy() == Policy.ALL_RESPONSES) {
            possible.remove(Difference.POLICY);
        }
        if (rules.countNoScore()) {
            possible.remove(Difference.UNSCORED);
        }
        if (rules.accepts(source) == AcceptPartial.SCORE_ONLY) {
            possible.remove(Difference.PARTIAL);
        }
        if (rules.duplicateWithin().isZero()) {
            possible.remove(Difference.DUPLICATES);
        }
        if (ours.equals(utc)) {
            possible.remove(Difference.ZONE);
        }
    }

    /** Compares what is held of a source with the number its tool shows. */
    public static Comparison of(
            Census census,
            Rules rules,
            String source,
            Window window,
            Instant now,
            BigDecimal theirs,
            Rounding rounding) {
        return census.look(sight -> {
            var parity = new Parity(rules, source, window, now, sight.accounts());
            Instant from = earliest(parity.ours.start(), parity.utc.start());
            Instant until = rules.bearsOnUntil(latest(parity.ours.end(), parity.utc.end()));
            sight.people(from, rules.bearsOn(), until, source, parity::person);
            Tally[] counted = parity.counted();
            Tally all = counted[0];
            if (sight.sources().size() > 1) {
                var everyone = new Parity(rules, source, window, now, sight.accounts());
                everyone.possible.clear();
                sight.people(from, rules.bearsOn(), until, null, everyone::person);
                all = everyone.counted()[0];
            }
            return Comparison.of(theirs, rounding, parity.ours, parity.possible, counted, all);
        });
    }

    private static Span span(Window window, Instant now, ZoneId zone) {
        return window.span(LocalDate.ofInstant(now, zone), zone);
    }

    private static Instant earliest(Instant a, Instant b) {
        return a == null || b == null ? null : a.isBefore(b) ? a : b;
    }

    private static Instant latest(Instant a, Instant b) {
        return a == null || b == null ? null : a.isAfter(b) ? a : b;
    }

    private void person(List<Census.Given> all) {
        int relevant = relevant(all);
        Tally[] tallies = byRelevance.computeIfAbsent(relevant, bits -> {
            Tally[] none = new Tally[bits + 1];
            Arrays.fill(none, Tally.NONE);
            return none;
        });
        // All subsets of the relevant differences, from all of them down to none.
        for (int bits = relevant; ; bits = (bits - 1) & relevant) {
            tallies[bits] = tallies[bits].plus(count(all, bits));
            if (bits == 0) {
                return;
            }
        }
    }

    private int relevant(List<Census.Given> all) {
        int bits = all.size() > 1 ? Difference.POLICY.bit() | Difference.DUPLICATES.bit() : 0;
        for (Census.Given given : all) {
            Standing standing = Standing.of(given, accounts);
            Instant at = given.answer().answeredAt();
            bits |= given.answer().score() == null ? Difference.UNSCORED.bit() : 0;
            bits |= given.answer().excluded() ? Difference.EXCLUDED.bit() : 0;
            bits |= given.answer().partial() ? Difference.PARTIAL.bit() : 0;
            bits |= ours.contains(at) == utc.contains(at) ? 0 : Difference.ZONE.bit();
            bits |= standing == Standing.UNMATCHED ? Difference.UNMATCHED.bit() : 0;
            bits |= standing == Standing.CHURNED ? Difference.CHURNED.bit() : 0;
        }
        return bits & bits(possible);
    }

    /** One person's answers, counted with these differences. */
    private Tally count(List<Census.Given> all, int bits) {
        List<Census.Given> theirs = new ArrayList<>();
        for (Census.Given given : all) {
            Standing standing = Standing.of(given, accounts);
            if (standing == Standing.CUSTOMER
                    || standing == Standing.UNMATCHED && on(bits, Difference.UNMATCHED)
                    || standing == Standing.CHURNED && on(bits, Difference.CHURNED)) {
                theirs.add(given);
            }
        }
        Rules counting = rules.counting(
                on(bits, Difference.UNSCORED), on(bits, Difference.PARTIAL), on(bits, Difference.DUPLICATES));
        Policy policy = on(bits, Difference.POLICY) ? Policy.ALL_RESPONSES : rules.policy();
        Span span = on(bits, Difference.ZONE) ? utc : ours;
        Stream<Answer> answers = theirs.stream()
                .map(Census.Given::answer)
                .map(a -> Answers.answer(a, a.excluded() && !on(bits, Difference.EXCLUDED), counting, now));
        return Answers.tally(Rollups.counted(Judged.all(answers.toList(), counting), counting, span, policy));
    }

    private Tally[] counted() {
        int every = bits(possible);
        Tally[] counted = new Tally[every + 1];
        for (int bits = every; ; bits = (bits - 1) & every) {
            Tally tally = Tally.NONE;
            for (var entry : byRelevance.entrySet()) {
                tally = tally.plus(entry.getValue()[bits & entry.getKey()]);
            }
            counted[bits] = tally;
            if (bits == 0) {
                return counted;
            }
        }
    }

    private static boolean on(int bits, Difference difference) {
        return (bits & difference.bit()) != 0;
    }

    private static int bits(Set<Difference> differences) {
        return differences.stream().mapToInt(Difference::bit).sum();
    }
}
