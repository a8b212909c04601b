package bellwether.oracle;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is to be compared, and the settings that decide what is right.
 *
 * @param tool base address of the simulated survey tool
 * @param crm base address of the simulated CRM
 * @param ledger JDBC address of the ledger
 * @param began local date of the first run: the backfill reaches six calendar months back from it
 * @param today local date at which accounts were refreshed last
 * @param until responses from here on may be missing; null for none
 * @param sponsors lower-case roles of sponsors
 * @param keyContacts lower-case roles of key contacts
 */
public record Question(
        String tool,
        String crm,
        String ledger,
        String source,
        ZoneId zone,
        LocalDate began,
        LocalDate today,
        Instant until,
        Set<String> npsSurveys,
        Set<String> csatSurveys,
        Set<String> sponsors,
        Set<String> keyContacts) {
    private static final List<String> WINDOWS =
            List.of("trailing_6_months", "this_month", "last_month", "this_quarter", "last_quarter");

    /** As the shipped configuration has it, with surveys 31 and 32 asking the NPS question and 77 another one. */
    public static Question of(String tool, String crm, String ledger, ZoneId zone, LocalDate today) {
        return new Question(
                tool,
                crm,
                ledger,
                "wootric",
                zone,
                today,
                today,
                null,
                Set.of("31", "32"),
                Set.of("77"),
                Set.of("sponsor", "executive sponsor"),
                Set.of("key contact"));
    }

    public Question until(Instant end) {
        return new Question(
                tool, crm, ledger, source, zone, began, today, end, npsSurveys, csatSurveys, sponsors, keyContacts);
    }

    Instant since() {
        return began.minusMonths(6).atStartOfDay(zone).toInstant();
    }

    /** NPS, CSAT, or null for a survey nobody declared. */
    String metric(String survey) {
        return npsSurveys.contains(survey) ? "NPS" : csatSurveys.contains(survey) ? "CSAT" : null;
    }

    /** Sponsor, key contact, or null. */
    String role(String title) {
        String plain = title.strip().toLowerCase(Locale.ROOT);
        return sponsors.contains(plain) ? "sponsor" : keyContacts.contains(plain) ? "key contact" : null;
    }

    /** The shipped rules. */
    Law law() {
        return new Law(zone, WINDOWS, true, 30, 0, 180, 30, false, false, 1, Map.of(), Map.of(), List.of());
    }
}
