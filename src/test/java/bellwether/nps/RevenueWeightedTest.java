package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.RevenueWeighted.Part;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** NPS maths, section 6: revenue-weighted NPS. */
class RevenueWeightedTest {
    private static final Tally ACME = Tally.of(List.of(9, 9, 10, 3));
    private static final Tally BETA = Tally.of(List.of(10));
    private static final Tally GAMMA = Tally.of(List.of(6, 7));

    @Test
    void accountsAsWeighted() {
        RevenueWeighted weighted = RevenueWeighted.of(
                List.of(part("Acme", ACME, "100000"), part("Beta", BETA, "20000"), part("Gamma", GAMMA, "80000")));

        assertThat(weighted.nps().display()).isEqualTo("15.0");
        assertThat(weighted.notCovered()).isEqualTo(Fraction.of(0, 1));
        assertThat(weighted.weightless()).isEmpty();
        assertThat(RevenueWeighted.METHOD).contains("revenue-weighted");
    }

    @Test
    void otherMethodsGiveOtherNumbers() {
        assertThat(List.of(ACME, BETA, GAMMA))
                .extracting(tally -> tally.nps().display())
                .containsExactly("50.0", "100.0", "-50.0");
        assertThat(ACME.plus(BETA).plus(GAMMA)).isEqualTo(new Tally(4, 1, 2));
        assertThat(ACME.plus(BETA).plus(GAMMA).nps().display()).isEqualTo("28.6");
        assertThat(RevenueWeighted.of(
                                List.of(part("Acme", ACME, "1"), part("Beta", BETA, "1"), part("Gamma", GAMMA, "1")))
                        .nps()
                        .display())
                .isEqualTo("33.3");
    }

    @Test
    void accountsWithoutAnswersAreLeftOutAndTheirShareSaid() {
        RevenueWeighted weighted = RevenueWeighted.of(List.of(
                part("Acme", ACME, "100000"), part("Beta", BETA, "20000"), part("Silent", Tally.NONE, "40000.00")));

        assertThat(weighted.nps().points()).isEqualTo(Fraction.of(700, 12));
        assertThat(weighted.notCovered()).isEqualTo(Fraction.of(1, 4));
    }

    @Test
    void accountsWithoutRevenueWeighNothingAndAreListed() {
        RevenueWeighted weighted = RevenueWeighted.of(List.of(
                part("Acme", ACME, "0.01"),
                new Part("None", BETA, null),
                part("Zero", GAMMA, "0"),
                part("Minus", GAMMA, "-5")));

        assertThat(weighted.nps().display()).isEqualTo("50.0");
        assertThat(weighted.weightless()).containsExactly("None", "Zero", "Minus");
    }

    @Test
    void withoutAnythingToWeighThereIsNoAnswer() {
        assertThat(RevenueWeighted.of(List.of())).isEqualTo(new RevenueWeighted(null, null, List.of()));
        assertThat(RevenueWeighted.of(List.of(part("Silent", Tally.NONE, "5"))))
                .returns(null, RevenueWeighted::nps)
                .returns(Fraction.of(1, 1), RevenueWeighted::notCovered);
    }

    @Test
    void aMuchCopiedExampleIsMinusTwenty() {
        assertThat(Tally.of(List.of(10, 2, 7, 8, 6)).nps().display()).isEqualTo("-20.0");
        // Each person weighed by revenue: 2 k for 10, 7 and 8, 8 k for 2 and 6.
        assertThat(RevenueWeighted.of(List.of(
                                part("10", Tally.of(List.of(10)), "2000"),
                                part("2", Tally.of(List.of(2)), "8000"),
                                part("7", Tally.of(List.of(7)), "2000"),
                                part("8", Tally.of(List.of(8)), "2000"),
                                part("6", Tally.of(List.of(6)), "8000")))
                        .nps()
                        .display())
                .isEqualTo("-63.6");
    }

    private static Part part(String account, Tally tally, String revenue) {
        return new Part(account, tally, new BigDecimal(revenue));
    }
}
