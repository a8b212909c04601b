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
    private static final String SURVEYED = "NPS_Last_Surveyed__c";

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
                .forEach(given -> expected.put(given.answer().key(), given));
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
        Answer answer = given.answer();
        boolean scored = "NPS".equals(answer.metric()) && answer.score() != null;
        boolean counts = truth.counts(given);
        report.same(where, "Contact__c", answer.contact(), text(record, "Contact__c"));
        report.same(where, "Account__c", answer.account(), text(record, "Account__c"));
        report.same(where, "Score__c", answer.score(), number(record, "Score__c"));
        report.same(where, "Category__c", scored ? answer.category() : null, text(record, "Category__c"));
        report.same(where, "NPS_Factor__c", counts ? answer.band() : null, number(record, "NPS_Factor__c"));
        report.same(where, "Answered_At__c", answer.at(), instant(record, "Answered_At__c"));
        report.same(where, "Survey__c", answer.survey(), text(record, "Survey__c"));
        report.same(where, "Source__c", question.source(), text(record, "Source__c"));
        report.same(where, "Metric__c", answer.metric(), text(record, "Metric__c"));
        report.same(where, "Counted__c", counts, record.path("Counted__c").asBoolean());
        report.same(where, "IsDeleted", false, record.path("IsDeleted").asBoolean());
        comment(where, "Comment__c", answer.comment(), record);
        Long until = backfilledUntil.get(question.source());
        if (until != null) {
            report.same(
                    where,
                    "Backfilled__c",
                    answer.at().toEpochMilli() < until,
                    record.path("Backfilled__c").asBoolean());
        }
    }

    void contacts(Map<String, JsonNode> contacts) {
        contacts.forEach((id, record) -> {
            report.looked("CRM contacts");
            Naive naive = truth.byContact.get(id);
            String where = "CRM contact " + id;
            Instant surveyed = truth.lastAsked.of(id);
            if (truth.lastAsked.known(id)) {
                report.same(where, "last surveyed", surveyed, instant(record, SURVEYED));
            }
            if (naive == null) {
                untouched(where, record, surveyed == null ? Set.of() : Set.of(SURVEYED, SYNCED));
                return;
            }
            List<Answer> counted = naive.counted;
            Answer last = counted.isEmpty() ? null : counted.get(counted.size() - 1);
            Answer previous = counted.size() < 2 ? null : counted.get(counted.size() - 2);
            report.same(where, "score", last == null ? null : last.score(), number(record, "NPS_Score__c"));
            report.same(where, "category", last == null ? null : last.category(), text(record, "NPS_Category__c"));
            report.same(where, "date", last == null ? null : last.at(), instant(record, "NPS_Date__c"));
            comment(where, "NPS_Comment__c", last == null ? null : last.comment(), record);
            report.same(
                    where,
                    "previous",
                    previous == null ? null : previous.score(),
                    number(record, "NPS_Previous_Score__c"));
            report.same(
                    where,
                    "change",
                    previous == null ? null : last.score() - previous.score(),
                    number(record, "NPS_Change__c"));
            report.same(where, "responses", last == null ? null : counted.size(), number(record, "NPS_Responses__c"));
            report.same(where, "source", last == null ? null : question.source(), text(record, "NPS_Source__c"));
            if (last != null || surveyed != null) {
                synced(where, record);
            }
        });
    }

    void accounts(Map<String, JsonNode> accounts) {
        LocalDate[] window = Naive.days("trailing_6_months", question.today(), 1);
        accounts.forEach((id, record) -> {
            report.looked("CRM accounts");
            String where = "CRM account " + id;
            Naive naive = truth.byAccount.get(id);
            if (naive == null) {
                untouched(where, record, Set.of());
                return;
            }
            Naive.Count figures = naive.count(window, question.zone(), true);
            report.same(where, "promoters", figures.promoters(), number(record, "NPS_Promoters__c"));
            report.same(where, "passives", figures.passives(), number(record, "NPS_Passives__c"));
            report.same(where, "detractors", figures.detractors(), number(record, "NPS_Detractors__c"));
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
            report.same(
                    where,
                    "sample",
                    figures.n() == 0 ? "No responses" : figures.n() < 5 ? "Indicative" : "Sufficient",
                    text(record, "NPS_Sample__c"));
            String[] health =
                    naive.health(figures, question.zone(), question.today()).split(": ");
            report.same(where, "health", health[0], text(record, "NPS_Health__c"));
            report.same(where, "health reason", health[1], text(record, "NPS_Health_Reason__c"));
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

    private void untouched(String where, JsonNode record, Set<String> but) {
        record.fieldNames().forEachRemaining(field -> {
            if (field.startsWith("NPS_") && !but.contains(field)) {
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
