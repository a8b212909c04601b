package bellwether.demo;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An account's NPS fields in the CRM, before and after. */
final class FieldTable {
    private static final List<List<String>> LINES = List.of(
            List.of("NPS__c", "NPS_Promoters__c"),
            List.of("NPS_Interval_Low__c", "NPS_Passives__c"),
            List.of("NPS_Interval_High__c", "NPS_Detractors__c"),
            List.of("NPS_Sample__c"),
            List.of("NPS_Health__c"));
    private static final String REASON = "NPS_Health_Reason__c";
    private static final int SECOND_COLUMN = 38;

    static void print(Map<String, Object> before, Map<String, Object> after, PrintWriter out) {
        String first = "Salesforce";
        for (List<String> line : LINES) {
            StringBuilder text =
                    new StringBuilder(String.format("%-20s %s", line.get(0), change(line.get(0), before, after)));
            if (line.size() > 1) {
                text.append(" ".repeat(Math.max(1, SECOND_COLUMN - text.length())));
                text.append(String.format("%-17s %s", line.get(1), change(line.get(1), before, after)));
            }
            out.printf("  %-12s %s%n", first, text);
            first = "";
        }
        out.printf("  %-12s %-20s %s%n", first, REASON, shown(after.get(REASON)));
    }

    private static String change(String name, Map<String, Object> before, Map<String, Object> after) {
        Object was = before.get(name);
        Object is = after.get(name);
        return Objects.equals(was, is) ? shown(is) : shown(was) + " → " + shown(is);
    }

    private static String shown(Object value) {
        return value == null ? "—" : value.toString();
    }

    private FieldTable() {}
}
