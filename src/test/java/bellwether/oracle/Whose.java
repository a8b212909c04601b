package bellwether.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Whom the people of tools were found to be in the directory, and where those belong or belonged. */
final class Whose {
    final Map<String, Op.Contact> contacts = new TreeMap<>();

    private record Stay(String account, Instant from) {}

    private final boolean byAnswer;
    private final Instant validAt;
    private final Map<String, List<Stay>> stays = new HashMap<>();
    private final Map<String, String> mergedInto = new HashMap<>();
    private final Map<String, Op.Person> people = new TreeMap<>();
    private final Map<String, List<Op.Contact>> found = new HashMap<>();

    /**
     * @param byAnswer whether an answer stays with the account its person had when giving it
     * @param validAt the instant whose accounts are asked for; null for the present
     */
    Whose(boolean byAnswer, Instant validAt) {
        this.byAnswer = byAnswer;
        this.validAt = validAt;
    }

    /** A page is told at once: who is left of a merge may stand anywhere in it. */
    void told(List<Op.Contact> page, Instant now) {
        Map<String, Op.Contact> before = new HashMap<>(contacts);
        page.forEach(contact -> contacts.put(contact.id(), contact));
        for (Op.Contact contact : page) {
            if (contact.deleted() && contact.mergedInto() != null) {
                merge(contact.id(), contact.mergedInto());
            } else if (!contact.equals(before.get(contact.id()))) {
                mergedInto.remove(contact.id());
            }
            stay(contact, now);
        }
    }

    /** Who was merged into one that is merged itself now is who is left. */
    private void merge(String loser, String into) {
        String left =
                contacts.containsKey(into) && contacts.get(into).deleted() ? mergedInto.getOrDefault(into, into) : into;
        mergedInto.replaceAll((one, other) -> other.equals(loser) ? left : other);
        mergedInto.put(loser, left);
    }

    void told(String source, Op.Person person) {
        people.put(source + ":" + person.id(), person);
    }

    /** Addresses that were told later, by which nobody was looked for. */
    void addresses(List<Op> later) {
        later.stream()
                .filter(Op.Delivery.class::isInstance)
                .map(Op.Delivery.class::cast)
                .forEach(op -> op.people().forEach(person -> told(op.source(), person)));
    }

    /** Looks for everybody by what is known now. */
    void look() {
        people.forEach((key, person) -> found.put(key, look(key, person)));
    }

    /** The CRM's own id, else whom this person was found to be before, else the address. */
    private List<Op.Contact> look(String key, Op.Person person) {
        List<Op.Contact> same = live(person.crmId());
        List<Op.Contact> before = found.getOrDefault(key, List.of());
        if (same.isEmpty() && before.size() == 1) {
            same = live(before.get(0).id());
        }
        String address = address(person);
        return same.isEmpty() && address != null
                ? contacts.values().stream()
                        .filter(contact ->
                                !contact.deleted() && contact.emails().contains(address))
                        .toList()
                : same;
    }

    /** The contact of this id, or the one that it was merged into. */
    private List<Op.Contact> live(String id) {
        Op.Contact contact = id == null ? null : contacts.get(mergedInto.getOrDefault(id, id));
        return contact == null || contact.deleted() ? List.of() : List.of(contact);
    }

    /** All who a person may be. */
    List<Op.Contact> found(String source, Object person) {
        return found.getOrDefault(source + ":" + person, List.of());
    }

    /** What makes two answers one person's. */
    String who(String source, Object person, String answer) {
        List<Op.Contact> them = found(source, person);
        Op.Person known = people.get(source + ":" + person);
        String address = known == null ? null : address(known);
        return them.size() == 1
                ? "contact " + them.get(0).id()
                : address != null
                        ? "address " + address
                        : person == null ? "answer " + source + ":" + answer : "person " + source + ":" + person;
    }

    /** Where the one who answered belongs, now or then; two who share an address share an account, or there is none. */
    String account(List<Op.Contact> them, Instant at) {
        Instant then = byAnswer ? at : validAt;
        if (them.size() == 1 && then != null) {
            String home = null;
            for (Stay stay : stays.getOrDefault(them.get(0).id(), List.of())) {
                home = stay.from().isAfter(then) ? home : stay.account();
            }
            return home;
        }
        Set<String> homes = new HashSet<>(them.stream().map(Op.Contact::account).toList());
        return homes.size() == 1 ? homes.iterator().next() : null;
    }

    /** The first account is taken to have been there always; two moves in one instant are one after the other all the same. */
    private void stay(Op.Contact contact, Instant now) {
        List<Stay> all = stays.computeIfAbsent(contact.id(), id -> new ArrayList<>());
        Stay last = all.isEmpty() ? new Stay(null, Instant.MIN) : all.get(all.size() - 1);
        if (!Objects.equals(last.account(), contact.account())) {
            Instant from = last.account() == null || last.from().equals(Instant.MIN)
                    ? last.from()
                    : last.from().plusMillis(1);
            all.add(new Stay(contact.account(), all.isEmpty() || from.isAfter(now) ? from : now));
        }
    }

    static String role(Op.Contact contact) {
        String title = contact.role() == null ? "" : contact.role().strip().toLowerCase(Locale.ROOT);
        return title.equals("end user")
                ? "user"
                : Set.of("sponsor", "key contact").contains(title) ? title : null;
    }

    private static String address(Op.Person person) {
        return person.email() == null ? null : person.email().strip().toLowerCase(Locale.ROOT);
    }
}
