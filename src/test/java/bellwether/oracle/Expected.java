package bellwether.oracle;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the ledger must hold after all that happened, in words that can be compared: what {@link Naive} works out, laid out by subject. */
public final class Expected {
    /** What must be held of each thing, in words. */
    public final Map<String, String> state = new TreeMap<>();

    /** Things that nothing was ever said of: nothing need be held either. */
    public final Set<String> silent = new HashSet<>();

    /** What has happened by now of which an answer is the reason, as told by somebody who looks for the first time, by key. */
    public final Map<String, String> events = new TreeMap<>();

    private final Law law;
    private final World world;
    private final String held;
    private final Map<String, Said> before;
    private final Map<String, Standing> standings = new TreeMap<>();

    /** What somebody who looks for the first time finds. */
    public Expected(Law law, List<Op> ops) {
        this(law, ops, null, Map.of());
    }

    /**
     * @param held the source of which nobody looks at what happened, nor at anything else of whom it has an answer of; null for none
     * @param before what was said when somebody looked last, by account and name
     */
    public Expected(Law law, List<Op> ops, String held, Map<String, Said> before) {
        this.law = law;
        this.held = held;
        this.before = before;
        this.world = new World(law, ops);
        for (Op.Account account : world.accounts.values()) {
            Naive theirs = naive(a -> account.id().equals(a.account()));
            theirs.answers.forEach(answer -> response(answer, theirs.counted.contains(answer)));
            Signs signs = signs(theirs, zone(account));
            standings.put(account.id(), new Standing(law, world.weighed, account.fields(), theirs, signs.zone()));
            if (!world.has(held, Answer::account, account.id())) {
                signs.people().values().forEach(answers -> signs.events(answers).forEach(this::happened));
                Stream.ofNullable(signs.fivePromoters(account.id())).forEach(this::happened);
            }
            if (!account.deleted()) {
                account(account, signs);
            }
        }
        world.contacts.values().forEach(this::contact);
        state.put("company", Whole.of(law, world));
        naive(a -> a.account() == null && a.contact() == null).answers.forEach(answer -> response(answer, null));
    }

    private Naive naive(Predicate<Answer> theirs) {
        return new Naive(law, world.answers.stream().filter(theirs).toList());
    }

    private ZoneId zone(Op.Account account) {
        return account.zone() == null || account.zone().equals(Law.NO_ZONE) ? law.zone() : ZoneId.of(account.zone());
    }

    private Signs signs(Naive naive, ZoneId zone) {
        // the first day of which everything is known
        LocalDate since = world.since == null
                ? null
                : LocalDate.ofInstant(world.since.minusMillis(1), zone).plusDays(1);
        return new Signs(naive, law, zone, LocalDate.ofInstant(world.now, zone), since);
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
        standings.forEach((account, standing) -> {
            if (world.has(held, Answer::account, account)) {
                before.forEach((key, kept) -> {
                    if (key.startsWith(account + " ")) {
                        said.put(key, kept);
                    }
                });
            } else {
                standing.names().forEach(name -> said.put(account + " " + name, said(account, name)));
            }
        });
        return said;
    }

    private Said said(String account, String name) {
        return Said.now(standings.get(account), name, world.now, before.get(account + " " + name));
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

    private void account(Op.Account account, Signs signs) {
        String name = "account " + account.id();
        Naive naive = signs.naive();
        if (naive.answers.isEmpty() && (!world.read || !weighed(account))) {
            silent.add(name);
        }
        for (String window : law.windows()) {
            LocalDate[] days = Naive.days(window, signs.today(), law.fiscalMonth());
            for (boolean latest : List.of(true, false)) {
                Naive.Count count = naive.count(days, signs.zone(), latest);
                state.put(
                        name + " " + window + (latest ? " latest_per_person" : " all_responses"),
                        count.promoters() + "/" + count.passives() + "/" + count.detractors() + " unscored "
                                + count.unscored() + " excluded " + count.excluded() + " since "
                                + signs.partialSince(window));
            }
        }
        Standing standing = standings.get(account.id());
        boolean falls = standing.on(Standing.FALLING, signs.today()).startsWith("true");
        Told told = new Told();
        told.account(standing, signs, falls ? said(account.id(), Standing.FALLING) : null);
        state.put(name, told.toString());
    }

    /** Whether the CRM knows something of an account that means something by itself. */
    private boolean weighed(Op.Account account) {
        return world.weighed != null
                && world.weighed.inputs().stream()
                        .anyMatch(input -> account.fields().get(input.name()) != null);
    }

    private void contact(Op.Contact contact) {
        if (contact.deleted()) {
            return;
        }
        Naive theirs = naive(a -> contact.id().equals(a.contact()));
        Op.Account home =
                contact.account() == null || world.alone(contact) ? null : world.accounts.get(contact.account());
        Signs signs = signs(theirs, home == null ? law.zone() : zone(home));
        Told told = new Told();
        if (theirs.answers.isEmpty()) {
            silent.add("contact " + contact.id());
        }
        theirs.answers.stream()
                .filter(answer -> answer.account() == null)
                .forEach(answer -> response(answer, theirs.counted.contains(answer)));
        if (!theirs.counted.isEmpty()) {
            told.contact(theirs.counted, signs.warning(theirs.counted));
        }
        state.put("contact " + contact.id(), told.toString());
        boolean looked = world.alone(contact)
                ? !world.has(held, Answer::contact, contact.id())
                : !world.has(held, Answer::account, contact.account());
        if (looked && !theirs.counted.isEmpty()) {
            signs.milestones(contact.id(), theirs.counted).forEach(this::happened);
        }
        if (looked && world.alone(contact)) {
            signs.people().values().forEach(answers -> signs.events(answers).forEach(this::happened));
        }
    }

    private void response(Answer answer, Boolean counts) {
        String name = "response " + answer.key();
        if (counts == null) {
            silent.add(name);
        }
        state.put(
                name,
                answer.contact() + "|" + answer.account() + "|" + answer.score() + "|" + counts + "|" + answer.comment()
                        + "|" + answer.at() + "|" + answer.metric());
    }
}
