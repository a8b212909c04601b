package bellwether.demo;

import bellwether.simulator.SalesforceSimulator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Salesforce holds beside what it should hold.
 *
 * @param responses expected records
 * @param creations how often Salesforce created one of these, as it counted itself
 * @param signals records of what happened
 * @param lost expected records that are not there
 * @param doubled creations or records beyond the first of one response or signal
 * @param strange records that nobody expects
 * @param differences in words, each beginning with its kind of object
 */
record Comparison(
        long responses, long creations, long signals, long lost, long doubled, long strange, List<String> differences) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

    static Comparison of(Recount recount, SalesforceSimulator salesforce) {
        List<String> differences = new ArrayList<>();
        Map<String, Map<String, Object>> records = new HashMap<>();
        long doubled = 0;
        long strange = 0;
        for (Map<String, Object> record : salesforce.records("NPS_Response__c")) {
            String key = (String) record.get("Response_Id__c");
            if (records.put(key, record) != null) {
                doubled++;
            }
            if (!recount.responses().containsKey(key)) {
                strange++;
                differences.add("response " + key + " should not be there");
            }
        }
        long creations = 0;
        for (int times : salesforce.creations("NPS_Response__c").values()) {
            creations += times;
            doubled += times - 1;
        }
        long lost = 0;
        for (var expected : recount.responses().entrySet()) {
            Map<String, Object> record = records.get(expected.getKey());
            if (record == null) {
                lost++;
                differences.add("response " + expected.getKey() + " is missing");
            } else {
                compare("response " + expected.getKey(), expected.getValue(), record, differences);
            }
        }
        Map<String, Integer> signals = salesforce.creations("NPS_Signal__c");
        doubled += signals.values().stream().mapToLong(times -> times - 1).sum();
        for (String warning : recount.warnings()) {
            if (!signals.containsKey(warning)) {
                lost++;
                differences.add("signal " + warning + " is missing");
            }
        }
        fields("contact", "Contact", recount.contacts(), salesforce, differences);
        fields("account", "Account", recount.accounts(), salesforce, differences);
        return new Comparison(
                recount.responses().size(), creations, signals.size(), lost, doubled, strange, differences);
    }

    private static void fields(
            String kind,
            String object,
            Map<String, Map<String, Object>> expected,
            SalesforceSimulator salesforce,
            List<String> differences) {
        for (Map<String, Object> record : salesforce.records(object)) {
            String id = (String) record.get("Id");
            Map<String, Object> wanted = expected.get(id);
            if (wanted != null) {
                compare(kind + " " + id, wanted, record, differences);
            } else if (record.keySet().stream().anyMatch(field -> field.startsWith("NPS_"))) {
                differences.add(kind + " " + id + " has NPS fields without a reason");
            }
        }
    }

    private static void compare(
            String what, Map<String, Object> expected, Map<String, Object> record, List<String> differences) {
        expected.forEach((field, wanted) -> {
            Object is = record.get(field);
            if (!same(wanted, is)) {
                differences.add(what + ": " + field + " is " + shortly(is) + ", not " + shortly(wanted));
            }
        });
    }

    private static boolean same(Object wanted, Object is) {
        if (wanted == null || is == null) {
            return wanted == is;
        }
        if (wanted instanceof Number number) {
            return is instanceof BigDecimal decimal && decimal.compareTo(new BigDecimal(number.toString())) == 0;
        }
        if (wanted instanceof Instant instant) {
            return OffsetDateTime.parse(is.toString(), TIME).toInstant().equals(instant);
        }
        if (wanted instanceof LocalDate day) {
            return OffsetDateTime.parse(is.toString(), TIME).toLocalDate().equals(day);
        }
        if (wanted instanceof String text && text.length() > 32_000) {
            return is.toString().length() <= 32_768
                    && text.startsWith(is.toString().substring(0, 32_000));
        }
        return wanted.equals(is);
    }

    private static String shortly(Object value) {
        return value == null ? "empty" : Text.cut(value.toString(), 30);
    }

    /** How many objects of a kind hold something else than they should. */
    long differing(String kind) {
        return differences.stream()
                .filter(line -> line.startsWith(kind + " ") && line.contains(": "))
                .map(line -> line.substring(0, line.indexOf(": ")))
                .distinct()
                .count();
    }
}
