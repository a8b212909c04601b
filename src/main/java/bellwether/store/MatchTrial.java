package bellwether.store;

import bellwether.match.Match;
import bellwether.match.Matcher;
import bellwether.match.Person;
import bellwether.nps.Respondent;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Whom a person would be matched to now; only reads. */
public final class MatchTrial {
    /** The id that stands for somebody whom the store does not know: no key of ours is negative. */
    private static final long NOBODY = -1;

    /**
     * What was found.
     *
     * @param contact the CRM's id of the contact, or null, as are the others
     */
    public record Found(Match match, String contact, String name, String account, String accountName) {}

    private final Store store;
    private final Matcher matcher;

    public MatchTrial(Store store, Matcher matcher) {
        this.store = store;
        this.matcher = matcher;
    }

    /** False until the directory has been read to its end once. */
    public boolean directory() {
        return store.read(Matching::complete);
    }

    /** By all keys that are declared, the person's own and whom the same person was matched to before. */
    public Found of(Respondent person) {
        return store.read(h -> {
            Person keys = known(h, person).orElse(new Person(NOBODY, person.crmId(), person.emailKey(), false));
            Match match =
                    matcher.match(List.of(keys), new Matching.Directory(h)).get(keys.respondent());
            String[] contact = named(h, "contact", match.contact());
            String[] account = named(h, "account", match.account());
            return new Found(match, contact[0], contact[1], account[0], account[1]);
        });
    }

    private static Optional<Person> known(Handle h, Respondent person) {
        return h.createQuery("""
                        SELECT p.id, p.status FROM respondent p JOIN source s ON s.id = p.source
                        WHERE s.name = :source AND p.remote_id = :id""")
                .bind("source", person.source())
                .bind("id", person.id())
                .map((rs, ctx) -> new Person(
                        rs.getLong("id"),
                        person.crmId(),
                        person.emailKey(),
                        rs.getString("status").equals("ignored")))
                .findOne();
    }

    private static String[] named(Handle h, String table, Long id) {
        if (id == null) {
            return new String[2];
        }
        String sql = table.equals("contact")
                ? "SELECT c.remote_id, n.name FROM contact c LEFT JOIN contact_name n ON n.contact = c.id WHERE c.id = :id"
                : "SELECT remote_id, name FROM account WHERE id = :id";
        return h.createQuery(sql)
                .bind("id", id)
                .map((rs, ctx) -> new String[] {rs.getString(1), rs.getString(2)})
                .one();
    }
}
