package bellwether.histories;

import bellwether.health.AccountState;
import bellwether.health.Rules;
import bellwether.health.Today;
import bellwether.oracle.Expected;
import bellwether.oracle.Law;
import bellwether.oracle.Op;
import bellwether.store.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /** The first day on which something is different that was not announced on the last announced day; null if there is none. */
    String unannounced(Instant now) {
        Today today = Today.of(subject, rules, now);
        Map<String, String> known = known(now);
        AccountState state = today.state();
        LocalDate next = state.nextChange();
        for (LocalDate date = today.date().plusDays(1);
                date.isBefore(today.date().plusDays(400));
                date = date.plusDays(1)) {
            Instant midnight = date.atStartOfDay(today.rules().zone()).toInstant();
            Map<String, String> then = known(midnight);
            if (date.equals(next)) {
                state = Today.of(subject, rules, midnight).state();
                next = state.nextChange();
                known = then;
                if (next != null && !next.isAfter(date)) {
                    return account + " announces on " + date + " a change on " + next;
                }
            } else if (!then.equals(known)) {
                return account + " changes on " + date + ", announced was " + next + "\n  " + known + "\n  " + then;
            }
        }
        return null;
    }

    private Map<String, String> known(Instant now) {
        List<Op> all = new ArrayList<>(ops);
        all.add(new Op.Clock(now));
        Map<String, String> mine = new TreeMap<>(new Expected(law, all).state);
        mine.keySet().removeIf(name -> !(name + " ").startsWith(account + " "));
        return mine;
    }
}
