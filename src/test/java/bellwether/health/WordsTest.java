package bellwether.health;

import static bellwether.health.SampleAnswers.answer;
import static bellwether.health.SampleAnswers.role;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.mapping.Configuration;
import bellwether.mapping.CrmMapping;
import bellwether.nps.Fraction;
import bellwether.nps.Surveyed;
import bellwether.store.Subject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a CRM is told of signals, by our words. */
class WordsTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final Rules RULES = SampleRules.yaml("""
            composite: {inputs: {usage: {weight: 60, worst: 0, best: 10}, nps: {weight: 20}, plan: {weight: 20, values: {team: 1}}}}
            """);
    private static final List<Answer> ANSWERS = List.of(
            role(answer(1, "s", 9, "2026-10-01"), "Sponsor"),
            role(answer(2, "s", 3, "2026-11-01"), "Sponsor"),
            role(answer(3, "u", 10, "2026-11-02"), "End User"));
    private static final AccountState STATE =
            AccountState.of(ANSWERS, Map.of("usage", "7"), RULES, TODAY, LocalDate.parse("2026-10-01"));

    @Test
    void anAccountsSignals() {
        Warning warning = STATE.warnings().get("s");

        assertThat(Words.account(STATE, warning, RULES, TODAY))
                .containsEntry("health", "Poor")
                .containsEntry("health_reason", "sponsor is a detractor")
                .containsEntry("service_health", "Unknown")
                .containsEntry("service_health_reason", "no CSAT answer")
                .containsEntry("health_score", Fraction.of(65, 1))
                .containsEntry("health_completeness", 80)
                .containsEntry("composite_health", "Average")
                .containsEntry("composite_health_reason", "65.0 of 100 from 80 % of the weight; missing: plan")
                .containsEntry("sponsor_user_gap", Fraction.of(-200, 1))
                .containsEntry("sponsor_user_gap_sample", "Indicative")
                .containsEntry("falling", false)
                .containsEntry("warning", "Dropped to detractor")
                .containsEntry("warning_reason", "promoter (9) to detractor (3)")
                .containsEntry("warning_at", Instant.parse("2026-11-01T12:00:00Z"))
                .containsEntry("window", "trailing 6 months, since 2026-10-01");
    }

    @Test
    void everyWordOfTheShippedMappingHasAMeaning() {
        CrmMapping salesforce =
                new Configuration(Path.of("."), name -> null).crm("salesforce").value();
        var account = new TreeSet<>(salesforce.push().get("account").fields().keySet());
        var contact = new TreeSet<>(salesforce.push().get("contact").fields().keySet());
        // Asked of each target by itself.
        account.remove("last_synced");
        contact.remove("last_synced");

        assertThat(Words.account(STATE, null, RULES, TODAY).keySet()).containsAll(account);
        assertThat(personWords()).containsAll(contact);
    }

    private static Set<String> personWords() {
        PersonState person = STATE.people().get("s");
        var stored = new Subject.Answer(
                2,
                "wootric",
                "2",
                "nps",
                "NPS",
                true,
                1L,
                1,
                null,
                "Sponsor",
                3,
                "slow",
                Instant.EPOCH,
                false,
                null,
                false,
                false,
                false,
                false,
                false);
        return Words.contact(
                        person,
                        STATE.warnings().get("s"),
                        new Surveyed(Instant.EPOCH, Instant.EPOCH, "left"),
                        Map.of(2L, stored))
                .keySet();
    }
}
