package bellwether.oracle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the tools and the directory hold after all that happened, and whose each answer is. */
final class World {
    final Map<String, Op.Account> accounts = new TreeMap<>();
    final Map<String, Op.Contact> contacts;
    final List<Answer> answers = new ArrayList<>();
    /** Those that the tool has lost: no answers any more, but somebody's all the same. */
    final List<Answer> lost = new ArrayList<>();

    Instant now;
    Instant since;
    /** The composite health, or null, and since when it is that; and since when what is waited for is what it is, or null for ever. */
    Law.Composite weighed;

    Instant weighedSince;
    Instant waitsSince;

    private final Whose whose;
    private final Map<String, String> surveys;
    private final Map<String, String> partial;
    private final Copies copies = new Copies();
    private final Dossiers dossiers = new Dossiers();
    private final Map<String, Instant> begins = new HashMap<>();
    boolean read;

    World(Law law, List<Op> ops) {
        this(law, ops, null, List.of());
    }

    /**
     * What was believed after all that had happened by then.
     *
     * @param validAt the instant it is about; null for the present
     * @param later what has happened since: of it only the addresses of people and the rules are known
     */
    World(Law law, List<Op> ops, Instant validAt, List<Op> later) {
        this.surveys = new HashMap<>(law.surveys());
        this.whose = new Whose(law.byAnswer(), validAt);
        this.contacts = whose.contacts;
        this.partial = new HashMap<>(law.partial());
        ops.forEach(this::take);
        later.forEach(this::rule);
        since = begins.values().stream().min(Instant::compareTo).orElse(null);
        whose.addresses(later);
        if (validAt != null) {
            now = validAt;
            accounts.replaceAll((id, account) -> dossiers.at(id, validAt));
        }
        copies.told.forEach((key, fields) -> (copies.gone.contains(key) ? lost : answers)
                .add(answer(key.substring(0, key.indexOf(':')), key.substring(key.indexOf(':') + 1), fields)));
        answers.removeIf(answer -> validAt != null && answer.at().isAfter(validAt));
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
            told.page().forEach(account -> dossiers.told(account, now));
        } else if (op instanceof Op.Contacts told) {
            whose.told(told.page(), now);
        } else if (op instanceof Op.Weighed rule) {
            now = rule.now();
            weighed = rule.rule();
            weighedSince = now;
        } else if (op instanceof Op.Declared survey) {
            surveys.put(survey.source() + "/" + survey.survey(), survey.metric());
        } else if (op instanceof Op.Gone lost) {
            copies.lose(lost);
        } else if (op instanceof Op.Delivery delivery) {
            delivery.people().forEach(person -> whose.told(delivery.source(), person));
            delivery.copies().forEach(copy -> copies.merge(delivery.source() + ":" + copy.id(), copy.told()));
        }
        rule(op);
        if (read) {
            whose.look();
        }
    }

    private void rule(Op op) {
        if (op instanceof Op.Waits waits) {
            now = waits.now();
            boolean same = Objects.equals(waits.rule(), partial.put(waits.source(), waits.rule()));
            waitsSince = same ? waitsSince : now;
            weighedSince = same ? weighedSince : now;
        }
    }

    private Answer answer(String source, String id, Map<String, Object> fields) {
        String survey = (String) fields.get("survey");
        String metric = survey == null ? null : surveys.get(source + "/" + survey);
        List<Op.Contact> them = whose.found(source, fields.get("person"));
        Op.Contact contact = them.size() == 1 ? them.get(0) : null;
        return new Answer(
                source,
                id,
                survey,
                metric == null ? (String) fields.get("metric") : metric,
                (Integer) fields.get("score"),
                (String) fields.get("comment"),
                Copies.at(fields),
                (Instant) fields.get("updated"),
                Boolean.TRUE.equals(fields.get("excluded")) || awaited(source, fields),
                late(source, fields),
                whose.who(source, fields.get("person"), id),
                contact == null ? null : contact.id(),
                whose.account(them, Copies.at(fields)),
                contact == null ? null : Whose.role(contact));
    }

    private boolean late(String source, Map<String, Object> fields) {
        return Boolean.FALSE.equals(fields.get("completed")) && "after_12h".equals(partial.get(source));
    }

    /** Not completed, where that is waited for: half a day, or for ever. */
    private boolean awaited(String source, Map<String, Object> fields) {
        return late(source, fields)
                ? Copies.at(fields).plusSeconds(12 * 60 * 60).isAfter(now)
                : Boolean.FALSE.equals(fields.get("completed")) && partial.get(source) != null;
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
}
