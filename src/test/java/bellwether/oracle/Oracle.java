package bellwether.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks tool, ledger and CRM and compares them field by field. */
public final class Oracle {
    /** What the CRM held before anybody wrote to it, by object. */
    public record Before(Map<String, Map<String, JsonNode>> records) {
        private static final List<String> TYPES = List.of("Account", "Contact", "User", "Task");

        public static Before of(String crm) {
            Map<String, Map<String, JsonNode>> records = new LinkedHashMap<>();
            TYPES.forEach(type -> records.put(type, Dump.records(crm, type)));
            return new Before(records);
        }
    }

    private Oracle() {}

    /** Compares a settled state. {@code before} may be null: then changes to fields that are not ours go unseen. */
    public static Report compare(Question question, Before before) {
        Report report = new Report();
        Before now = Before.of(question.crm());
        Map<String, JsonNode> contacts = now.records().get("Contact");
        Truth truth = new Truth(question, contacts);
        truth.answers.values().forEach(given -> report.looked("tool responses " + given.status()));
        try {
            new LedgerCheck(question, truth, report).run();
            CrmCheck crm = new CrmCheck(question, truth, backfilledUntil(question), report);
            crm.responses();
            crm.contacts(contacts);
            crm.accounts(now.records().get("Account"));
            new SignalCheck(question, truth, report).run();
            if (before != null) {
                before.records()
                        .forEach((type, records) ->
                                crm.others(records, now.records().get(type)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The ledger cannot be read", e);
        }
        return report;
    }

    private static Map<String, Long> backfilledUntil(Question question) throws SQLException {
        Map<String, Long> until = new HashMap<>();
        try (Connection ledger = DriverManager.getConnection(question.ledger());
                Statement statement = ledger.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT max(window_to) FROM position WHERE scan = 'backfill' HAVING count(*) > 0")) {
            if (rows.next()) {
                until.put(question.source(), rows.getLong(1));
            }
        }
        return until;
    }

    /** {@code <tool> <crm> <jdbc ledger> <zone> <date>}: prints the report, ends with 1 if anything differs. */
    public static void main(String[] arguments) {
        Report report = compare(
                Question.of(
                        arguments[0],
                        arguments[1],
                        arguments[2],
                        ZoneId.of(arguments[3]),
                        LocalDate.parse(arguments[4])),
                null);
        System.out.println(report);
        System.exit(report.differences().isEmpty() ? 0 : 1);
    }
}
