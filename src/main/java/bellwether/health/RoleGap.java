package bellwether.health;

import bellwether.mapping.Roles.Role;
import bellwether.nps.Fraction;
import bellwether.nps.Nps;
import bellwether.nps.Tally;
import java.util.List;

/** The NPS of sponsors against that of those who work with the product, over the default window under the default policy. */
public record RoleGap(Tally sponsors, Tally users) {
    static RoleGap of(List<Answer> counted, Rules rules) {
        return new RoleGap(tally(counted, Role.SPONSOR, rules), tally(counted, Role.USER, rules));
    }

    private static Tally tally(List<Answer> counted, Role role, Rules rules) {
        return Tally.of(counted.stream()
                .filter(answer -> answer.score() != null)
                .filter(answer -> rules.signals().roles().of(answer.role()) == role)
                .map(Answer::score)
                .toList());
    }

    /** Sponsors minus users in points, exact, −200 to 200; null unless both have answers. */
    public Fraction gap() {
        Nps sponsor = sponsors.nps();
        Nps user = users.nps();
        return sponsor == null || user == null ? null : sponsor.points().minus(user.points());
    }

    /** The smaller of the two counts, on which the gap rests. */
    public int n() {
        return Math.min(sponsors.n(), users.n());
    }
}
