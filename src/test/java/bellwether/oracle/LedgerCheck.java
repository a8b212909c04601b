package bellwether.oracle;

import bellwether.oracle.Truth.Given;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Compares the ledger's tables with the truth. */
final class LedgerCheck {
    private final Question question;
    private final Truth truth;
    private final Report report;

    LedgerCheck(Question question, Truth truth, Report report) {
        this.question = question;
        this.truth = truth;
        this.report = report;
    }

    private interface Row {
        void see(ResultSet row) throws SQLException;
    }

    void run() throws SQLException {
        try (Connection ledger = DriverManager.getConnection(question.ledger());
                Statement statement = ledger.createStatement()) {
            responses(statement);
            versions(statement);
            deadLetters(statement);
            rollups(statement);
            owed(statement);
        }
    }

    private void responses(Statement ledger) throws SQLException {
        Map<String, Integer> times = new HashMap<>();
        each(ledger, """
                SELECT r.*, s.name AS source_name, p.remote_id AS person, p.status, p.cause, c.remote_id AS contact_id,
                  a.remote_id AS account_id, i.email_key, t.comment,
                  pc.remote_id AS person_contact, pa.remote_id AS person_account
                FROM response r JOIN source s ON s.id = r.source
                  LEFT JOIN respondent p ON p.id = r.respondent
                  LEFT JOIN respondent_identity i ON i.respondent = r.respondent
                  LEFT JOIN contact c ON c.id = r.contact LEFT JOIN account a ON a.id = r.account
                  LEFT JOIN contact pc ON pc.id = p.contact LEFT JOIN account pa ON pa.id = p.account
                  LEFT JOIN response_text t ON t.response = r.id AND t.version = r.version""", row -> {
            String id = row.getString("remote_id");
            report.looked("ledger responses");
            if (times.merge(id, 1, Integer::sum) > 1) {
                report.doubled("response " + id + " in the ledger");
            }
            Given given = truth.answers.get(id);
            if (given == null || !question.source().equals(row.getString("source_name"))) {
                report.wrong("the ledger holds response " + id + ", which the tool does not have or was not asked for");
                return;
            }
            same(row, given, "response " + id + " in the ledger");
        });
        truth.answers.keySet().stream()
                .filter(id -> !times.containsKey(id))
                .forEach(id -> report.lost("response " + id + " is not in the ledger"));
    }

    private void same(ResultSet row, Given given, String where) throws SQLException {
        Answer answer = given.answer();
        report.same(where, "survey", answer.survey(), row.getString("survey"));
        report.same(where, "score", answer.score(), row.getObject("score"));
        report.same(where, "answered_at", answer.at().toEpochMilli(), row.getLong("answered_at"));
        report.same(where, "updated_at", answer.updated().toEpochMilli(), row.getObject("updated_at"));
        report.same(where, "excluded", answer.excluded() ? 1 : 0, row.getInt("excluded"));
        report.same(where, "deleted", 0, row.getInt("deleted"));
        report.same(where, "person", given.person(), row.getString("person"));
        report.same(where, "e-mail", given.email(), row.getString("email_key"));
        report.same(where, "contact", answer.contact(), row.getString("contact_id"));
        report.same(where, "account", answer.account(), row.getString("account_id"));
        if (given.person() != null) {
            report.same(where, "person's contact", answer.contact(), row.getString("person_contact"));
            report.same(where, "person's account", answer.account(), row.getString("person_account"));
            report.same(where, "match", given.status(), row.getString("status"));
            report.same(where, "cause", given.cause(), row.getString("cause"));
        }
        if (given.placed()) {
            report.same(where, "duplicate", truth.duplicate(given) ? 1 : 0, row.getInt("duplicate"));
        }
        comment(answer.comment(), row.getString("comment"), where);
    }

    private void comment(String said, String kept, String where) {
        String expected = said == null || said.isBlank() ? null : said;
        if (expected != null && expected.length() > 32_768) {
            boolean cut = kept != null
                    && kept.length() <= 32_768
                    && kept.length() > 32_700
                    && expected.startsWith(kept.substring(0, 32_700));
            report.same(where, "long comment is cut", true, cut);
        } else {
            report.same(where, "comment", expected, kept);
        }
    }

