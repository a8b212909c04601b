package bellwether.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.nps.AttributeBy;
import bellwether.nps.Policy;
import bellwether.nps.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulesTest {
    @Test
    void theShippedOnes() {
        Rules rules = Rules.defaults(ZoneOffset.UTC);

        assertThat(rules.windows())
                .extracting(Window::name)
                .containsExactly("trailing_6_months", "this_month", "last_month", "this_quarter", "last_quarter");
        assertThat(rules.window().name()).isEqualTo("trailing_6_months");
        assertThat(rules.policy()).isEqualTo(Policy.LATEST_PER_PERSON);
        assertThat(rules.minNFlag()).isEqualTo(5);
        assertThat(rules.minNHide()).isEqualTo(3);
        assertThat(rules.duplicateWithin()).isEqualTo(Duration.ofMinutes(30));
        assertThat(rules.countNoScore()).isFalse();
    }

    @Test
    void anAccountMayHaveItsOwnZone() {
        Rules rules = Rules.defaults(ZoneOffset.UTC);
        ZoneId auckland = ZoneId.of("Pacific/Auckland");

        assertThat(rules.in(null)).isSameAs(rules);
        assertThat(rules.in(auckland).zone()).isEqualTo(auckland);
        assertThat(rules.in(auckland).in(ZoneOffset.UTC)).isEqualTo(rules);
    }

    @Test
    void theDefaultWindowIsAlwaysRolledUpAndRolesHaveNoCapitals() {
        Rules rules = custom(30, 0);

        assertThat(rules.windows()).extracting(Window::name).containsExactly("all_time", "this_month");
        assertThat(rules.isSponsor(" SPONSOR")).isTrue();
        assertThat(rules.isSponsor(null)).isFalse();
        assertThat(rules.isKeyContact("sponsor")).isFalse();
        assertThatThrownBy(() -> custom(-10, 0)).hasMessageContaining("-10");
    }

    static Rules custom(int good, int poor) {
        return new Rules(
                Window.parse("all_time"),
                List.of(Window.parse("this_month"), Window.parse("this_month")),
                Policy.ALL_RESPONSES,
                ZoneOffset.UTC,
                5,
                3,
                good,
                poor,
                180,
                Set.of("Sponsor "),
                Set.of("Key contact"),
                false,
                Duration.ZERO,
                AttributeBy.NOW);
    }
}
