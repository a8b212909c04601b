package bellwether.demo;

import bellwether.simulator.Company;
import bellwether.simulator.Company.Contact;
import bellwether.simulator.Told;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Salesforce should hold, counted from the company itself with plain loops that share nothing with the daemon: fields by record,
 * a null for a field that should be empty.
 *
 * @param responses by external id
 * @param contacts by id
 * @param accounts by id
 * @param warnings keys of the warnings that answers of the last seven days are a reason for
 */
record Recount(
        Map<String, Map<String, Object>> responses,
        Map<String, Map<String, Object>> contacts,
        Map<String, Map<String, Object>> accounts,
        Set<String> warnings) {
    private static final long HALF_AN_HOUR = 30 * 60;
    private static final List<String> ROLES = List.of("sponsor", "executive sponsor", "key contact");

    /** An answer that has found an account or a contact. */
    private record Found(Told response, String key, String contact, String account, String person, String role) {
        boolean scored() {
            return response.nps() && response.score() != null && !response.excluded();
        }

        /** Of an answer whose day alone is told nobody knows the time. */
        Object when() {
            return response.day() ? response.answered().atZone(ZoneOffset.UTC).toLocalDate() : response.answered();
        }

        int band() {
            return response.score() >= 9 ? 1 : response.score() >= 7 ? 0 : -1;
        }
    }

    /** @param tool the survey tool, and the connection that reads it */
    static Recount of(SurveyTool tool, Company company, Instant now) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        Instant since = today.minusMonths(6).atStartOfDay(ZoneOffset.UTC).toInstant();
        List<Told> told = tool.simulator.told();
        String source = tool.name;
        List<Found> found = found(told, source, company, since, now);
        Map<String, Map<String, Object>> responses = new TreeMap<>();
        Map<String, List<Found>> byContact = new TreeMap<>();
        Map<String, List<Found>> byAccount = new TreeMap<>();
        for (Found one : found) {
            if (one.contact() != null) {
                byContact.computeIfAbsent(one.contact(), c -> new ArrayList<>()).add(one);
            }
            if (one.account() != null) {
                byAccount.computeIfAbsent(one.account(), a -> new ArrayList<>()).add(one);
            }
        }
        Map<String, Boolean> repeats = new HashMap<>();
        byAccount.values().forEach(some -> repeats(some, repeats));
        byContact.values().forEach(some -> repeats(some, repeats));
        for (Found one : found) {
            responses.put(one.key(), response(one, repeats));
        }
        Map<String, Map<String, Object>> contacts = new TreeMap<>();
        byContact.forEach((id, some) -> contacts.put(id, contact(counting(some, repeats))));
        // A file of those who were asked is read whole.
        Instant from = tool.listsSends() ? since : Instant.MIN;
        LastAsked.of(company, tool.simulator.sent(), tool.simulator.lastSurveyed(), from)
                .forEach((id, at) ->
                        contacts.computeIfAbsent(id, c -> contact(List.of())).put("NPS_Last_Surveyed__c", at));
        Map<String, Map<String, Object>> accounts = new TreeMap<>();
        byAccount.forEach((id, some) -> accounts.put(id, account(counting(some, repeats), today)));
        Set<String> warnings = new TreeSet<>();
        // Nobody knows to the minute when an account was counted: what lies at the limit is left out.
        Instant recent = now.minus(Duration.ofDays(7)).plus(Duration.ofHours(1));
        byAccount.values().forEach(some -> warnings(counting(some, repeats), recent, warnings));
        byContact
                .values()
                .forEach(some -> warnings(
                        counting(some, repeats).stream()
                                .filter(one -> one.account() == null)
                                .toList(),
                        recent,
                        warnings));
        return new Recount(responses, contacts, accounts, warnings);
    }

    private static void warnings(List<Found> counting, Instant since, Set<String> warnings) {
        Map<String, Found> latest = new HashMap<>();
        for (Found one : counting) {
            Found last = latest.put(one.person(), one);
            boolean warns = last == null ? one.band() < 0 : one.band() < last.band();
            if (warns && one.response().answered().isAfter(since)) {
                String rule = last == null
                        ? "first_answer_detractor"
                        : one.band() < 0 ? "dropped_to_detractor" : "dropped_to_passive";
                warnings.add(rule + ":" + one.key());
            }
        }
    }

    private static List<Found> found(List<Told> told, String source, Company company, Instant since, Instant now) {
        Map<String, List<Contact>> byEmail = new HashMap<>();
        for (int i = 0; i < company.contactCount(); i++) {
            Contact contact = company.contact(i);
            byEmail.computeIfAbsent(contact.email().toLowerCase(Locale.ROOT), e -> new ArrayList<>())
                    .add(contact);
        }
        List<Found> found = new ArrayList<>();
        for (Told response : told) {
            boolean early = response.listed() != null && response.listed().isBefore(since);
            // A day without a time is its noon, and read when that has come.
            boolean ahead = response.day() && response.answered().isAfter(now);
            if (!response.usable() || early || ahead) {
                continue;
            }
            String key = source + ":" + response.key();
            String email =
                    response.email() == null ? "" : response.email().strip().toLowerCase(Locale.ROOT);
            List<Contact> contacts = byEmail.getOrDefault(email, List.of());
            if (contacts.size() == 1) {
                Contact one = contacts.get(0);
                found.add(new Found(response, key, one.id(), one.accountId(), one.id(), one.title()));
            } else if (contacts.size() > 1) {
                String account = contacts.get(0).accountId();
                boolean shared = account != null && contacts.stream().allMatch(c -> account.equals(c.accountId()));
                if (shared) {
                    found.add(new Found(response, key, null, account, email, null));
                }
            }
        }
        found.sort(Comparator.comparing((Found one) -> one.response().answered())
                .thenComparing(one -> one.response().updated(), Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Found::key));
        return found;
    }

    /** Marks what repeats an answer of the same person, survey and score that came within half an hour before. */
    private static void repeats(List<Found> some, Map<String, Boolean> repeats) {
        Map<String, Instant> kept = new HashMap<>();
        for (Found one : some) {
            if (one.scored()) {
                Told r = one.response();
                String same = one.person() + "|" + r.survey() + "|" + r.score();
                Instant first = kept.get(same);
                boolean repeat = first != null && !r.answered().isAfter(first.plusSeconds(HALF_AN_HOUR));
                repeats.put(one.key(), repeat);
                if (!repeat) {
                    kept.put(same, r.answered());
                }
            }
        }
    }

    private static List<Found> counting(List<Found> some, Map<String, Boolean> repeats) {
        return some.stream()
                .filter(one -> one.scored() && !repeats.get(one.key()))
                .toList();
    }

    private static Map<String, Object> response(Found one, Map<String, Boolean> repeats) {
        Told r = one.response();
        Map<String, Object> fields = new HashMap<>();
        fields.put("Contact__c", one.contact());
        fields.put("Account__c", one.account());
        fields.put("Score__c", r.score());
        fields.put("Comment__c", r.comment());
        fields.put("Answered_At__c", one.when());
        fields.put("Survey__c", r.survey());
        fields.put("Counted__c", one.scored() && !repeats.get(one.key()));
        return fields;
    }

    private static Map<String, Object> contact(List<Found> counting) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("NPS_Last_Surveyed__c", null);
        Found last = counting.isEmpty() ? null : counting.get(counting.size() - 1);
        Found previous = counting.size() < 2 ? null : counting.get(counting.size() - 2);
        fields.put("NPS_Score__c", last == null ? null : last.response().score());
        fields.put("NPS_Category__c", last == null ? null : category(last.band()));
        fields.put("NPS_Date__c", last == null ? null : last.when());
        fields.put("NPS_Comment__c", last == null ? null : last.response().comment());
        fields.put("NPS_Responses__c", last == null ? null : counting.size());
        fields.put(
                "NPS_Previous_Score__c",
                previous == null ? null : previous.response().score());
        fields.put(
                "NPS_Change__c",
                previous == null
                        ? null
                        : last.response().score() - previous.response().score());
        return fields;
    }

    private static String category(int band) {
        return band == 1 ? "Promoter" : band == 0 ? "Passive" : "Detractor";
    }

    private static Map<String, Object> account(List<Found> counting, LocalDate today) {
        Instant from =
                today.minusMonths(6).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Map<String, Found> latest = new HashMap<>();
        Map<String, Found> latestInWindow = new HashMap<>();
        Found last = null;
        for (Found one : counting) {
            last = one;
            latest.put(one.person(), one);
            if (!one.response().answered().isBefore(from)) {
                latestInWindow.put(one.person(), one);
            }
        }
        int[] count = new int[3];
        latestInWindow.values().forEach(one -> count[one.band() + 1]++);
        int detractors = count[0];
        int passives = count[1];
        int promoters = count[2];
        int n = promoters + passives + detractors;
        Map<String, Object> fields = new HashMap<>();
        fields.put("NPS_Promoters__c", promoters);
        fields.put("NPS_Passives__c", passives);
        fields.put("NPS_Detractors__c", detractors);
        fields.put("NPS_Responses__c", n);
        fields.put("NPS_Sample__c", n == 0 ? "No responses" : n < 5 ? "Indicative" : "Sufficient");
        BigDecimal nps = n == 0
                ? null
                : BigDecimal.valueOf(100L * (promoters - detractors))
                        .divide(BigDecimal.valueOf(n), 1, RoundingMode.HALF_UP);
        fields.put("NPS__c", nps);
        double plain = n == 0 ? 0 : 100.0 * (promoters - detractors) / n;
        double mean = (promoters - detractors) / (n + 3.0);
        double half = 196 * Math.sqrt(((promoters + detractors + 1.5) / (n + 3.0) - mean * mean) / (n + 3.0));
        fields.put("NPS_Interval_Low__c", n == 0 ? null : tenth(Math.min(plain, Math.max(-100, 100 * mean - half))));
        fields.put("NPS_Interval_High__c", n == 0 ? null : tenth(Math.max(plain, Math.min(100, 100 * mean + half))));
        boolean alarm = latest.values().stream()
                .anyMatch(one -> one.band() == -1
                        && one.role() != null
                        && ROLES.contains(one.role().toLowerCase(Locale.ROOT)));
        boolean old = last == null
                || last.response()
                        .answered()
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .plusDays(180)
                        .isBefore(today);
        fields.put(
                "NPS_Health__c",
                old
                        ? "Unknown"
                        : alarm ? "Poor" : n == 0 ? "Unknown" : plain < 0 ? "Poor" : plain >= 30 ? "Good" : "Average");
        return fields;
    }

    private static BigDecimal tenth(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
    }
}
