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
import java.util.function.Function;
import java.util.stream.Stream;

/** What the tools and the directory hold after all that happened, and whose each answer is. */
final class World {
    final Map<String, Op.Account> accounts = new TreeMap<>();
    final Map<String, Op.Contact> contacts = new TreeMap<>();
    final List<Answer> answers = new ArrayList<>();
    /** Those that the tool has lost: no answers any more, but somebody's all the same. */
    final List<Answer> lost = new ArrayList<>();

    Instant now;
    Instant since;

    private record Stay(String account, Instant from) {}

    private final Map<String, String> surveys;
    private final boolean byAnswer;
    private final Map<String, String> partial;
    private final Map<String, List<Stay>> stays = new HashMap<>();
    private final Map<String, Op.Person> people = new TreeMap<>();
    private final Map<String, List<Op.Contact>> found = new HashMap<>();
    private final Map<String, Map<String, Object>> told = new TreeMap<>();
    private final Map<String, Instant> begins = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    boolean read;

    World(Law law, List<Op> ops) {
        this.surveys = new HashMap<>(law.surveys());
        this.byAnswer = law.byAnswer();
        this.partial = law.partial();
        ops.forEach(this::take);
        since = begins.values().stream().min(Instant::compareTo).orElse(null);
        told.forEach((key, fields) -> {
            (gone.contains(key) ? lost : answers)
                    .add(answer(key.substring(0, key.indexOf(':')), key.substring(key.indexOf(':') + 1), fields));
        });
    }

    private void take(Op op) {
        if (op instanceof Op.Clock clock) {
            now = clock.now();
        } else if (op instanceof Op.DirectoryRead) {
            read = true;
        } else if (op instanceof Op.Since from) {
            begins.put(from.source(), from.since());
        } else if (op instanceof Op.Accounts told) {
            told.page().forEach(account -> accounts.put(account.id(), account));
        } else if (op instanceof Op.Contacts told) {
            told.page().forEach(contact -> {
                contacts.put(contact.id(), contact);
                stay(contact);
            });
        } else if (op instanceof Op.Declared survey) {
            surveys.put(survey.source() + "/" + survey.survey(), survey.metric());
        } else if (op instanceof Op.Gone lost) {
            told.forEach((key, fields) -> {
                if (key.startsWith(lost.source() + ":") && lost.at().equals(at(fields))) {
                    gone.add(key);
                }
            });
        } else if (op instanceof Op.Delivery delivery) {
            delivery.people().forEach(person -> people.put(delivery.source() + ":" + person.id(), person));
            delivery.copies().forEach(copy -> merge(delivery.source() + ":" + copy.id(), copy.told()));
        }
        if (read) {
            people.forEach((key, person) -> found.put(key, look(key, person)));
        }
    }

    private static Instant at(Map<String, Object> fields) {
        return (Instant) (fields.get("at") == null ? fields.get("created") : fields.get("at"));
    }

    /** What a newer copy does not mention stays; one that was updated earlier never wins. */
    private void merge(String key, Map<String, Object> copy) {
        gone.remove(key);
        Map<String, Object> known = told.getOrDefault(key, Map.of());
        Instant before = (Instant) known.get("updated");
        Instant after = (Instant) copy.get("updated");
        if (before != null && after != null && after.isBefore(before)) {
            return;
        }
        Map<String, Object> merged = new HashMap<>(known);
        merged.putAll(copy);
        if (after == null) {
            merged.put("updated", before);
        }
        told.put(key, merged);
    }

    /** The CRM's own id, else whom this person was found to be before, else the address. */
    private List<Op.Contact> look(String key, Op.Person person) {
        List<Op.Contact> live =
                contacts.values().stream().filter(contact -> !contact.deleted()).toList();
        List<Op.Contact> same = live.stream()
                .filter(contact -> contact.id().equals(person.crmId()))
                .toList();
        List<Op.Contact> before = found.getOrDefault(key, List.of());
        if (same.isEmpty() && before.size() == 1) {
            same = live.stream()
                    .filter(contact -> contact.id().equals(before.get(0).id()))
                    .toList();
        }
        return same.isEmpty() && address(person) != null
                ? live.stream()
                        .filter(contact -> contact.emails().contains(address(person)))
                        .toList()
                : same;
    }

