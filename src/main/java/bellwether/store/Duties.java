package bellwether.store;

import bellwether.nps.ResponseKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Owes each CRM one act for an event that it wants to be told of. */
final class Duties {
    private record Person(String remoteId, Long account) {}

    private final List<Projection> projections;

    Duties(List<Projection> projections) {
        this.projections = List.copyOf(projections);
    }

    /** Records acts of events that were not known before, inside the caller's transaction, behind the wishes they need. */
    void owe(Handle h, Collection<Event> events, long now) {
        if (events.isEmpty() || projections.isEmpty()) {
            return;
        }
        Facts facts = new Facts(h, events);
        var batch = new Batch(h, """
                INSERT INTO act (crm, act_key, kind, rule, subject_kind, subject, account, response, needs, content, idempotency,
                  status, occurred_at, created_at)
                VALUES (?, ?, 'signal', ?, ?, ?, ?, ?, ?, ?, ?, 'owed', ?, ?) ON CONFLICT (crm, act_key) DO NOTHING""");
        for (Projection projection : projections) {
            for (Event event : events) {
                Projection.Act act = projection.signal(facts.of(event, projection.crm()));
                if (act != null) {
                    batch.add(
                            projection.crm(),
                            event.key(),
                            event.rule(),
                            event.subjectKind(),
                            event.subject(),
                            facts.account(event),
                            event.response(),
                            facts.needs(event, projection.crm()),
                            act.content(),
                            act.idempotency(),
                            event.at().toEpochMilli(),
                            now);
                }
            }
        }
        batch.execute();
    }

    /** Composes what is not done yet anew: a mapping that has changed names other fields. */
    void again(Handle h) {
        List<Event> events = Events.of(h, "SELECT act_key FROM act WHERE status IN ('owed', 'rejected')");
        if (events.isEmpty()) {
            return;
        }
        Facts facts = new Facts(h, events);
        var batch = new Batch(
                h,
                "UPDATE act SET content = ?, idempotency = ? WHERE crm = ? AND act_key = ?"
                        + " AND status IN ('owed', 'rejected')");
        for (Projection projection : projections) {
            for (Event event : events) {
                Projection.Act act = projection.signal(facts.of(event, projection.crm()));
                if (act != null) {
                    batch.add(act.content(), act.idempotency(), projection.crm(), event.key());
                }
            }
        }
        batch.execute();
    }

    /** What the store knows of the subjects of some events. */
    private static final class Facts {
        private final Map<Long, Person> people = new HashMap<>();
        private final Map<Long, String> accounts = new HashMap<>();
        private final Map<Long, String> responses = new HashMap<>();
        private final Map<String, Long> targets = new HashMap<>();

        Facts(Handle h, Collection<Event> events) {
            List<Long> contacts = ids(events, e -> e.subjectKind().equals("contact") ? e.subject() : null);
            for (List<Long> some : Chunks.of(contacts, 1000)) {
                h.createQuery("SELECT id, remote_id, account FROM contact WHERE id IN (<ids>)")
                        .bindList("ids", some)
                        .map((rs, ctx) -> people.put(
                                rs.getLong("id"),
                                new Person(rs.getString("remote_id"), Rows.optionalLong(rs, "account"))))
                        .list();
            }
            for (List<Long> some : Chunks.of(ids(events, this::account), 1000)) {
                h.createQuery("SELECT id, remote_id FROM account WHERE id IN (<ids>)")
                        .bindList("ids", some)
                        .map((rs, ctx) -> accounts.put(rs.getLong("id"), rs.getString("remote_id")))
                        .list();
            }
            for (List<Long> some : Chunks.of(ids(events, Event::response), 1000)) {
                h.createQuery(
                                "SELECT r.id, s.name, r.parent, r.remote_id FROM response r JOIN source s ON s.id = r.source"
                                        + " WHERE r.id IN (<ids>)")
                        .bindList("ids", some)
                        .map((rs, ctx) -> {
                            String parent = rs.getString("parent");
                            var key = new ResponseKey(
                                    rs.getString("name"), parent.isEmpty() ? null : parent, rs.getString("remote_id"));
                            return responses.put(rs.getLong("id"), key.externalId());
                        })
                        .list();
            }
            targets(h, "response", List.copyOf(responses.keySet()));
            targets(h, "contact", contacts);
            targets(h, "account", ids(events, e -> e.subjectKind().equals("account") ? e.subject() : null));
        }

        private static List<Long> ids(Collection<Event> events, Function<Event, Long> id) {
            return events.stream().map(id).filter(Objects::nonNull).distinct().toList();
        }

        private void targets(Handle h, String kind, List<Long> subjects) {
            for (List<Long> some : Chunks.of(subjects, 1000)) {
                h.createQuery("SELECT id, crm, subject FROM target WHERE kind = :kind AND subject IN (<ids>)")
                        .bind("kind", kind)
                        .bindList("ids", some)
                        .map((rs, ctx) ->
                                targets.put(name(rs.getString("crm"), kind, rs.getLong("subject")), rs.getLong("id")))
                        .list();
            }
        }

        private static String name(String crm, String kind, long subject) {
            return crm + '\n' + kind + '\n' + subject;
        }

        Long account(Event event) {
            if (event.subjectKind().equals("account")) {
                return event.subject();
            }
            Person person = people.get(event.subject());
            return person == null ? null : person.account();
        }

        private Long response(Event event, String crm) {
            return event.response() == null ? null : targets.get(name(crm, "response", event.response()));
        }

        Long needs(Event event, String crm) {
            Long response = response(event, crm);
            return response != null ? response : targets.get(name(crm, event.subjectKind(), event.subject()));
        }

        /** A response that this CRM is not told of is not named to it either. */
        Projection.Event of(Event event, String crm) {
            Person person = event.subjectKind().equals("contact") ? people.get(event.subject()) : null;
            Long account = account(event);
            return new Projection.Event(
                    event.key(),
                    event.rule(),
                    event.kind(),
                    event.value(),
                    event.reason(),
                    person == null ? null : person.remoteId(),
                    account == null ? null : accounts.get(account),
                    response(event, crm) == null ? null : responses.get(event.response()),
                    event.at());
        }
    }
}
