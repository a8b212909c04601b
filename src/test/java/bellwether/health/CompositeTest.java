package bellwether.health;

import static bellwether.health.SampleAnswers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Fraction;
import bellwether.nps.Nps;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** NPS maths, section 11: weights of 100, and what is missing is left out and said. */
class CompositeTest {
    private static final Rules READINESS = SampleRules.yaml("""
            composite:
              inputs:
                sentiment: {weight: 40, worst: -1, best: 1}
                recency: {weight: 20, worst: 180, best: 0}
                usage: {weight: 20, worst: 0, best: 100}
                tenure: {weight: 10, values: {Long: 1, short: 0}}
                relationship: {weight: 10, values: {good: 1, average: 0.5, poor: 0}}
            """);
    private static final Map<String, String> EXAMPLE = Map.of(
            "sentiment",
            "0.666666666666666667",
            "recency",
            "45",
            "usage",
            "60",
            "tenure",
            "LONG",
            "relationship",
            "average");

    @Test
    void theWorkedExample() {
        Composite composite = of(READINESS, null, EXAMPLE);

        assertThat(composite.score().rounded(1)).isEqualByComparingTo("75.3");
        assertThat(composite.completeness()).isEqualTo(100);
        assertThat(composite.health()).isEqualTo(Health.GOOD);
        assertThat(composite.reason()).isEqualTo("75.3 of 100");
    }

    @Test
    void aMissingInputIsLeftOutAndSaid() {
        Map<String, String> some = new HashMap<>(EXAMPLE);
        some.remove("usage");

        Composite composite = of(READINESS, null, some);

        assertThat(composite.score().rounded(1)).isEqualByComparingTo("79.2");
        assertThat(composite.completeness()).isEqualTo(80);
        assertThat(composite.reason()).isEqualTo("79.2 of 100 from 80 % of the weight; missing: usage");
    }

    @Test
    void textThatSaysNothingIsMissing() {
        Map<String, String> odd = new HashMap<>(EXAMPLE);
        odd.put("usage", "1e999999999");
        odd.put("tenure", "forever");
        odd.put("recency", " ");

        assertThat(of(READINESS, null, odd).reason()).endsWith("missing: recency, usage, tenure");
    }

    @Test
    void tooLittleIsUnknownAndNotPoor() {
        Composite composite = of(READINESS, null, Map.of("recency", "180", "usage", "0"));

        assertThat(composite.health()).isEqualTo(Health.UNKNOWN);
        assertThat(composite.score()).isEqualTo(Fraction.of(0, 1));
        assertThat(composite.reason())
                .isEqualTo("40 % of the weight is known; missing: sentiment, tenure, relationship");
        assertThat(of(READINESS, null, Map.of()).score()).isNull();
    }

    @Test
    void numbersBeyondTheRangeAreWorthItsEnds() {
        Map<String, String> beyond = new HashMap<>(EXAMPLE);
        beyond.put("recency", "-5");
        beyond.put("usage", "140");

        assertThat(of(READINESS, null, beyond).score().rounded(1)).isEqualByComparingTo("88.3");
    }

    @Test
    void theNpsOfTheWindowIsOneInput() {
        Rules rules = SampleRules.yaml("""
                composite:
                  poor_below: 50
                  good_from: 80
                  inputs:
                    nps: {weight: 25}
                    usage: {weight: 75, worst: 0, best: 100}
                """);
        AccountState state = AccountState.of(
                List.of(answer(1, "a", 9, "2026-11-01"), answer(2, "b", 7, "2026-11-01")),
                Map.of("usage", "30"),
                rules,
                LocalDate.parse("2026-11-22"),
                null);

        // NPS 50 is worth three quarters of 25, 30 % of usage 22.5.
        assertThat(state.composite().score()).isEqualTo(Fraction.of(165, 4));
        assertThat(state.composite().health()).isEqualTo(Health.POOR);
        assertThat(AccountState.of(List.of(), Map.of("usage", "30"), rules, LocalDate.parse("2026-11-22"), null)
                        .composite()
                        .reason())
                .isEqualTo("30.0 of 100 from 75 % of the weight; missing: nps");
        assertThat(AccountState.of(List.of(), READINESS, LocalDate.parse("2026-11-22"), null)
                        .composite()
                        .health())
                .isEqualTo(Health.UNKNOWN);
        assertThat(AccountState.of(List.of(), Rules.defaults(rules.zone()), LocalDate.parse("2026-11-22"), null)
                        .composite())
                .isNull();
    }

    private static Composite of(Rules rules, Nps nps, Map<String, String> attributes) {
        return Composite.of(rules.signals().composite(), nps, attributes);
    }
}
