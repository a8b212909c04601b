package bellwether.health;

import static bellwether.health.SampleAnswers.answer;
import static bellwether.health.SampleAnswers.role;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Fraction;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sponsors against users: exact, empty unless both answered, flagged until both are enough. */
class RoleGapTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final Rules RULES = Rules.defaults(ZoneOffset.UTC);

    @Test
    void theGapIsSponsorsMinusUsersFromExactFigures() {
        List<Answer> answers = new ArrayList<>(List.of(
                role(answer(1, "s", 10, "2026-11-01"), "Executive Sponsor"),
                role(answer(2, "t", 3, "2026-11-01"), "SPONSOR"),
                role(answer(3, "r", 8, "2026-11-01"), "sponsor"),
                role(answer(4, "u", 9, "2026-11-01"), "End User"),
                role(answer(5, "v", 9, "2026-11-01"), "user"),
                role(answer(6, "w", 2, "2026-11-01"), "user"),
                role(answer(7, "k", 0, "2026-11-01"), "Key Contact"),
                answer(8, "x", 0, "2026-11-01")));
        RoleGap gap = AccountState.of(answers, RULES, TODAY, null).gap();

        assertThat(gap.sponsors().nps().display()).isEqualTo("0.0");
        assertThat(gap.users().nps().display()).isEqualTo("33.3");
        assertThat(gap.gap()).isEqualTo(Fraction.of(-100, 3));
        assertThat(gap.n()).isEqualTo(3);
        assertThat(RULES.sample(gap.n())).isEqualTo("Indicative");
    }

    @Test
    void thereIsNoneUnlessBothAnswered() {
        RoleGap gap = AccountState.of(List.of(role(answer(1, "s", 10, "2026-11-01"), "sponsor")), RULES, TODAY, null)
                .gap();

        assertThat(gap.sponsors().nps().display()).isEqualTo("100.0");
        assertThat(gap.users().nps()).isNull();
        assertThat(gap.gap()).isNull();
        assertThat(RULES.sample(gap.n())).isEqualTo("No responses");
    }
}
