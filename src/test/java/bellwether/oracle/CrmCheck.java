package bellwether.oracle;

import bellwether.oracle.Truth.Given;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the CRM's records with the truth. */
final class CrmCheck {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX");
    private static final String SYNCED = "NPS_Last_Synced__c";

    private final Question question;
    private final Truth truth;
    private final Map<String, Long> backfilledUntil;
    private final Report report;

    /** @param backfilledUntil epoch milliseconds before which a response came with the backfill, by source; empty if not known */
    CrmCheck(Question question, Truth truth, Map<String, Long> backfilledUntil, Report report) {
        this.question = question;
        this.truth = truth;
        this.backfilledUntil = backfilledUntil;
        this.report = report;
    }

    void responses() {
        Map<String, Given> expected = new HashMap<>();
        truth.answers.values().stream()
                .filter(Given::placed)
                .forEach(given -> expected.put(question.source() + ":" + given.id, given));
        Set<String> found = new HashSet<>();
        for (JsonNode record : Dump.records(question.crm(), "NPS_Response__c").values()) {
            report.looked("CRM responses");
            String key = record.path("Response_Id__c").asText(null);
            String where = "CRM response " + key;
            if (!found.add(key)) {
                report.doubled(where);
            }
            Given given = expected.get(key);
            if (given == null) {
                report.wrong(where + " belongs to nobody");
            } else {
                response(where, given, record);
            }
        }
        expected.keySet().stream()
                .filter(key -> !found.contains(key))
                .forEach(key -> report.lost("CRM response " + key));
        for (JsonNode record : Dump.lines(question.crm(), "creations/NPS_Response__c")) {
            if (record.get("created").asInt() > 1) {
                report.doubled("CRM response " + record.get("key").asText() + " was created "
                        + record.get("created").asInt() + " times");
            }
        }
        Dump.object(question.crm(), "counters").path("created").fields().forEachRemaining(type -> {
            if (!type.getKey().equals("NPS_Response__c") && !type.getKey().equals("NPS_Signal__c")) {
                report.wrong(type.getValue() + " records of " + type.getKey() + " were created");
            }
        });
    }

    private void response(String where, Given given, JsonNode record) {
        boolean scored = "NPS".equals(given.metric) && given.score != null;
        report.same(where, "Contact__c", given.contact, text(record, "Contact__c"));
        report.same(where, "Account__c", given.account, text(record, "Account__c"));
        report.same(where, "Score__c", given.score, number(record, "Score__c"));
        report.same(where, "Category__c", scored ? category(given.score) : null, text(record, "Category__c"));
        report.same(
                where, "NPS_Factor__c", given.counts() ? factor(given.score) : null, number(record, "NPS_Factor__c"));
        report.same(where, "Answered_At__c", given.created, instant(record, "Answered_At__c"));
        report.same(where, "Survey__c", given.survey, text(record, "Survey__c"));
        report.same(where, "Source__c", question.source(), text(record, "Source__c"));
        report.same(where, "Metric__c", given.metric, text(record, "Metric__c"));
        report.same(
                where, "Counted__c", given.counts(), record.path("Counted__c").asBoolean());
        report.same(where, "IsDeleted", false, record.path("IsDeleted").asBoolean());
        comment(where, "Comment__c", given.text, record);
        Long until = backfilledUntil.get(question.source());
        if (until != null) {
            report.same(
                    where,
                    "Backfilled__c",
                    given.created.toEpochMilli() < until,
                    record.path("Backfilled__c").asBoolean());
        }
    }

    void contacts(Map<String, JsonNode> contacts) {
        contacts.forEach((id, record) -> {
            report.looked("CRM contacts");
            List<Given> answers = truth.byContact.getOrDefault(id, List.of());
            String where = "CRM contact " + id;
            if (answers.isEmpty()) {
                untouched(where, record);
                return;
            }
            List<Given> counted = answers.stream().filter(Given::counts).toList();
            Given last = counted.isEmpty() ? null : counted.get(counted.size() - 1);
            Given previous = counted.size() < 2 ? null : counted.get(counted.size() - 2);
            report.same(where, "score", last == null ? null : last.score, number(record, "NPS_Score__c"));
            report.same(where, "category", last == null ? null : category(last.score), text(record, "NPS_Category__c"));
            report.same(where, "date", last == null ? null : last.created, instant(record, "NPS_Date__c"));
            comment(where, "NPS_Comment__c", last == null ? null : last.text, record);
            report.same(
                    where,
                    "previous",
                    previous == null ? null : previous.score,
                    number(record, "NPS_Previous_Score__c"));
            report.same(
                    where,
                    "change",
                    previous == null ? null : last.score - previous.score,
                    number(record, "NPS_Change__c"));
            report.same(where, "responses", last == null ? null : counted.size(), number(record, "NPS_Responses__c"));
            report.same(where, "source", last == null ? null : question.source(), text(record, "NPS_Source__c"));
            synced(where, record);
        });
    }

