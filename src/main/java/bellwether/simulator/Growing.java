package bellwether.simulator;

import bellwether.simulator.Company.Contact;
import bellwether.simulator.Company.EndUser;
import bellwether.simulator.Company.Growth;
import bellwether.simulator.Company.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One step in the company's later life. */
final class Growing {
    private final Company company;
    private final People people;
    private final long seed;

    Growing(Company company, People people) {
        this.company = company;
        this.people = people;
        this.seed = Dice.mix(people.seed, 90, company.version() + 31L * company.responseCount());
    }

    Growth grow(Instant now, int added, int edited, int contacts) {
        List<Response> edits = new ArrayList<>();
        for (int k = 0; k < edited; k++) {
            edit(now, k, edits);
        }
        List<Response> answers = new ArrayList<>();
        Instant last = company.responseCount() == 0
                ? company.anchor()
                : Instant.ofEpochSecond(company.created(company.responseCount() - 1));
        long gap = Math.max(0, now.getEpochSecond() - last.getEpochSecond());
        for (int k = 0; k < added; k++) {
            answers.add(answer(last.plusSeconds(gap * (k + 1) / added), k));
        }
        List<Contact> arrived = new ArrayList<>();
        Set<String> known = known();
        for (int k = 0; k < contacts; k++) {
            arrive(now, known, k, arrived);
        }
        return new Growth(List.copyOf(answers), List.copyOf(edits), List.copyOf(arrived));
    }

    private Response answer(Instant at, int k) {
        int index = company.responseCount();
        int free = people.firstFree();
        int e = free + Dice.pick(seed, 91, k, people.endUsers() - free);
        boolean csat = Dice.chance(seed, 92, k, 0.1);
        int score = Answers.score(seed, k, people.accountOf(e), csat);
        Response response = new Response(
                Company.responseId(index),
                Company.endUserId(e),
                csat ? Answers.CSAT : Dice.chance(seed, 93, k, 0.7) ? Answers.NPS_WEB : Answers.NPS_MAIL,
                score,
                Comments.about(seed, index, score, csat),
                at,
                at,
                true,
                false,
                List.of(),
                "https://app.bellwether-demo.test/home",
                "203.0.113." + Dice.pick(seed, 94, k, 254),
                company.endUser(e).properties(),
                null);
        company.put(index, response);
        return response;
    }

    private void edit(Instant now, int k, List<Response> edits) {
        int size = company.responseCount();
        if (size == 0) {
            return;
        }
        int index =
                k % 2 == 0 ? size - 1 - Dice.pick(seed, 95, k, Math.max(1, size / 100)) : Dice.pick(seed, 96, k, size);
        Response old = company.response(index);
        boolean setPiece = people.setPieces
                && old.endUserId() != null
                && Company.endUserIndex(old.endUserId()) < People.SET_PIECES
                && Company.endUserIndex(old.endUserId()) >= 0;
        if (setPiece || old.flaw() != null) {
            return;
        }
        int top = old.surveyId() == Answers.CSAT ? 5 : 10;
        boolean other = old.score() == null || Dice.chance(seed, 97, k, 0.6);
        int score = old.score() == null ? top : other ? (old.score() == top ? top - 3 : old.score() + 1) : old.score();
        String text = other && old.text() != null ? old.text() : "Changed my mind: " + score + " (" + k + ")";
        Response response = new Response(
                old.id(),
                old.endUserId(),
                old.surveyId(),
                score,
                text,
                old.created(),
                now,
                true,
                old.excluded(),
                old.tags(),
                old.originUrl(),
                old.ipAddress(),
                old.properties(),
                null);
        company.put(index, response);
        edits.add(response);
    }

    private Set<String> known() {
        Set<String> emails = new HashSet<>();
        for (int i = people.contacts; i < company.contactCount(); i++) {
            emails.add(company.contact(i).email());
        }
        return emails;
    }

    /** A contact for somebody unknown who answered lately; nobody when there is no such person among the last responses. */
    private void arrive(Instant now, Set<String> known, int k, List<Contact> arrived) {
        int size = company.responseCount();
        for (int i = size - 1; i >= Math.max(0, size - 5_000); i--) {
            Response response = company.response(i);
            int e = response.endUserId() == null ? -1 : Company.endUserIndex(response.endUserId());
            if (e < people.firstFree() || e >= people.endUsers() || !people.unknown(e)) {
                continue;
            }
            EndUser user = company.endUser(e);
            if (user.email() == null
                    || user.deleted()
                    || !known.add(user.email().toLowerCase(Locale.ROOT))) {
                continue;
            }
            int index = company.contactCount();
            int account = people.accounts == 0 ? -1 : Dice.pick(seed, 98, k, people.accounts);
            Contact contact = new Contact(
                    index,
                    People.contactId(index),
                    Dice.pick(seed, 99, k, Words.FIRST),
                    Dice.pick(seed, 100, k, Words.LAST),
                    user.email().toLowerCase(Locale.ROOT),
                    "End User",
                    null,
                    account < 0 ? null : People.accountId(account),
                    People.OWNERS.get(0),
                    now);
            company.add(contact);
            arrived.add(contact);
            return;
        }
    }
}
