package bellwether.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What must be true: the tool's answers, each given to the contact and account that its e-mail address points at. */
final class Truth {
    private static final Set<String> UNUSABLE = Set.of(
            "SCORE_ELEVEN", "SCORE_FRACTION", "SCORE_WORD", "SCORE_TRUE", "FUTURE", "NO_CREATED", "GARBLED_CREATED");

    /** One answer of the tool and where it belongs. */
    static final class Given {
        String id;
        String person;
        String email;
        String survey;
        String metric;
        Integer score;
        String text;
        Instant created;
        Instant updated;
        boolean excluded;
        boolean duplicate;
        String contact;
        String account;
        String role;
        String status;
        String cause;

        boolean counts() {
            return mayCount() && !duplicate;
        }

        boolean mayCount() {
            return "NPS".equals(metric) && score != null && !excluded;
        }

        /** Who gave it, as far as one can tell. */
        String who() {
            return contact != null ? "contact " + contact : email != null ? "email " + email : "person " + person;
        }

        boolean placed() {
            return contact != null || account != null;
        }
    }

    /** By the tool's id. */
    final Map<String, Given> answers = new LinkedHashMap<>();
    /** Ids of rows that nobody can use. */
    final List<String> unusable = new ArrayList<>();

    final Map<String, List<Given>> byContact = new LinkedHashMap<>();
    final Map<String, List<Given>> byAccount = new LinkedHashMap<>();

    Truth(Question question, Map<String, JsonNode> contacts) {
        Map<String, List<JsonNode>> byEmail = new HashMap<>();
        for (JsonNode contact : contacts.values()) {
            String email = key(contact.path("Email").asText(null));
            if (email != null && !contact.path("IsDeleted").asBoolean()) {
                byEmail.computeIfAbsent(email, e -> new ArrayList<>()).add(contact);
            }
        }
        Map<String, String> people = new HashMap<>();
        for (JsonNode person : Dump.lines(question.tool(), "end_users")) {
            if (!person.path("deleted").asBoolean()) {
                people.put(person.get("id").asText(), key(person.path("email").asText(null)));
            }
        }
        for (JsonNode row : Dump.lines(question.tool(), "responses")) {
            Instant created = Instant.ofEpochSecond(row.get("created_unix").asLong());
            boolean asked = !created.isBefore(question.since())
                    && (question.until() == null || created.isBefore(question.until()));
            if (!asked) {
                continue;
            }
            if (UNUSABLE.contains(row.path("flaw").asText(""))) {
                unusable.add(row.get("id").asText());
                continue;
            }
            Given given = given(question, row, created);
            given.email = people.get(given.person);
            place(given, given.email == null ? List.of() : byEmail.getOrDefault(given.email, List.of()));
            answers.put(given.id, given);
            if (given.contact != null) {
                byContact.computeIfAbsent(given.contact, c -> new ArrayList<>()).add(given);
            }
            if (given.account != null) {
                byAccount.computeIfAbsent(given.account, a -> new ArrayList<>()).add(given);
            }
        }
        byAccount.values().forEach(Truth::duplicates);
        byContact
                .values()
                .forEach(all -> duplicates(
                        all.stream().filter(given -> given.account == null).toList()));
        byContact.values().forEach(all -> all.sort(Truth::byTime));
    }

    private static Given given(Question question, JsonNode row, Instant created) {
        Given given = new Given();
        given.id = row.get("id").asText();
        given.person =
                row.get("end_user_id").isNull() ? null : row.get("end_user_id").asText();
        given.survey = row.get("survey_id").asText();
        given.metric = question.metric(given.survey);
        given.score = row.get("score").isNull() ? null : row.get("score").asInt();
        given.text = row.path("text").asText(null);
        given.created = created;
        given.updated = Instant.ofEpochSecond(row.get("updated_unix").asLong());
        given.excluded = row.get("excluded_from_calculations").asBoolean();
        return given;
    }

    private static void place(Given given, List<JsonNode> found) {
        if (found.size() == 1) {
            given.status = "matched";
            given.contact = found.get(0).get("Id").asText();
            given.account = found.get(0).path("AccountId").asText(null);
            given.role = found.get(0).path("Title").asText(null);
        } else if (found.isEmpty()) {
            given.status = "waiting";
            given.cause = given.email == null ? "NO_EMAIL" : "UNKNOWN_EMAIL";
        } else {
            given.status = "ambiguous";
            String account = found.get(0).path("AccountId").asText(null);
            boolean one = account != null;
            for (JsonNode contact : found) {
                one &= account != null
                        && account.equals(contact.path("AccountId").asText(null));
            }
            given.account = one ? account : null;
            given.cause = one ? "ONE_EMAIL_TWO_CONTACTS" : "ONE_EMAIL_TWO_ACCOUNTS";
        }
    }

    /** The same person, survey and score within half an hour of an answer that was kept. */
    private static void duplicates(List<Given> answers) {
        Map<String, Instant> kept = new HashMap<>();
        List<Given> sorted = new ArrayList<>(answers);
        sorted.sort(Truth::byTime);
        for (Given given : sorted) {
            if (given.mayCount()) {
                String same = given.who() + "|" + given.survey + "|" + given.score;
                Instant first = kept.get(same);
                if (first != null && given.created.getEpochSecond() - first.getEpochSecond() <= 1800) {
                    given.duplicate = true;
                } else {
                    kept.put(same, given.created);
                }
            }
        }
    }

    /** The later answer is the greater: when given, when updated, id as text. */
    static int byTime(Given a, Given b) {
        int order = a.created.compareTo(b.created);
        order = order == 0 ? a.updated.compareTo(b.updated) : order;
        return order == 0 ? a.id.compareTo(b.id) : order;
    }

    static String key(String email) {
        return email == null || email.isBlank() ? null : email.strip().toLowerCase(Locale.ROOT);
    }
}
