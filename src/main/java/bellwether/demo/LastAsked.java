package bellwether.demo;

import bellwether.simulator.Company;
import bellwether.simulator.Sent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** When contacts were last asked, counted with plain loops: from the surveys that arrived, and from what the tool says of its people. */
final class LastAsked {
    private final Map<String, String> contacts = new HashMap<>();
    private final Map<String, Instant> asked = new HashMap<>();

    private LastAsked(Company company) {
        for (int i = 0; i < company.contactCount(); i++) {
            String email = company.contact(i).email().toLowerCase(Locale.ROOT);
            // Of two with one address nobody knows who was meant.
            contacts.put(
                    email,
                    contacts.containsKey(email) ? null : company.contact(i).id());
        }
    }

    /**
     * The latest instant by the contact's id.
     *
     * @param told what the tool says of its people
     * @param since before when nothing that was sent is read; {@link Instant#MIN} where all of it is
     */
    static Map<String, Instant> of(Company company, List<Sent> sent, Map<String, Instant> told, Instant since) {
        LastAsked last = new LastAsked(company);
        for (Sent one : sent) {
            if (!one.status().equals("bounced") && !one.sentAt().isBefore(since)) {
                last.take(one.email(), one.sentAt());
            }
        }
        told.forEach(last::take);
        return last.asked;
    }

    private void take(String email, Instant at) {
        String contact = email == null ? null : contacts.get(email.strip().toLowerCase(Locale.ROOT));
        if (contact != null && (!asked.containsKey(contact) || at.isAfter(asked.get(contact)))) {
            asked.put(contact, at);
        }
    }
}
