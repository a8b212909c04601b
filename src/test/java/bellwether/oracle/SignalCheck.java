package bellwether.oracle;

import bellwether.oracle.Truth.Given;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is done once: each warning and change of category that the tool's answers are a reason for is one record of the CRM, and so is
 * each event of the ledger that was not too old to act upon.
 */
final class SignalCheck {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");
    private static final Duration ACT_AGE = Duration.ofDays(7);
    /** Nobody knows to the minute when an account was refreshed. */
    private static final Duration SLACK = Duration.ofHours(1);

    private record Due(String rule, String kind, Answer answer) {}

    private final Question question;
    private final Truth truth;
    private final Report report;
    private final Map<String, JsonNode> records = new LinkedHashMap<>();
    /** Whether each event of the ledger was too old to act upon. */
    private final Map<String, Boolean> events = new HashMap<>();

    SignalCheck(Question question, Truth truth, Report report) {
        this.question = question;
        this.truth = truth;
        this.report = report;
    }

    void run() throws SQLException {
        for (JsonNode record : Dump.records(question.crm(), "NPS_Signal__c").values()) {
            if (record.path("IsDeleted").asBoolean()) {
                continue;
            }
            report.looked("CRM signals");
            String key = record.path("Signal_Id__c").asText();
            if (records.put(key, record) != null) {
                report.doubled("CRM signal " + key);
            }
        }
        for (JsonNode record : Dump.lines(question.crm(), "creations/NPS_Signal__c")) {
            if (record.get("created").asInt() > 1) {
                report.doubled("CRM signal " + record.get("key").asText() + " was created "
                        + record.get("created").asInt() + " times");
            }
        }
        ledger();
        answers();
    }

    private void ledger() throws SQLException {
        try (Connection ledger = DriverManager.getConnection(question.ledger());
                Statement statement = ledger.createStatement();
                ResultSet rows = statement.executeQuery("SELECT event_key, old FROM event")) {
            while (rows.next()) {
                events.put(rows.getString(1), rows.getInt(2) == 1);
            }
        }
        events.forEach((key, old) -> {
            report.looked(old ? "events too old to act upon" : "events acted upon");
            if (!old && !records.containsKey(key)) {
                report.lost("CRM signal " + key + ", an event of the ledger");
            }
        });
        records.keySet().forEach(key -> {
            if (events.getOrDefault(key, true)) {
                report.wrong("CRM signal " + key + " is no event, or one too old to act upon");
            }
        });
    }

    /** The same from the tool's answers alone, as far as a single answer is the reason. */
    private void answers() {
        Instant from = Instant.now().minus(ACT_AGE);
        expected().forEach((key, expected) -> {
            if (expected.answer().at().isAfter(from.plus(SLACK))) {
                report.looked("signals that answers are a reason for");
                JsonNode record = records.get(key);
                if (record == null && !events.containsKey(key)) {
                    report.lost("CRM signal " + key);
                } else if (record != null) {
                    signal("CRM signal " + key, expected, record);
                }
            } else if (expected.answer().at().isBefore(from.minus(SLACK)) && records.containsKey(key)) {
                report.wrong("CRM signal " + key + " is of an answer that is too old to act upon");
            }
        });
    }

    private void signal(String where, Due expected, JsonNode record) {
        Answer given = expected.answer();
        report.same(where, "Rule__c", expected.rule(), record.path("Rule__c").asText(null));
        report.same(where, "Kind__c", expected.kind(), record.path("Kind__c").asText(null));
        report.same(
                where, "Contact__c", given.contact(), record.path("Contact__c").asText(null));
        report.same(
                where, "Account__c", given.account(), record.path("Account__c").asText(null));
        report.same(
                where,
                "Occurred_At__c",
                given.at(),
                OffsetDateTime.parse(record.path("Occurred_At__c").asText(), TIME)
                        .toInstant());
        JsonNode response = responses().get(record.path("Response__c").asText());
        report.same(
                where,
                "Response__c",
                given.key(),
                response == null ? null : response.path("Response_Id__c").asText());
    }

    private Map<String, JsonNode> responses;

    private Map<String, JsonNode> responses() {
        if (responses == null) {
            responses = Dump.records(question.crm(), "NPS_Response__c");
        }
        return responses;
    }

    private Map<String, Due> expected() {
        Map<String, List<Answer>> people = new LinkedHashMap<>();
        truth.answers.values().stream()
                .filter(given -> given.placed() && truth.counts(given))
                .map(Given::answer)
                .sorted()
                .forEach(given -> people.computeIfAbsent(given.account() + "|" + given.who(), who -> new ArrayList<>())
                        .add(given));
        Map<String, Due> expected = new LinkedHashMap<>();
        for (List<Answer> answers : people.values()) {
            Answer before = null;
            for (Answer given : answers) {
                String rule = warning(before, given);
                if (rule != null) {
                    expected.put(rule + ":" + given.key(), new Due(rule, "Warning", given));
                }
                if (before != null && before.band() != given.band()) {
                    expected.put("category_change:" + given.key(), new Due("category_change", "Transition", given));
                }
                before = given;
            }
        }
        return expected;
    }

    private static String warning(Answer before, Answer now) {
        if (before == null) {
            return now.band() < 0 ? "first_answer_detractor" : null;
        }
        if (now.band() >= before.band()) {
            return null;
        }
        return now.band() < 0 ? "dropped_to_detractor" : "dropped_to_passive";
    }
}
