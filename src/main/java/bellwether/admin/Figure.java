package bellwether.admin;

import bellwether.health.Rules;
import bellwether.nps.Tally;
import java.math.BigDecimal;

/**
 * An NPS with the counts it is made of.
 *
 * @param fraction null without responses
 * @param nps to one decimal, null without responses
 * @param interval 95 %, null without responses
 * @param sample how far it may be leaned on
 */
public record Figure(
        int promoters,
        int passives,
        int detractors,
        int responses,
        Explanation.Ratio fraction,
        BigDecimal nps,
        Figures.Range interval,
        String sample) {
    static Figure of(Tally tally, Rules rules) {
        return new Figure(
                tally.promoters(),
                tally.passives(),
                tally.detractors(),
                tally.n(),
                tally.n() == 0 ? null : new Explanation.Ratio(tally.promoters() - tally.detractors(), tally.n()),
                Figures.shown(tally.nps()),
                Figures.range(tally.interval()),
                rules.sample(tally.n()));
    }
}
