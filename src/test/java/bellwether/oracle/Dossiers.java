package bellwether.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the CRM has said of accounts over time. */
final class Dossiers {
    private record Page(Instant from, Op.Account account) {}

    private final Map<String, List<Page>> all = new HashMap<>();

    void told(Op.Account account, Instant now) {
        all.computeIfAbsent(account.id(), id -> new ArrayList<>()).add(new Page(now, account));
    }

    /** What an account was at an instant; the first that was known of it is taken to have been so always. */
    Op.Account at(String id, Instant at) {
        Map<String, String> fields = new HashMap<>();
        for (String name : all.get(id).get(0).account().fields().keySet()) {
            fields.put(name, at(id, at, account -> account.fields().get(name)));
        }
        return new Op.Account(
                id,
                at(id, at, Op.Account::zone),
                at(id, at, Op.Account::revenue),
                at(id, at, account -> String.valueOf(account.churned())).equals("true"),
                at(id, at, account -> String.valueOf(account.deleted())).equals("true"),
                fields);
    }

    private String at(String id, Instant at, Function<Op.Account, String> what) {
        String value = null;
        boolean known = false;
        for (Page page : all.get(id)) {
            String said = what.apply(page.account());
            if (known && !page.from().isAfter(at) || !known && said != null) {
                value = said;
                known = true;
            }
        }
        return value;
    }
}
