package bellwether.histories;

import bellwether.health.Rules;
import bellwether.health.Today;
import bellwether.oracle.Expected;
import bellwether.oracle.Law;
import bellwether.oracle.Op;
import bellwether.store.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One account over 400 days on which nothing new arrives, each day worked out anew. */
final class Year {
    private final Rules rules;
    private final Law law;
    private final List<Op> ops;
    private final String account;
    private final Subject subject;

    Year(Rules rules, Law law, List<Op> ops, String account, Subject subject) {
        this.rules = rules;
        this.law = law;
        this.ops = ops;
        this.account = "account " + account;
        this.subject = subject;
    }

    /** The first time at which something is different that was not announced at the last announced one; null if there is none. */
    String unannounced(Instant now) {
        Map<String, String> known = known(now);
        Instant next = next(now);
        for (Instant time : times(now)) {
            Map<String, String> then = known(time);
            if (time.equals(next)) {
                next = next(time);
                known = then;
                if (next != null && !next.isAfter(time)) {
                    return account + " announces at " + time + " a change at " + next;
                }
            } else if (!then.equals(known)) {
                return account + " changes at " + time + ", announced was " + next + "\n  " + known + "\n  " + then;
            }
        }
        return null;
    }

    private Instant next(Instant now) {
        Today today = Today.of(subject, rules, now);
        return today.nextChange(today.state().nextChange());
    }

    /** Every midnight to come, and every end of half a day after an answer. */
    private SortedSet<Instant> times(Instant now) {
        Today today = Today.of(subject, rules, now);
        SortedSet<Instant> times = new TreeSet<>();
        for (int day = 1; day < 400; day++) {
            times.add(today.date()
                    .plusDays(day)
                    .atStartOfDay(today.rules().zone())
                    .toInstant());
        }
        subject.answers().stream()
                .map(answer -> answer.answeredAt().plusSeconds(43_200))
                .filter(end -> end.isAfter(now))
                .forEach(times::add);
        return times;
    }

    private Map<String, String> known(Instant now) {
        List<Op> all = new ArrayList<>(ops);
        all.add(new Op.Clock(now));
        Map<String, String> mine = new TreeMap<>(new Expected(law, all).state);
        mine.keySet().removeIf(name -> !(name + " ").startsWith(account + " "));
        return mine;
    }
}
