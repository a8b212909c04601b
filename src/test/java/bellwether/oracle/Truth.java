package bellwether.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What must be true: the tool's answers, each given to the contact and account that its e-mail address points at. */
final class Truth {
    private static final Set<String> UNUSABLE = Set.of(
            "SCORE_ELEVEN", "SCORE_FRACTION", "SCORE_WORD", "SCORE_TRUE", "FUTURE", "NO_CREATED", "GARBLED_CREATED");

    /**
     * One answer of the tool and what the ledger must say of whoever gave it.
     *
     * @param status {@code matched}, {@code waiting} or {@code ambiguous}
     * @param cause why it is not matched, or null
     */
    record Given(Answer answer, String person, String email, String status, String cause) {
        boolean placed() {
            return answer.contact() != null || answer.account() != null;
        }
    }

    /** By the tool's id. */
    final Map<String, Given> answers = new LinkedHashMap<>();
    /** Ids of rows that nobody can use. */
    final List<String> unusable = new ArrayList<>();

    final LastAsked lastAsked;
    final Map<String, Naive> byContact = new LinkedHashMap<>();
    final Map<String, Naive> byAccount = new LinkedHashMap<>();
    /** Keys of answers that count for somebody. */
    private final Set<String> counted = new HashSet<>();

    Truth(Question question, Map<String, JsonNode> contacts) {
        Map<String, List<JsonNode>> byEmail = new HashMap<>();
        for (JsonNode contact : contacts.values()) {
            String email = key(contact.path("Email").asText(null));
            if (email != null && !contact.path("IsDeleted").asBoolean()) {
                byEmail.computeIfAbsent(email, e -> new ArrayList<>()).add(contact);
            }
        }
        lastAsked = new LastAsked(question.until());
        Map<String, String> people = new HashMap<>();
        for (JsonNode person : Dump.lines(question.tool(), "end_users")) {
            if (!person.path("deleted").asBoolean()) {
                String email = key(person.path("email").asText(null));
                people.put(person.get("id").asText(), email);
                lastAsked.take(person, byEmail.getOrDefault(email, List.of()));
            }
        }
        for (JsonNode row : Dump.lines(question.tool(), "responses")) {
            Instant created = Instant.ofEpochSecond(row.get("created_unix").asLong());
            boolean asked = !created.isBefore(question.since())
                    && (question.until() == null || created.isBefore(question.until()));
            if (asked && UNUSABLE.contains(row.path("flaw").asText(""))) {
                unusable.add(row.get("id").asText());
            } else if (asked) {
                String email = people.get(row.get("end_user_id").asText(null));
                answers.put(
                        row.get("id").asText(),
                        given(
                                question,
                                row,
                                email,
                                email == null ? List.of() : byEmail.getOrDefault(email, List.of())));
            }
        }
        byContact.putAll(naive(question.law(), Answer::contact));
        byAccount.putAll(naive(question.law(), Answer::account));
        byContact.values().forEach(naive -> naive.counted.forEach(answer -> counted.add(answer.key())));
        byAccount.values().forEach(naive -> naive.counted.forEach(answer -> counted.add(answer.key())));
    }

    private Map<String, Naive> naive(Law law, Function<Answer, String> whose) {
        Map<String, List<Answer>> all = new LinkedHashMap<>();
        for (Given given : answers.values()) {
            if (whose.apply(given.answer()) != null) {
                all.computeIfAbsent(whose.apply(given.answer()), id -> new ArrayList<>())
                        .add(given.answer());
            }
        }
        Map<String, Naive> naive = new LinkedHashMap<>();
        all.forEach((id, theirs) -> naive.put(id, new Naive(law, theirs)));
        return naive;
    }

    boolean counts(Given given) {
        return counted.contains(given.answer().key());
    }

    /** Whether it seems to repeat another answer. */
    boolean duplicate(Given given) {
        Answer answer = given.answer();
        return "NPS".equals(answer.metric()) && answer.score() != null && !answer.excluded() && !counts(given);
    }

    private static Given given(Question question, JsonNode row, String email, List<JsonNode> found) {
        JsonNode one = found.size() == 1 ? found.get(0) : null;
        Set<String> homes = new HashSet<>();
        found.forEach(contact -> homes.add(contact.path("AccountId").asText(null)));
        String account = homes.size() == 1 ? homes.iterator().next() : null;
        String contact = one == null ? null : one.get("Id").asText();
        String person = row.get("end_user_id").asText(null);
        String survey = row.get("survey_id").asText();
        Answer answer = new Answer(
                question.source(),
                row.get("id").asText(),
                survey,
                question.metric(survey),
                row.get("score").isNull() ? null : row.get("score").asInt(),
                row.path("text").asText(null),
                Instant.ofEpochSecond(row.get("created_unix").asLong()),
                Instant.ofEpochSecond(row.get("updated_unix").asLong()),
                row.get("excluded_from_calculations").asBoolean(),
                false,
                contact != null ? "contact " + contact : email != null ? "email " + email : "person " + person,
                contact,
                account,
                one == null ? null : question.role(one.path("Title").asText("")));
        String cause = one != null
                ? null
                : found.isEmpty()
                        ? email == null ? "NO_EMAIL" : "UNKNOWN_EMAIL"
                        : account == null ? "ONE_EMAIL_TWO_ACCOUNTS" : "ONE_EMAIL_TWO_CONTACTS";
        return new Given(
                answer, person, email, one != null ? "matched" : found.isEmpty() ? "waiting" : "ambiguous", cause);
    }

    private static String key(String email) {
        return email == null || email.isBlank() ? null : email.strip().toLowerCase(Locale.ROOT);
    }
}
