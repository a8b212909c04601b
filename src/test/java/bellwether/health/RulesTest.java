package bellwether.health;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.mapping.Roles;
import bellwether.nps.Policy;
import bellwether.nps.Window;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
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
    void titlesHaveNoCapitals() {
        Roles roles = SampleRules.yaml("roles: {sponsor: [\"Sponsor \"], key_contact: [Key contact]}")
                .signals()
                .roles();

        assertThat(roles.of(" SPONSOR")).isEqualTo(Roles.Role.SPONSOR);
        assertThat(roles.of("KEY CONTACT")).isEqualTo(Roles.Role.KEY_CONTACT);
        assertThat(roles.of("End user")).isEqualTo(Roles.Role.USER);
        assertThat(roles.of(null)).isNull();
        assertThat(roles.of("Accountant")).isNull();
    }
}
