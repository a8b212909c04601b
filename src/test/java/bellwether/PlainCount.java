package bellwether;

import bellwether.nps.Policy;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the simulators hold, joined and counted by loops: it shares nothing with the product but the names of policies. */
final class PlainCount {
    /** An answer of somebody the CRM knows; {@code contact} and {@code account} are their records, empty for none. */
    record Row(
            String person,
            Map<String, String> contact,
            Map<String, String> account,
            int survey,
            int score,
            Instant at,
            Instant updated,
            String id) {
        boolean churned() {
            return "true".equals(account.get("Churned__c"));
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final ZoneId zone;

    /** @param since what was answered earlier has not been read */
    PlainCount(Company company, SalesforceSimulator crm, ZoneId zone, Instant since) {
        this.zone = zone;
        Map<String, Map<String, String>> accounts = new HashMap<>();
        crm.records("Account").forEach(a -> accounts.put(a.get("Id").toString(), texts(a)));
        Map<String, List<Map<String, String>>> byEmail = new HashMap<>();
        crm.records("Contact").forEach(c -> byEmail.computeIfAbsent(
                        c.get("Email").toString().toLowerCase(Locale.ROOT), e -> new ArrayList<>())
                .add(texts(c)));
        Map<Integer, String> emails = new HashMap<>();
        for (int i = 0; i < company.endUserCount(); i++) {
            var user = company.endUser(i);
            if (!user.deleted() && user.email() != null) {
                emails.put(user.id(), user.email().toLowerCase(Locale.ROOT));
            }
        }
        for (int i = 0; i < company.responseCount(); i++) {
            var r = company.response(i);
            boolean nps = r.surveyId() == 31 || r.surveyId() == 32;
            if (!nps || r.score() == null || r.excluded() || r.created().isBefore(since)) {
                continue;
            }
            List<Map<String, String>> found = byEmail.getOrDefault(emails.getOrDefault(r.endUserId(), "?"), List.of());
            String account = found.isEmpty() ? null : found.get(0).get("AccountId");
            boolean one = found.size() == 1;
            boolean twins = found.size() == 2
                    && account != null
                    && account.equals(found.get(1).get("AccountId"));
            if (one || twins) {
                rows.add(new Row(
                        one ? found.get(0).get("Id") : emails.get(r.endUserId()),
                        one ? found.get(0) : Map.of(),
                        account == null ? Map.of() : accounts.get(account),
                        r.surveyId(),
                        r.score(),
                        r.created(),
                        r.updated(),
                        Integer.toString(r.id())));
            }
        }
        rows.sort(Comparator.comparing(Row::at).thenComparing(Row::updated).thenComparing(Row::id));
    }

    /** What counts in a window, churned accounts as well. */
    List<Row> counted(LocalDate today, String window, Policy policy) {
        LocalDate first =
                switch (window) {
                    case "trailing_90_days" -> today.minusDays(89);
                    case "trailing_6_months" -> today.minusMonths(6).plusDays(1);
                    case "this_quarter" -> LocalDate.of(today.getYear(), (today.getMonthValue() - 1) / 3 * 3 + 1, 1);
                    case "last_month" -> today.withDayOfMonth(1).minusMonths(1);
                    case "all_time" -> LocalDate.of(2000, 1, 1);
                    default -> throw new IllegalArgumentException(window);
                };
        LocalDate last = window.equals("last_month") ? today.withDayOfMonth(1).minusDays(1) : LocalDate.MAX;
        return counted(first, last, policy);
    }

    /** What counts between two local dates, both inside. */
    List<Row> counted(LocalDate first, LocalDate last, Policy policy) {
        List<Row> counted = new ArrayList<>();
        for (Row row : undoubled()) {
            LocalDate day = row.at().atZone(zone).toLocalDate();
            if (day.isBefore(first) || day.isAfter(last)) {
                continue;
            }
            if (policy == Policy.LATEST_PER_PERSON) {
                counted.removeIf(earlier -> earlier.person().equals(row.person()));
            }
            counted.add(row);
        }
        return counted;
    }

    /** Without what somebody said twice to one survey within half an hour; earliest first. */
    List<Row> undoubled() {
        List<Row> kept = new ArrayList<>();
        Map<String, Instant> last = new HashMap<>();
        for (Row row : rows) {
            String said = row.person() + "/" + row.survey() + "/" + row.score();
            Instant before = last.get(said);
            if (before == null || row.at().getEpochSecond() - before.getEpochSecond() > 1800) {
                last.put(said, row.at());
                kept.add(row);
            }
        }
        return kept;
    }

    /** A fraction of a hundredth to one decimal, half up, by whole numbers. */
    static BigDecimal tenths(long thousandfold, long whole) {
        return new BigDecimal(BigInteger.valueOf((2 * thousandfold + whole) / (2 * whole)), 1);
    }

    private static Map<String, String> texts(Map<String, Object> record) {
        Map<String, String> texts = new HashMap<>();
        record.forEach((field, value) -> texts.put(field, value == null ? null : value.toString()));
        return texts;
    }
}
