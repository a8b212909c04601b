package bellwether.store;

import bellwether.nps.Respondent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the ledger knows of a tool's people, so that the tool is asked only for those it does not know. */
public final class KnownRespondents implements bellwether.source.KnownRespondents {
    private final Store store;

    public KnownRespondents(Store store) {
        this.store = store;
    }

    @Override
    public Map<String, Respondent> known(String source, Collection<String> ids) {
        Map<String, Respondent> known = new HashMap<>();
        store.read(h -> {
            for (List<String> some : Chunks.of(ids, 1000)) {
                h.createQuery("""
                                SELECT p.remote_id, i.email, i.name, i.phone, i.external_id, i.crm_id
                                FROM respondent p JOIN source s ON s.id = p.source
                                  JOIN respondent_identity i ON i.respondent = p.id
                                WHERE s.name = :source AND p.remote_id IN (<ids>)""")
                        .bind("source", source)
                        .bindList("ids", some)
                        .map((rs, ctx) -> known.put(
                                rs.getString("remote_id"),
                                new Respondent(
                                        source,
                                        rs.getString("remote_id"),
                                        rs.getString("email"),
                                        rs.getString("name"),
                                        rs.getString("phone"),
                                        rs.getString("external_id"),
                                        rs.getString("crm_id"),
                                        Map.of(),
                                        null)))
                        .list();
            }
            return known;
        });
        return known;
    }
}