    private Answer answer(String source, String id, Map<String, Object> fields) {
        String survey = (String) fields.get("survey");
        String metric = survey == null ? null : surveys.get(source + "/" + survey);
        String key = source + ":" + fields.get("person");
        List<Op.Contact> them = found.getOrDefault(key, List.of());
        Op.Contact contact = them.size() == 1 ? them.get(0) : null;
        String address = people.containsKey(key) ? address(people.get(key)) : null;
        return new Answer(
                source,
                id,
                survey,
                metric == null ? (String) fields.get("metric") : metric,
                (Integer) fields.get("score"),
                (String) fields.get("comment"),
                at(fields),
                (Instant) fields.get("updated"),
                Boolean.TRUE.equals(fields.get("excluded")) || awaited(source, fields),
                late(source, fields),
                contact != null
                        ? "contact " + contact.id()
                        : address != null
                                ? "address " + address
                                : fields.get("person") == null ? "answer " + source + ":" + id : "person " + key,
                contact == null ? null : contact.id(),
                account(contact, them, at(fields)),
                contact == null ? null : role(contact));
    }

    private boolean late(String source, Map<String, Object> fields) {
        return Boolean.FALSE.equals(fields.get("completed")) && "after_12h".equals(partial.get(source));
    }

    /** Not completed, where that is waited for: half a day, or for ever. */
    private boolean awaited(String source, Map<String, Object> fields) {
        return late(source, fields)
                ? at(fields).plusSeconds(12 * 60 * 60).isAfter(now)
                : Boolean.FALSE.equals(fields.get("completed")) && partial.containsKey(source);
    }

    /** Where the one who answered belongs, now or then; two who share an address share an account, or there is none. */
    private String account(Op.Contact contact, List<Op.Contact> them, Instant at) {
        if (contact != null && byAnswer) {
            String home = null;
            for (Stay stay : stays.getOrDefault(contact.id(), List.of())) {
                home = stay.from().isAfter(at) ? home : stay.account();
            }
            return home;
        }
        Set<String> homes = new HashSet<>();
        them.forEach(one -> homes.add(one.account()));
        return homes.size() == 1 ? homes.iterator().next() : null;
    }

    /** The first account is taken to have been there always; two moves in one instant are one after the other all the same. */
    private void stay(Op.Contact contact) {
        List<Stay> all = stays.computeIfAbsent(contact.id(), id -> new ArrayList<>());
        Stay last = all.isEmpty() ? new Stay(null, Instant.MIN) : all.get(all.size() - 1);
        if (!Objects.equals(last.account(), contact.account())) {
            Instant from = last.account() == null || last.from().equals(Instant.MIN)
                    ? last.from()
                    : last.from().plusMillis(1);
            all.add(new Stay(contact.account(), all.isEmpty() || from.isAfter(now) ? from : now));
        }
    }

    private static String role(Op.Contact contact) {
        String title = contact.role() == null ? "" : contact.role().strip().toLowerCase(Locale.ROOT);
        return title.equals("end user")
                ? "user"
                : Set.of("sponsor", "key contact").contains(title) ? title : null;
    }

    /** Whether an account or contact has an answer of a source. */
    boolean has(String source, Function<Answer, String> whose, String id) {
        return Stream.concat(answers.stream(), lost.stream())
                .anyMatch(answer -> answer.source().equals(source) && id.equals(whose.apply(answer)));
    }

    /** Whether a contact is seen by itself: it has no account, or gave an answer for another one. */
    boolean alone(Op.Contact contact) {
        return contact.account() == null
                || Stream.concat(answers.stream(), lost.stream())
                        .anyMatch(answer -> contact.id().equals(answer.contact())
                                && !contact.account().equals(answer.account()));
    }

    private static String address(Op.Person person) {
        return person.email() == null ? null : person.email().strip().toLowerCase(Locale.ROOT);
    }
}
