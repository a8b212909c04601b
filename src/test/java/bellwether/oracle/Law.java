package bellwether.oracle;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The settings by which answers are counted and judged.
 *
 * @param windows the default window first
 * @param latest whether the default policy counts each person's latest answer only
 * @param good NPS from which a relationship is good
 * @param poor NPS below which it is poor
 * @param staleDays an answer older than this tells nothing of the relationship
 * @param duplicateMinutes 0 for never
 * @param noScore whether an answer without a score counts as neither for nor against
 * @param byAnswer whether an answer stays with the account its person had when giving it
 * @param fiscalMonth in which the fiscal year begins
 * @param partial by source, where answers that are not completed do not count at once: {@code after_12h} or {@code completed_only}
 * @param surveys metric by {@code source/survey} at first; of other surveys only the answer's own word counts
 * @param named healths by answers to other questions
 */
public record Law(
        ZoneId zone,
        List<String> windows,
        boolean latest,
        int good,
        int poor,
        int staleDays,
        int duplicateMinutes,
        boolean noScore,
        boolean byAnswer,
        int fiscalMonth,
        Map<String, String> partial,
        Map<String, String> surveys,
        List<Named> named) {
    /**
     * A further health.
     *
     * @param good percentage of satisfied answers from which it is good
     * @param poor percentage below which it is poor
     */
    public record Named(String name, List<Asked> metrics, String window, int good, int poor, int staleDays) {}

    /** Another question, with the score from which on and down to which one is satisfied or is not. */
    public record Asked(String metric, int satisfiedFrom, int dissatisfiedTo) {}

    /**
     * A health of the NPS and fields of accounts.
     *
     * @param least percentage of the weights that must be known
     */
    public record Composite(String window, int good, int poor, int least, List<Input> inputs) {}

    /**
     * What weighs how much; the NPS has neither a range nor values.
     *
     * @param values what each text is worth, or null where a number is
     */
    public record Input(String name, int weight, String worst, String best, Map<String, String> values) {}

    /** A zone that nobody knows: days begin as in the installation. */
    public static final String NO_ZONE = "Mars/Olympus";
}
