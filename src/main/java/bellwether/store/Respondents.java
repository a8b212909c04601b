package bellwether.store;

import bellwether.match.Match;
import bellwether.nps.Respondent;
import bellwether.nps.Surveyed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** The people of the tools, inside one transaction. What identifies them lies in a table of its own. */
final class Respondents {
    /** Where a respondent's responses count. */
    record Place(Long contact, Long account) {
        static final Place NOWHERE = new Place(null, null);
    }

    private final Handle h;
    private final Store store;

    Respondents(Handle h, Store store) {
        this.h = h;
        this.store = store;
    }

    /** Takes what the tool says of these people; returns our keys of those that are new or (may) differ, by the tool's id. */
    Map<String, Long> accept(long source, List<Respondent> people, long now) {
        Map<String, Respondent> copies = new LinkedHashMap<>();
        people.forEach(p -> copies.put(p.id(), p));
        if (copies.isEmpty()) {
            return new HashMap<>();
        }
        Map<String, Long> ids = ids(source, copies.keySet(), now);
        Map<String, Long> changed = new HashMap<>();
        var upsert = new Batch(h, """
                INSERT INTO respondent_identity (respondent, email, email_key, name, phone, external_id, crm_id)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (respondent) DO UPDATE SET email = excluded.email, email_key = excluded.email_key, name = excluded.name,
                  phone = excluded.phone, external_id = excluded.external_id, crm_id = excluded.crm_id
                WHERE coalesce(respondent_identity.email, '') <> coalesce(excluded.email, '')
                  OR coalesce(respondent_identity.name, '') <> coalesce(excluded.name, '')
                  OR coalesce(respondent_identity.phone, '') <> coalesce(excluded.phone, '')
                  OR coalesce(respondent_identity.external_id, '') <> coalesce(excluded.external_id, '')
                  OR coalesce(respondent_identity.crm_id, '') <> coalesce(excluded.crm_id, '')""");
        List<String> order = new ArrayList<>(copies.keySet());
        for (String id : order) {
            Respondent p = copies.get(id);
            upsert.add(ids.get(id), p.email(), p.emailKey(), p.name(), p.phone(), p.externalId(), p.crmId());
        }
        int[] counts = upsert.execute();
        for (int i = 0; i < counts.length; i++) {
            if (Rows.written(counts[i])) {
                changed.put(order.get(i), ids.get(order.get(i)));
            }
        }
        return changed;
    }

    /**
     * Takes what the tool says of when these people were asked. The latest instant at which one was is never replaced by an earlier one.
     * Returns our keys of those of whom that changed something.
     */
    Set<Long> surveyed(long source, List<Respondent> people, long now) {
        Map<String, Surveyed> said = new LinkedHashMap<>();
        people.stream().filter(p -> p.surveyed() != null).forEach(p -> said.put(p.id(), p.surveyed()));
        if (said.isEmpty()) {
            return Set.of();
        }
        Map<String, Long> ids = ids(source, said.keySet(), now);
        var update = new Batch(h, """
                UPDATE respondent_identity SET last_surveyed_at = CASE WHEN coalesce(last_surveyed_at, 0) < CAST(? AS BIGINT)
                    THEN CAST(? AS BIGINT) ELSE last_surveyed_at END, do_not_survey_until = CAST(? AS BIGINT), excluded_reason = ?
                WHERE respondent = ? AND (coalesce(last_surveyed_at, 0) < coalesce(CAST(? AS BIGINT), 0)
                  OR coalesce(do_not_survey_until, 0) <> coalesce(CAST(? AS BIGINT), 0)
                  OR coalesce(excluded_reason, '') <> coalesce(?, ''))""");
        List<Long> order = new ArrayList<>();
        said.forEach((id, one) -> {
            Long last = Rows.millis(one.lastAt());
            Long until = Rows.millis(one.notUntil());
            update.add(last, last, until, one.excludedReason(), ids.get(id), last, until, one.excludedReason());
            order.add(ids.get(id));
        });
        int[] counts = update.execute();
        Set<Long> changed = new TreeSet<>();
        for (int i = 0; i < counts.length; i++) {
            if (Rows.written(counts[i])) {
                changed.add(order.get(i));
            }
        }
        return changed;
    }

    /** Our keys by the tool's ids; whoever is not known yet is added, waiting. */
    Map<String, Long> ids(long source, Collection<String> remoteIds, long now) {
        Map<String, Long> ids = new HashMap<>();
        for (List<String> some : Chunks.of(remoteIds, 1000)) {
            h.createQuery("SELECT id, remote_id FROM respondent WHERE source = :source AND remote_id IN (<ids>)")
                    .bind("source", source)
                    .bindList("ids", some)
                    .map((rs, ctx) -> ids.put(rs.getString("remote_id"), rs.getLong("id")))
                    .list();
        }
        List<String> added =
                remoteIds.stream().filter(id -> !ids.containsKey(id)).distinct().toList();
        if (!added.isEmpty()) {
            long[] keys = store.allocate(h, "respondent", added.size());
            var insert = new Batch(
                    h, "INSERT INTO respondent (id, source, remote_id, status, cause) VALUES (?, ?, ?, 'waiting', ?)");
            String cause = Matching.complete(h) ? Match.NO_EMAIL : Match.DIRECTORY_NOT_READ;
            for (int i = 0; i < keys.length; i++) {
                insert.add(keys[i], source, added.get(i), cause);
                ids.put(added.get(i), keys[i]);
            }
            insert.execute();
        }
        return ids;
    }

    Map<Long, Place> places(Collection<Long> respondents) {
        Map<Long, Place> places = new HashMap<>();
        for (List<Long> some : Chunks.of(respondents, 1000)) {
            h.createQuery("SELECT id, contact, account FROM respondent WHERE id IN (<ids>)")
                    .bindList("ids", some)
                    .map((rs, ctx) -> places.put(
                            rs.getLong("id"),
                            new Place(Rows.optionalLong(rs, "contact"), Rows.optionalLong(rs, "account"))))
                    .list();
        }
        return places;
    }
}
