package bellwether.store;

import bellwether.nps.AcceptPartial;
import bellwether.nps.Metric;
import bellwether.nps.Response;
import bellwether.nps.ResponseKey;
import bellwether.nps.Send;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts what a tool delivered: one transaction for responses, their matches, sends, the accounts made stale and the position. */
public final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final String RESPONSE = "response:";

    private final Store store;
    private final Clock clock;
    private final Matching matching;
    private final Placement placement;
    private final Responses responses;
    private final Map<String, AcceptPartial> acceptPartial;
    private final Map<String, Surveys> declared = new ConcurrentHashMap<>();

    Inbox(
            Store store,
            Clock clock,
            Matching matching,
            Placement placement,
            Responses responses,
            Map<String, AcceptPartial> acceptPartial) {
        this.store = store;
        this.clock = clock;
        this.matching = matching;
        this.placement = placement;
        this.responses = responses;
        this.acceptPartial = Map.copyOf(acceptPartial);
    }

    /** How many responses were new, changed (those deleted in the tool too), as known before, and set aside. */
    public record Receipt(int added, int changed, int unchanged, int setAside) {}

    void declare(String source, Surveys surveys) {
        declared.put(source, surveys);
    }

    /** Accepts a delivery. A copy that is known already changes nothing, so a delivery may come again. */
    public Receipt accept(Delivery delivery) {
        Instant now = clock.instant();
        LOG.debug(
                "{}: accepting {} responses, {} people",
                delivery.connection(),
                delivery.responses().size(),
                delivery.respondents().size());
        Receipt receipt = store.write(h -> new Acceptance(h, delivery, now).receipt());
        LOG.debug("{}: accepted {}", delivery.connection(), receipt);
        return receipt;
    }

    /**
     * Takes the tool's word that responses were deleted there: they stay in the ledger and no longer count.
     *
     * @param ids the tool's own
     */
    public void gone(String source, Collection<String> ids) {
        store.change(h -> {
            List<Long> keys = h.createQuery(
                            "SELECT r.id FROM response r JOIN source s ON s.id = r.source WHERE s.name = :source AND r.remote_id IN (<ids>)")
                    .bind("source", source)
                    .bindList("ids", List.copyOf(ids))
                    .mapTo(Long.class)
                    .list();
            if (!keys.isEmpty()) {
                Absences.remove(h, responses, keys, clock.millis());
            }
        });
    }

    /** One delivery being accepted. */
    private final class Acceptance {
        private final Handle h;
        private final Delivery delivery;
        private final Instant at;
        private final long now;
        private final long source;
        private final List<DeadLetters.Letter> letters;

        Acceptance(Handle h, Delivery delivery, Instant at) {
            this.h = h;
            this.delivery = delivery;
            this.at = at;
            this.now = at.toEpochMilli();
            Matching.hold(h, store);
            Runs.own(h, delivery.connection(), delivery.run());
            this.source = Sources.id(h, delivery.source());
            this.letters = new ArrayList<>(delivery.letters());
        }

        Receipt receipt() {
            Map<String, Long> changedPeople = new Respondents(h, store).accept(source, delivery.respondents(), now);
            Set<Long> surveyed = new Respondents(h, store).surveyed(source, delivery.respondents(), now);
            Map<String, Long> respondents = new HashMap<>(changedPeople);
            Map<ResponseKey, Response> copies = usable();
            Map<ResponseKey, Stored> stored = stored(copies);
            parts(copies, stored);
            Stream<String> asked = delivery.sends().stream().map(Send::respondent);
            respondents.putAll(new Respondents(h, store)
                    .ids(source, missing(Stream.concat(answered(copies.values()), asked), respondents), now));
            // Whoever is new or has changed is matched first, so that what they answer now is placed as it comes in.
            matching.rematch(h, changedPeople.values(), now);
            List<String> uncovered = Sources.seen(h, source, copies.values(), others(), now);
            if (!uncovered.isEmpty()) {
                LOG.warn(
                        "{}: survey {} is in none of nps_surveys, csat_surveys and ces_surveys: its responses are stored and not"
                                + " counted. Name it in the connection's settings",
                        delivery.connection(),
                        String.join(", ", uncovered));
            }

            List<Response> added = new ArrayList<>();
            Map<Long, Response> changed = new LinkedHashMap<>();
            int unchanged = 0;
            Map<ResponseKey, String> hashes = new HashMap<>();
            for (Response copy : copies.values()) {
                Stored before = stored.get(copy.key());
                String hash = copy.contentHash();
                hashes.put(copy.key(), hash);
                if (before == null) {
                    added.add(copy);
                } else if (before.hash().equals(hash) && !before.deleted()) {
                    unchanged++;
                } else {
                    changed.put(before.id(), copy);
                }
            }
            Map<Long, Response> merged = merge(changed);
            // A copy that does not say who answered leaves what is known.
            respondents.putAll(
                    new Respondents(h, store).ids(source, missing(answered(merged.values()), respondents), now));
            unchanged += changed.size() - merged.size();
            Set<Long> touched = new TreeSet<>();
            touched.addAll(add(added, respondents, hashes));
            touched.addAll(change(merged, respondents));
            placement.place(h, touched);
            Stale.responses(h, touched);
            responses.owe(h, touched, now);
            Silence.note(h, source, copies.values(), now)
                    .forEach(survey -> LOG.warn(
                            "{}: survey {} gives answers and no scores. Compare the line 'score' of the tool's file with what the"
                                    + " survey asks, or name its question in the connection's settings",
                            delivery.connection(),
                            survey));
            Absences.met(h, stored.values().stream().map(Stored::id).toList());
            int removed = removed(stored.values());
            Set<Long> told = new TreeSet<>(surveyed);
            told.addAll(Sends.accept(h, source, delivery.sends(), respondents, now));
            Surveying.stale(h, told);
            letters.forEach(letter -> DeadLetters.keep(h, letter, now));
            DeadLetters.resolvedRecords(
                    h,
                    delivery.connection(),
                    List.of("pull", "webhook"),
                    copies.keySet().stream().map(Inbox::record).toList());
            delivery.positions().forEach(p -> Positions.write(h, p, now));
            var receipt = new Receipt(added.size(), merged.size() + removed, unchanged, letters.size());
            Runs.count(h, delivery.connection(), delivery.run(), copies.size(), receipt);
            return receipt;
        }

        private static Stream<String> answered(Collection<Response> copies) {
            return copies.stream().map(Response::respondent);
        }

        /** Who is not among those known here; a copy may leave out who it was. */
        private static Set<String> missing(Stream<String> people, Map<String, Long> known) {
            return people.filter(r -> r != null && !known.containsKey(r)).collect(Collectors.toSet());
        }

        private Metric others() {
            return declared.getOrDefault(delivery.source(), Surveys.NONE).others();
        }

        /** The last copy of each response, unless its date is none. */
        private Map<ResponseKey, Response> usable() {
            Map<ResponseKey, Response> copies = new LinkedHashMap<>();
            for (Response copy : delivery.responses()) {
                if (copy.answeredAt() == null || copy.problem(at) == null) {
                    copies.merge(copy.key(), copy, Response::merge);
                } else {
                    setAside(copy);
                }
            }
            return copies;
        }

        /** A copy without a date is part of a response that is known, or of none. */
        private void parts(Map<ResponseKey, Response> copies, Map<ResponseKey, Stored> stored) {
            if (delivery.responses().stream().allMatch(copy -> copy.answeredAt() != null)) {
                return;
            }
            List<Response> dateless = copies.values().stream()
                    .filter(copy -> copy.answeredAt() == null)
                    .toList();
            List<Long> ids = dateless.stream()
                    .map(copy -> stored.get(copy.key()))
                    .filter(Objects::nonNull)
                    .map(Stored::id)
                    .toList();
            Map<Long, Versions.Known> known = ids.isEmpty() ? Map.of() : Versions.current(h, delivery.source(), ids);
            for (Response copy : dateless) {
                Stored one = stored.get(copy.key());
                if (one == null
                        || Response.merge(known.get(one.id()).response(), copy).answeredAt() == null) {
                    copies.remove(copy.key());
                    setAside(copy);
                }
            }
            Set<String> used = copies.keySet().stream().map(Inbox::record).collect(Collectors.toSet());
            letters.removeIf(letter -> used.contains(letter.record()));
        }

        /** Unless whoever read it has done so, with the record as it came. */
        private void setAside(Response copy) {
            if (letters.stream().anyMatch(letter -> letter.record().equals(record(copy.key())))) {
                return;
            }
            var problem = copy.problem(at);
            letters.add(new DeadLetters.Letter(
                    delivery.connection(),
                    "pull",
                    record(copy.key()),
                    problem.code(),
                    problem.message(),
                    problem.advice(),
                    null,
                    null));
        }

        private record Stored(long id, String hash, boolean deleted) {}

        private Map<ResponseKey, Stored> stored(Map<ResponseKey, Response> copies) {
            Map<ResponseKey, Stored> found = new HashMap<>();
            List<String> ids =
                    copies.keySet().stream().map(ResponseKey::id).distinct().toList();
            for (List<String> some : Chunks.of(ids, 1000)) {
                h.createQuery(
                                "SELECT id, parent, remote_id, hash, deleted FROM response WHERE source = :source AND remote_id IN (<ids>)"
                                        + " AND parent IN (<parents>)")
                        .bind("source", source)
                        .bindList("ids", some)
                        .bindList(
                                "parents",
                                copies.keySet().stream()
                                        .map(k -> parent(k))
                                        .distinct()
                                        .toList())
                        .map((rs, ctx) -> {
                            String parent = rs.getString("parent");
                            return found.put(
                                    new ResponseKey(
                                            delivery.source(),
                                            parent.isEmpty() ? null : parent,
                                            rs.getString("remote_id")),
                                    new Stored(rs.getLong("id"), rs.getString("hash"), rs.getInt("deleted") == 1));
                        })
                        .list();
            }
            return found;
        }

        /** Merges copies into what is known; those that turn out equal are dropped. */
        private Map<Long, Response> merge(Map<Long, Response> changed) {
            Map<Long, Response> merged = new LinkedHashMap<>();
            if (changed.isEmpty()) {
                return merged;
            }
            Map<Long, Versions.Known> known = Versions.current(h, delivery.source(), changed.keySet());
            changed.forEach((id, copy) -> {
                Response result = Response.merge(known.get(id).response(), copy);
                if (known.get(id).deleted()
                        || !result.contentHash().equals(known.get(id).hash())) {
                    merged.put(id, result);
                }
            });
            return merged;
        }

        private List<Long> add(List<Response> added, Map<String, Long> respondents, Map<ResponseKey, String> hashes) {
            if (added.isEmpty()) {
                return List.of();
            }
            long[] ids = store.allocate(h, "response", added.size());
            var insert = new Batch(h, """
                    INSERT INTO response (id, source, parent, remote_id, version, hash, received_at, backfilled, survey, metric,
                      respondent, score, answered_at, updated_at, excluded, partial, awaited, contact, account, date_only)
                    VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
            Map<Long, Respondents.Place> places = new Respondents(h, store).places(respondents.values());
            var versions = new Versions(h);
            List<Long> keys = new ArrayList<>();
            for (int i = 0; i < ids.length; i++) {
                Response r = added.get(i);
                Long respondent = r.respondent() == null ? null : respondents.get(r.respondent());
                var place = respondent == null ? Respondents.Place.NOWHERE : places.get(respondent);
                String hash = hashes.get(r.key());
                insert.add(
                        ids[i],
                        source,
                        parent(r.key()),
                        r.key().id(),
                        hash,
                        now,
                        delivery.backfill() ? 1 : 0,
                        r.survey(),
                        r.metric() == null ? null : r.metric().name(),
                        respondent,
                        r.score(),
                        r.answeredAt().toEpochMilli(),
                        Rows.millis(r.updatedAt()),
                        r.excluded() ? 1 : 0,
                        r.partial() ? 1 : 0,
                        awaited(r) ? 1 : 0,
                        place.contact(),
                        place.account(),
                        r.dateOnly() ? 1 : 0);
                versions.add(ids[i], 1, hash, respondent, r, false, now);
                keys.add(ids[i]);
            }
            insert.execute();
            versions.execute();
            return keys;
        }

        private Set<Long> change(Map<Long, Response> merged, Map<String, Long> respondents) {
            if (merged.isEmpty()) {
                return Set.of();
            }
            Stale.responses(h, merged.keySet());
            Map<Long, Versions.Known> known = Versions.current(h, delivery.source(), merged.keySet());
            Map<Long, Respondents.Place> places = new Respondents(h, store).places(respondents.values());
            var update = new Batch(h, """
                    UPDATE response SET version = ?, hash = ?, survey = ?, metric = ?, respondent = ?, score = ?, answered_at = ?,
                      updated_at = ?, excluded = ?, partial = ?, awaited = ?, deleted = 0, contact = ?, account = ?, date_only = ? WHERE id = ?""");
            var versions = new Versions(h);
            var former = new Batch(
                    h, "INSERT INTO former_respondent (respondent, response) VALUES (?, ?) ON CONFLICT DO NOTHING");
            merged.forEach((id, r) -> {
                int version = known.get(id).version() + 1;
                String hash = r.contentHash();
                Long respondent = r.respondent() == null ? null : respondents.get(r.respondent());
                Long before = known.get(id).respondent();
                if (before != null && !before.equals(respondent)) {
                    former.add(before, id);
                }
                var place = respondent == null ? Respondents.Place.NOWHERE : places.get(respondent);
                update.add(
                        version,
                        hash,
                        r.survey(),
                        r.metric() == null ? null : r.metric().name(),
                        respondent,
                        r.score(),
                        r.answeredAt().toEpochMilli(),
                        Rows.millis(r.updatedAt()),
                        r.excluded() ? 1 : 0,
                        r.partial() ? 1 : 0,
                        awaited(r) ? 1 : 0,
                        place.contact(),
                        place.account(),
                        r.dateOnly() ? 1 : 0,
                        id);
                versions.add(id, version, hash, respondent, r, false, now);
            });
            update.execute();
            versions.execute();
            former.execute();
            return merged.keySet();
        }

        /** As the next refresh will say, lest a CRM be told first that it counts. */
        private boolean awaited(Response r) {
            return r.partial()
                    && !acceptPartial
                            .getOrDefault(delivery.source(), AcceptPartial.SCORE_ONLY)
                            .counts(r.answeredAt(), at);
        }

        /** What a complete read of the tool did not bring twice is deleted there. Returns how many. */
        private int removed(Collection<Stored> known) {
            if (delivery.readings().isEmpty()) {
                return 0;
            }
            Set<Long> met = new TreeSet<>(setAside());
            known.forEach(one -> met.add(one.id()));
            Set<Long> gone = new TreeSet<>();
            var absences = new Absences(h, delivery.connection(), source, now);
            delivery.readings().forEach(part -> gone.addAll(absences.judge(part, met)));
            if (!gone.isEmpty()) {
                Absences.remove(h, responses, gone, now);
            }
            return gone.size();
        }

        /** Responses known before whose record cannot be used this time: they are there all the same. */
        private List<Long> setAside() {
            List<String> ids = letters.stream()
                    .map(DeadLetters.Letter::record)
                    .filter(record -> record.startsWith(RESPONSE))
                    .map(record -> record.substring(RESPONSE.length()))
                    .toList();
            List<Long> keys = new ArrayList<>();
            for (List<String> some : Chunks.of(ids, 1000)) {
                keys.addAll(h.createQuery("""
                                SELECT id FROM response WHERE source = :source
                                  AND (remote_id IN (<ids>) OR (parent <> '' AND parent || ':' || remote_id IN (<ids>)))""")
                        .bind("source", source)
                        .bindList("ids", some)
                        .mapTo(Long.class)
                        .list());
            }
            return keys;
        }
    }

    private static String parent(ResponseKey key) {
        return key.parent() == null ? "" : key.parent();
    }

    private static String record(ResponseKey key) {
        return RESPONSE + (key.parent() == null ? "" : key.parent() + ":") + key.id();
    }
}