    /** Versions count up from 1 without a gap, each differs from the one before, the last one is the response's. */
    private void versions(Statement ledger) throws SQLException {
        Map<Long, String> last = new HashMap<>();
        Map<Long, Integer> numbers = new HashMap<>();
        each(ledger, "SELECT response, version, hash FROM response_version ORDER BY response, version", row -> {
            long response = row.getLong("response");
            report.same(
                    "version of response key " + response,
                    "number",
                    numbers.merge(response, 1, Integer::sum),
                    row.getInt("version"));
            if (row.getString("hash").equals(last.put(response, row.getString("hash")))) {
                report.doubled(
                        "version " + row.getInt("version") + " of response key " + response + " says nothing new");
            }
        });
        each(ledger, "SELECT id, version, hash FROM response", row -> {
            long id = row.getLong("id");
            report.same("response key " + id, "version", numbers.get(id), row.getInt("version"));
            report.same("response key " + id, "hash", last.get(id), row.getString("hash"));
        });
    }

    private void deadLetters(Statement ledger) throws SQLException {
        Set<String> expected = new HashSet<>();
        truth.unusable.forEach(id -> expected.add("pull response:" + id));
        Set<String> found = new HashSet<>();
        each(ledger, "SELECT step, record FROM dead_letter WHERE status = 'open'", row -> {
            report.looked("dead letters");
            found.add(row.getString("step") + " " + row.getString("record"));
        });
        report.same("dead letters", "records", expected, found);
    }

    private void rollups(Statement ledger) throws SQLException {
        Law law = question.law();
        Map<String, Naive.Count> expected = new LinkedHashMap<>();
        truth.byAccount.forEach((account, naive) -> law.windows().forEach(window -> {
            LocalDate[] days = Naive.days(window, question.today(), law.fiscalMonth());
            String key = account + " " + window;
            expected.put(key + " latest_per_person", naive.count(days, question.zone(), true));
            expected.put(key + " all_responses", naive.count(days, question.zone(), false));
        }));
        Set<String> found = new HashSet<>();
        each(ledger, "SELECT a.remote_id, r.* FROM rollup r JOIN account a ON a.id = r.account", row -> {
            String key =
                    row.getString("remote_id") + " " + row.getString("window_name") + " " + row.getString("policy");
            report.looked("rollups");
            found.add(key);
            Naive.Count count = expected.get(key);
            if (count == null) {
                report.wrong("the ledger holds a rollup " + key + " that nobody answered for");
                return;
            }
            report.same("rollup " + key, "promoters", count.promoters(), row.getInt("promoters"));
            report.same("rollup " + key, "passives", count.passives(), row.getInt("passives"));
            report.same("rollup " + key, "detractors", count.detractors(), row.getInt("detractors"));
            report.same("rollup " + key, "unscored", count.unscored(), row.getInt("unscored"));
            report.same("rollup " + key, "excluded", count.excluded(), row.getInt("excluded"));
        });
        expected.keySet().stream()
                .filter(key -> !found.contains(key))
                .forEach(key -> report.wrong("the ledger holds no rollup " + key));
    }

    /** Nothing is left to be done. */
    private void owed(Statement ledger) throws SQLException {
        each(
                ledger,
                "SELECT kind, status, count(*) AS n FROM target WHERE status <> 'acknowledged' GROUP BY 1, 2",
                row -> report.wrong(
                        row.getInt("n") + " " + row.getString("kind") + " targets are " + row.getString("status")));
        each(
                ledger,
                "SELECT count(*) AS n FROM target WHERE acked_seq <> seq OR acked <> wanted",
                row -> report.same("targets", "not as acknowledged", 0, row.getInt("n")));
        each(
                ledger,
                "SELECT count(*) AS n FROM account WHERE stale <> 0",
                row -> report.same("accounts", "stale", 0, row.getInt("n")));
        each(
                ledger,
                "SELECT count(*) AS n FROM contact WHERE stale <> 0",
                row -> report.same("contacts", "stale", 0, row.getInt("n")));
    }

    private static void each(Statement ledger, String sql, Row row) throws SQLException {
        try (ResultSet rows = ledger.executeQuery(sql)) {
            while (rows.next()) {
                row.see(rows);
            }
        }
    }
}
