package bellwether.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the ledger must hold after all that happened, in words that can be compared: what {@link Naive} works out, laid out by subject. */
public final class Expected {
    /** What must be held of each thing, in words. */
    public final Map<String, String> state;

    /** Things that nothing was ever said of: nothing need be held either. */
    public final Set<String> silent;

    /** What has happened by now, as told by somebody who looks for the first time, by key; accounts first. */
    public final Map<String, String> events = new LinkedHashMap<>();

    /** By key, the keys by which the same may have been told before: of another answer that may be the same one. */
    public final Map<String, List<String>> alike = new HashMap<>();

    private final World world;
    private final Look look;
    private final String held;
    private final Map<String, Said> before;

    /** What somebody who looks for the first time finds. */
    public Expected(Law law, List<Op> ops) {
        this(law, ops, null, Map.of());
    }

    /**
     * @param held the source of which nobody looks at what happened, nor at anything else of whom it has an answer of; null for none
     * @param before what was said when somebody looked last, by account and name
     */
    public Expected(Law law, List<Op> ops, String held, Map<String, Said> before) {
        this.held = held;
        this.before = before;
        this.world = new World(law, ops);
        this.look = new Look(law, world);
        Kept kept = new Kept(look, account -> said(account, Standing.FALLING));
        this.state = kept.state;
        this.silent = kept.silent;
        look.accounts.forEach((id, signs) -> {
            if (!world.has(held, Answer::account, id)) {
                people(signs, answer -> id.equals(answer.account()));
                Stream.ofNullable(signs.fivePromoters(id)).forEach(this::happened);
            }
        });
        look.contacts.forEach(this::contact);
    }

    private void contact(String id, Signs signs) {
        Op.Contact contact = world.contacts.get(id);
        boolean alone = world.alone(contact);
        boolean looked =
                alone ? !world.has(held, Answer::contact, id) : !world.has(held, Answer::account, contact.account());
        if (looked && !signs.naive().counted.isEmpty()) {
            signs.milestones(id, signs.naive().counted).forEach(this::happened);
        }
        if (looked && alone) {
            people(signs, answer -> id.equals(answer.contact()));
        }
    }

    private void people(Signs signs, Predicate<Answer> theirs) {
        List<Answer> all = Stream.concat(world.answers.stream(), world.lost.stream())
                .filter(theirs)
                .toList();
        signs.people().values().forEach(answers -> signs.events(answers).forEach(event -> {
            alike.computeIfAbsent(event.key(), key -> new ArrayList<>())
                    .addAll(all.stream()
                            .filter(other -> other.repeats(event.answer(), look.law.duplicateMinutes()))
                            .map(other -> event.rule() + ":" + other.key())
                            .toList());
            happened(event);
        }));
    }

    private void happened(Signs.Event event) {
        boolean old = event.at().isBefore(world.now.minus(Duration.ofDays(7)));
        if (world.read) {
            events.putIfAbsent(
                    event.key(), event.rule() + " " + event.value() + " at " + event.at() + (old ? ", too old" : ""));
        }
    }

    /** Whether nobody can be looked at yet, because the directory has not been read to its end. */
    public boolean waits() {
        return !world.read;
    }

    /** What is said of accounts from now on, by account and name; of those that nobody looks at, what was said before. */
    public Map<String, Said> said() {
        Map<String, Said> said = new TreeMap<>();
        look.standings.forEach((account, standing) -> {
            if (world.has(held, Answer::account, account)) {
                before.forEach((key, known) -> {
                    if (key.startsWith(account + " ")) {
                        said.put(key, known);
                    }
                });
            } else {
                standing.names().forEach(name -> said.put(account + " " + name, said(account, name)));
            }
        });
        return said;
    }

    private Said said(String account, String name) {
        return Said.now(look.standings.get(account), name, world.now, before.get(account + " " + name));
    }

    /** Of accounts that were looked at: each thing that is said anew has happened. */
    public void changed(Map<String, Said> said) {
        said.forEach((key, now) -> {
            String account = key.substring(0, key.indexOf(' '));
            Signs.Event event = now.event(account, before.get(key), world);
            if (event != null) {
                happened(event);
            }
        });
    }
}