    void accounts(Map<String, JsonNode> accounts) {
        LocalDate[] window = Figures.windows(question.today()).get("trailing_6_months");
        accounts.forEach((id, record) -> {
            report.looked("CRM accounts");
            String where = "CRM account " + id;
            List<Given> answers = truth.byAccount.get(id);
            if (answers == null) {
                untouched(where, record);
                return;
            }
            Figures figures = Figures.of(answers, question.zone(), window[0], window[1], true);
            report.same(where, "promoters", figures.promoters, number(record, "NPS_Promoters__c"));
            report.same(where, "passives", figures.passives, number(record, "NPS_Passives__c"));
            report.same(where, "detractors", figures.detractors, number(record, "NPS_Detractors__c"));
            report.same(where, "responses", figures.n(), number(record, "NPS_Responses__c"));
            report.same(where, "NPS", figures.nps(), number(record, "NPS__c"));
            double[] interval = figures.interval();
            report.near(
                    where,
                    "interval low",
                    interval == null ? null : interval[0],
                    number(record, "NPS_Interval_Low__c"));
            report.near(
                    where,
                    "interval high",
                    interval == null ? null : interval[1],
                    number(record, "NPS_Interval_High__c"));
            report.same(where, "sample", figures.sample(), text(record, "NPS_Sample__c"));
            List<String> health = Figures.health(answers, figures, question);
            report.same(where, "health", health.get(0), text(record, "NPS_Health__c"));
            report.same(where, "health reason", health.get(1), text(record, "NPS_Health_Reason__c"));
            report.same(where, "sources", figures.n() == 0 ? null : question.source(), text(record, "NPS_Sources__c"));
            report.same(where, "window", "trailing 6 months", text(record, "NPS_Window__c"));
            synced(where, record);
        });
    }

    private void synced(String where, JsonNode record) {
        Instant at = instant(record, SYNCED);
        if (at == null) {
            report.wrong(where + " was never synced");
        }
    }

    private void untouched(String where, JsonNode record) {
        record.fieldNames().forEachRemaining(field -> {
            if (field.startsWith("NPS_")) {
                report.wrong(where + " has " + field + ", though nobody answered");
            }
        });
    }

    /** Everything but our own fields is as it was. */
    void others(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        before.forEach((id, old) -> {
            JsonNode now = after.get(id);
            if (now == null) {
                report.wrong(id + " is gone");
                return;
            }
            Set<String> fields = new HashSet<>();
            old.fieldNames().forEachRemaining(fields::add);
            now.fieldNames().forEachRemaining(fields::add);
            for (String field : fields) {
                boolean stamp = field.startsWith("LastModified") || field.equals("SystemModstamp");
                if (!field.startsWith("NPS_") && !stamp) {
                    report.same(id, field, old.get(field), now.get(field));
                }
            }
        });
    }

    private void comment(String where, String field, String said, JsonNode record) {
        String expected = said == null || said.isBlank() ? null : said;
        String kept = text(record, field);
        if (expected != null && expected.length() > 32_768) {
            report.same(where, field + " is cut", true, kept != null && expected.startsWith(kept.substring(0, 32_700)));
        } else {
            report.same(where, field, expected, kept);
        }
    }

    private static String category(int score) {
        return score >= 9 ? "Promoter" : score >= 7 ? "Passive" : "Detractor";
    }

    private static int factor(int score) {
        return score >= 9 ? 1 : score >= 7 ? 0 : -1;
    }

    private static String text(JsonNode record, String field) {
        return record.path(field).asText(null);
    }

    private static BigDecimal number(JsonNode record, String field) {
        return record.hasNonNull(field) ? new BigDecimal(record.get(field).asText()) : null;
    }

    private static Instant instant(JsonNode record, String field) {
        String text = text(record, field);
        return text == null ? null : OffsetDateTime.parse(text, TIME).toInstant();
    }
}
