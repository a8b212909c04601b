package bellwether.store;

import bellwether.nps.Surveyed;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** When contacts were asked and whether they may be asked again, by all that the tools' people matched to them say. */
final class Surveying {
    /** Whether anything of that is known of the respondent {@code p}. */
    private static final String KNOWN = """
            (EXISTS (SELECT 1 FROM send s WHERE s.respondent = p.id AND s.sent_at IS NOT NULL AND s.status <> 'bounced')
              OR EXISTS (SELECT 1 FROM respondent_identity i WHERE i.respondent = p.id AND (i.last_surveyed_at IS NOT NULL
                OR i.do_not_survey_until IS NOT NULL OR i.excluded_reason IS NOT NULL)))""";

    /** Whether anything of that is known of the contact {@code c}. */
    static final String OF_CONTACT = "EXISTS (SELECT 1 FROM respondent p WHERE p.contact = c.id AND " + KNOWN + ")";

    static Map<Long, Surveyed> of(Handle h, Collection<Long> contacts) {
        Map<Long, Surveyed> found = new HashMap<>();
        for (List<Long> some : Chunks.of(contacts, 1000)) {
            h.createQuery("""
                            SELECT p.contact, i.last_surveyed_at, i.do_not_survey_until, i.excluded_reason,
                              (SELECT max(s.sent_at) FROM send s WHERE s.respondent = p.id AND s.status <> 'bounced') AS sent_at
                            FROM respondent p LEFT JOIN respondent_identity i ON i.respondent = p.id
                            WHERE p.contact IN (<contacts>)""")
                    .bindList("contacts", some)
                    .map((rs, ctx) -> found.merge(
                            rs.getLong("contact"),
                            new Surveyed(
                                            Rows.optionalInstant(rs, "last_surveyed_at"),
                                            Rows.optionalInstant(rs, "do_not_survey_until"),
                                            rs.getString("excluded_reason"))
                                    .and(new Surveyed(Rows.optionalInstant(rs, "sent_at"), null, null)),
                            Surveyed::and))
                    .list();
        }
        return found;
    }

    /** Those of these respondents of whom something is known. */
    static Set<Long> known(Handle h, Collection<Long> respondents) {
        Set<Long> known = new TreeSet<>();
        for (List<Long> some : Chunks.of(respondents, 1000)) {
            known.addAll(h.createQuery("SELECT p.id FROM respondent p WHERE p.id IN (<ids>) AND " + KNOWN)
                    .bindList("ids", some)
                    .mapTo(Long.class)
                    .list());
        }
        return known;
    }

    /** Marks the contacts that these respondents are now, each where it is refreshed: with its account, or by itself. */
    static void stale(Handle h, Collection<Long> respondents) {
        Set<Long> accounts = new TreeSet<>();
        Set<Long> contacts = new TreeSet<>();
        for (List<Long> some : Chunks.of(respondents, 1000)) {
            h.createQuery("""
                            SELECT c.id, c.account, EXISTS (SELECT 1 FROM response r WHERE r.contact = c.id) AS answered,
                              EXISTS (SELECT 1 FROM response r
                                WHERE r.contact = c.id AND (r.account <> c.account OR r.account IS NULL)) AS elsewhere
                            FROM respondent p JOIN contact c ON c.id = p.contact WHERE p.id IN (<ids>)""")
                    .bindList("ids", some)
                    .map((rs, ctx) -> {
                        Long account = Rows.optionalLong(rs, "account");
                        boolean along = account != null && rs.getBoolean("answered") && !rs.getBoolean("elsewhere");
                        return along ? accounts.add(account) : contacts.add(rs.getLong("id"));
                    })
                    .list();
        }
        Stale.mark(h, accounts, contacts);
    }

    private Surveying() {}
}
