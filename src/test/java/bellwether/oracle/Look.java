package bellwether.oracle;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The world as somebody sees it who looks now: the answers of each account and contact, and what they are a sign of. */
final class Look {
    final Law law;
    final World world;
    final Map<String, Signs> accounts = new TreeMap<>();
    /** How each account stands. */
    final Map<String, Standing> standings = new TreeMap<>();
    /** Of contacts that are not deleted. */
    final Map<String, Signs> contacts = new TreeMap<>();
    /** Answers of whom nobody knows. */
    final Naive nobody;

    Look(Law law, World world) {
        this.law = law;
        this.world = world;
        world.accounts.forEach((id, account) -> {
            Naive theirs = naive(answer -> id.equals(answer.account()));
            accounts.put(id, signs(theirs, zone(account)));
            standings.put(id, new Standing(law, world.weighed, account.fields(), theirs, zone(account)));
        });
        world.contacts.forEach((id, contact) -> {
            if (!contact.deleted()) {
                contacts.put(id, signs(naive(answer -> id.equals(answer.contact())), zone(contact)));
            }
        });
        nobody = naive(answer -> answer.account() == null && answer.contact() == null);
    }

    private Naive naive(Predicate<Answer> theirs) {
        return new Naive(law, world.answers.stream().filter(theirs).toList());
    }

    private Signs signs(Naive naive, ZoneId zone) {
        // the first day of which everything is known
        LocalDate since = world.since == null
                ? null
                : LocalDate.ofInstant(world.since.minusMillis(1), zone).plusDays(1);
        return new Signs(naive, law, zone, LocalDate.ofInstant(world.now, zone), since);
    }

    private ZoneId zone(Op.Account account) {
        return account == null || account.zone() == null || account.zone().equals(Law.NO_ZONE)
                ? law.zone()
                : ZoneId.of(account.zone());
    }

    private ZoneId zone(Op.Contact contact) {
        return world.alone(contact) ? law.zone() : zone(world.accounts.get(contact.account()));
    }

    /** Whether the CRM knows something of an account that means something by itself. */
    boolean weighed(String account) {
        Map<String, String> fields = world.accounts.get(account).fields();
        return world.weighed != null
                && world.weighed.inputs().stream().anyMatch(input -> fields.get(input.name()) != null);
    }
}
