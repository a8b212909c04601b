package bellwether.health;

import static bellwether.health.SampleAnswers.answer;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Fraction;
import bellwether.nps.Tally;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** NPS maths, sections 7 and 9: the falling signal of an account. */
class FallingTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");
    private static final Rules RULES = Rules.defaults(ZoneOffset.UTC);

    @Test
    void comparesNinetyDaysWithTheNinetyBefore() {
        // The trailing 90 days begin on 25 August, the 90 before on 27 May.
        Falling falling = Falling.of(fives("2026-05-27", "2026-08-24", "2026-08-25", "2026-11-22"), RULES, TODAY);

        assertThat(falling.falling()).isTrue();
        assertThat(falling.change().before()).isEqualTo(new Tally(5, 0, 0));
        assertThat(falling.change().after()).isEqualTo(new Tally(0, 0, 5));
        assertThat(falling.change().points()).isEqualTo(Fraction.of(-200, 1));
    }

    @Test
    void answersBeforeThatAreNotSeen() {
        Falling falling = Falling.of(fives("2026-05-26", "2026-05-26", "2026-08-25", "2026-11-22"), RULES, TODAY);

        assertThat(falling).isEqualTo(new Falling(null, null, false));
    }

    @Test
    void needsEnoughAnswersOnBothSides() {
        List<Answer> answers = fives("2026-05-27", "2026-08-24", "2026-08-25", "2026-11-22");

        Falling falling = Falling.of(answers.subList(1, 10), RULES, TODAY);

        assertThat(falling.falling()).isFalse();
        assertThat(falling.change().points()).isEqualTo(Fraction.of(-200, 1));
    }

    @Test
    void tellsAFallFromOtherPeopleAnswering() {
        List<Answer> answers = new ArrayList<>(fives("2026-06-01", "2026-06-01", "2026-10-01", "2026-10-01"));
        answers.add(answer(20, "both", 8, "2026-06-01"));
        answers.add(answer(21, "both", 9, "2026-10-01"));

        Falling falling = Falling.of(answers, RULES, TODAY);

        assertThat(falling.falling()).isTrue();
        assertThat(falling.sameWho().before()).isEqualTo(new Tally(0, 1, 0));
        assertThat(falling.sameWho().after()).isEqualTo(new Tally(1, 0, 0));
        assertThat(falling.sameWho().points()).isEqualTo(Fraction.of(100, 1));
    }

    /** Five promoters over two dates, then five others, detractors, over two dates. */
    private static List<Answer> fives(String first, String second, String third, String fourth) {
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(answer(i, "promoter" + i, 9, i < 2 ? first : second));
        }
        for (int i = 0; i < 5; i++) {
            answers.add(answer(10 + i, "detractor" + i, 3, i < 2 ? third : fourth));
        }
        return answers;
    }
}
